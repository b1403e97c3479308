"""What allauth and the sessions need to know; the settings file takes these names as they are."""

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # seconds an invitation holds

SESSION_COOKIE_PATH = "/kantor/"  # public pages never see it
SESSION_SERIALIZER = "teduh.access.secrets.SealedSessions"

ACCOUNT_ADAPTER = "teduh.access.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",  # an office shares one address
    "login_failed": "20/m/ip,5/300s/key",
}

MFA_ADAPTER = "teduh.access.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "teduh.access.forms.CodeForm",
    "reauthenticate": "teduh.access.forms.CodeAgainForm",
    "authenticate_webauthn": "teduh.access.forms.PasskeyForm",
    "reauthenticate_webauthn": "teduh.access.forms.PasskeyAgainForm",
}
MFA_PASSKEY_LOGIN_ENABLED = False  # a passkey stands beside the password, never instead of it
MFA_TOTP_ISSUER = "Teduh"
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds: cheap phones drift
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODES_SHOW_ONCE = False
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are checked by the person who invites
