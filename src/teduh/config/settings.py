"""Settings: read from the environment only (docs/settings.md), refuse to start when unsafe."""

import hashlib
import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from teduh.config.headers import static_headers
from teduh.outbox.gateway import Gateway
from teduh.outbox.rules import quiet_hours
from teduh.services.rules import kit_limits

HOUSE = Path(__file__).resolve().parents[3]
DEMO_SECRET = "teduh-demo-secret-for-nobody-real"  # noqa: S105  public on purpose, refused elsewhere


def env(name: str, default: str = "") -> str:
    """The value of TEDUH_<name>, or the content of the file that TEDUH_<name>_FILE names."""
    kept = file_of(name)
    if kept:
        return Path(kept).read_text(encoding="utf-8").strip()
    return os.environ.get(f"TEDUH_{name}", default)


def file_of(name: str) -> str:
    """The file that TEDUH_<name>_FILE names, or nothing."""
    return os.environ.get(f"TEDUH_{name}_FILE", "")


def yes(name: str) -> bool:
    """Whether TEDUH_<name> is switched on."""
    return env(name).lower() in {"1", "true", "yes"}


def database(url: str, fallback: Path, journal: str) -> dict[str, object]:
    """A Django database from an address, or SQLite at `fallback` with the pragmas we rely on."""
    if not url:
        return {
            "ENGINE": "teduh.config.sqlite",
            "NAME": str(fallback),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": f"PRAGMA foreign_keys=ON; PRAGMA journal_mode={journal};"
                "PRAGMA secure_delete=ON; PRAGMA synchronous=FULL;",
            },
            "TEST": {"NAME": ":memory:"},
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(url)
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,  # a database that was started anew costs nobody a request
    }


def gateways(*ways: str) -> dict[str, Gateway]:
    """The gateways this house has: TEDUH_<WAY>_URL with TEDUH_<WAY>_KEY for each way."""
    found = {}
    for way in ways:
        url, key = env(f"{way.upper()}_URL"), env(f"{way.upper()}_KEY")
        parts = urlsplit(url)
        here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "::1", "localhost"}
        if url and not (parts.hostname and (parts.scheme == "https" or here)):
            raise ImproperlyConfigured(f"TEDUH_{way.upper()}_URL must be https.")
        if url and len(key) < 32:
            raise ImproperlyConfigured(f"TEDUH_{way.upper()}_KEY is too short: 32 characters.")
        if url:
            found[way] = Gateway(url, key.encode())
    return found


PRACTICE_MARK = "practice"  # the file that tells a practice office's folder from a real one's
OF_A_REAL_OFFICE = (
    *("DATABASE_URL", "SHRED_DATABASE_URL", "FILES", "SECRET", "ROOT_PUBLIC"),
    *("SMTP_URL", "SMS_URL", "WHATSAPP_URL", "INBOUND_KEY"),
)


def keep_practice_apart(folder: Path, *, practice: bool) -> None:
    """Practice never opens what is real, nor the other way round. Raises ImproperlyConfigured."""
    marked = (folder / PRACTICE_MARK).exists()
    if not practice and marked:
        raise ImproperlyConfigured("TEDUH_VAR is the folder of a practice office.")
    if not practice:
        return
    real = [name for name in OF_A_REAL_OFFICE if env(name)]
    if real:
        raise ImproperlyConfigured(
            f"TEDUH_{real[0]} is set: practice has nothing of a real office."
        )
    kept = any((folder / name).exists() for name in ("teduh.sqlite3", "shred.sqlite3", "files"))
    if kept and not marked:
        raise ImproperlyConfigured("TEDUH_VAR holds an office that is not for practice.")


# --- what kind of house this is ------------------------------------------------------------------
TEDUH_PRACTICE = yes("PRACTICE")  # the demo for new staff, with a banner on every page
TEDUH_PRACTICE_URL = env("PRACTICE_URL")  # where a real office's staff find theirs
TEDUH_DEMO = yes("DEMO") or TEDUH_PRACTICE
DEBUG = yes("DEBUG")
TEDUH_VAR = Path(env("VAR", str(HOUSE / "var"))).resolve()
keep_practice_apart(TEDUH_VAR, practice=TEDUH_PRACTICE)
SECRET_KEY = env("SECRET", DEMO_SECRET if TEDUH_DEMO else "")
SECRET_KEPT_IN = file_of("SECRET")  # the doctor looks who may read it
ALLOWED_HOSTS = [h for h in env("HOSTS").split(",") if h]
TEDUH_TLS = yes("TLS")
TEDUH_PROCESSES = max(1, int(env("PROCESSES", "2")))  # of the web server
TEDUH_PROXIES = int(env("PROXIES") or TEDUH_TLS)  # proxies of ours between visitor and server
if TEDUH_DEMO:
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]", "testserver"]
if not SECRET_KEY:
    raise ImproperlyConfigured("TEDUH_SECRET is missing: set it, or TEDUH_SECRET_FILE.")
if SECRET_KEY == DEMO_SECRET and not TEDUH_DEMO:
    raise ImproperlyConfigured("TEDUH_SECRET is the demo secret: nobody real may rely on it.")
if not TEDUH_DEMO and len(SECRET_KEY) < 32:
    raise ImproperlyConfigured("TEDUH_SECRET is too short: 32 characters or more.")
if not ALLOWED_HOSTS and not DEBUG:
    raise ImproperlyConfigured("TEDUH_HOSTS is missing: name the hosts this server answers for.")

TEDUH_FIELD_HOST = env("FIELD_HOST") or (ALLOWED_HOSTS or ["localhost"])[0]
if not DEBUG and TEDUH_FIELD_HOST.partition(":")[0] not in ALLOWED_HOSTS:
    raise ImproperlyConfigured("TEDUH_FIELD_HOST is not among TEDUH_HOSTS.")
TEDUH_INSTANCE = env("INSTANCE", "tanjungpinang")
TEDUH_OFFICE = env("OFFICE", "UPTD PPA Kota Tanjungpinang")
TEDUH_AREA = env("AREA", "21.72")
TEDUH_LETTER_NUMBER = env("LETTER_NUMBER")
_named = (
    set(re.findall(r"\{(\w*)\}", TEDUH_LETTER_NUMBER)) if TEDUH_LETTER_NUMBER else {"n", "year"}
)
if not {"n", "year"} <= _named <= {"n", "code", "month", "month_roman", "year"}:
    raise ImproperlyConfigured("TEDUH_LETTER_NUMBER is not like {n}/UPTD-PPA/{code}/{year}.")
TEDUH_CITY_HAS_112 = yes("CITY_HAS_112")
TEDUH_CALL_URL = env("CALL_URL")  # before the random room of a counselling session by link
if TEDUH_CALL_URL and not TEDUH_CALL_URL.startswith("https://"):
    raise ImproperlyConfigured("TEDUH_CALL_URL must begin with https://.")
TEDUH_SMTP_URL = env("SMTP_URL")
DEFAULT_FROM_EMAIL = env("MAIL_FROM", f"Teduh <teduh@{(ALLOWED_HOSTS or ['localhost'])[0]}>")
TEDUH_GATEWAYS = gateways("sms", "whatsapp")
TEDUH_INBOUND_KEY = env("INBOUND_KEY").encode()
if 0 < len(TEDUH_INBOUND_KEY) < 32:
    raise ImproperlyConfigured("TEDUH_INBOUND_KEY is too short: 32 characters.")
TIME_ZONE = "Asia/Jakarta"
try:
    TEDUH_QUIET_HOURS = quiet_hours(env("QUIET_HOURS", "22.00-05.00"), TIME_ZONE)
except ValueError as wrong:
    raise ImproperlyConfigured("TEDUH_QUIET_HOURS is not like 22.00-05.00.") from wrong
try:
    TEDUH_KITS_LOW = kit_limits(env("KITS_LOW"))  # of rapid tests of each kind at a site
except ValueError as wrong:
    raise ImproperlyConfigured("TEDUH_KITS_LOW is not like hiv=20 syphilis=5.") from wrong
TEDUH_INSTRUMENTS = env("INSTRUMENTS")  # a folder of risk instruments the city loads
# A well-being check, not a bound: case_standards.md says 20 cases at most, the others are proposals.
TEDUH_CASES_EACH = int(env("CASES_EACH") or 20)
TEDUH_GRAVE_CASES_EACH = int(env("GRAVE_CASES_EACH") or 6)
TEDUH_OPENINGS_A_WEEK = int(env("OPENINGS_A_WEEK") or 40)
TEDUH_MEETING_LEAST = int(env("MEETING_LEAST") or 5)  # no smaller count before several agencies
if TEDUH_MEETING_LEAST < 2:
    raise ImproperlyConfigured("TEDUH_MEETING_LEAST is below 2: a count of one is a person.")
TEDUH_PUBLIC_TITLE = env("PUBLIC_TITLE", "Teduh")  # what histories, tabs and share cards show
TEDUH_EXIT_URL = env("EXIT_URL", "https://www.bmkg.go.id/")  # a page anybody may have open
# The demo's root key is public on purpose: vault/demo.py, checked by a test.
DEMO_ROOT = "5yM8-KWf29AvmLwK9RwFPBBLwCgQZRybB6h32hIlTZ4"
TEDUH_ROOT_PUBLIC = env("ROOT_PUBLIC", DEMO_ROOT if TEDUH_DEMO else "")
TEDUH_FILES = env("FILES", str(TEDUH_VAR / "files"))
# bytes kept free for rows: from there on files are refused and text is still taken
TEDUH_DISK_RESERVE = int(env("DISK_RESERVE_MB") or 500) * 1_000_000
TEDUH_VOICE_MINUTES = int(env("VOICE_MINUTES") or 10)  # of a recording made in the page
TEDUH_CHAT_DAYS = int(env("CHAT_DAYS") or 90)  # after its end a conversation is erased
TEDUH_CHAT_QUIET_DAYS = int(env("CHAT_QUIET_DAYS") or 30)  # without a word, then it ends
TEDUH_SERVER_SECRET = hashlib.sha256(b"teduh/server\0" + SECRET_KEY.encode()).digest()
TEDUH_PEPPER = hashlib.sha256(b"teduh/pepper\0" + SECRET_KEY.encode()).digest()

# --- rooms ---------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "teduh.audit",
    "teduh.web",
    "teduh.outbox",
    "teduh.sop",
    "teduh.access",
    "teduh.vault",
    "teduh.directory",
    "teduh.funding",
    "teduh.tickets",
    "teduh.chat",
    "teduh.intake",
    "teduh.cases",
    "teduh.records",
    "teduh.services",
    "teduh.conferences",
    "teduh.config",
]
MIDDLEWARE = [
    "teduh.web.middleware.Headers",
    "django.middleware.security.SecurityMiddleware",
    "teduh.config.policy.Policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "teduh.web.middleware.SameOriginPosts",
    "teduh.access.middleware.StaffSessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "teduh.access.middleware.SecondFactor",
    "teduh.web.middleware.OutOfOrder",
]
ROOT_URLCONF = "teduh.config.urls"
WSGI_APPLICATION = "teduh.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- what is kept --------------------------------------------------------------------------------
DATABASES = {
    "default": database(env("DATABASE_URL"), TEDUH_VAR / "teduh.sqlite3", "WAL"),
    "shred": database(env("SHRED_DATABASE_URL"), TEDUH_VAR / "shred.sqlite3", "DELETE"),
}
DATABASE_ROUTERS = ["teduh.config.router.ShredRouter"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
FILE_UPLOAD_HANDLERS = ["teduh.web.uploads.MemoryOnly"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # bytes; a no-JS form with all its text and files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = None  # counted by MemoryOnly: Django's limit would take the text too

# --- coming in -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "access.Member"
LOGIN_URL = "/kantor/akun/login/"
LOGIN_REDIRECT_URL = "/kantor/"
LOGOUT_REDIRECT_URL = "/kantor/akun/login/"
SESSION_ENGINE = "teduh.access.sessions"
SESSION_COOKIE_NAME = "teduh_kantor"
SESSION_COOKIE_AGE = 30 * 60  # seconds of idleness (issue: 30 minutes)
SESSION_SAVE_EVERY_REQUEST = False  # access/middleware.py saves it once a minute
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = TEDUH_TLS
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "teduh.web.views.expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
PASSWORD_HASHERS = ["teduh.access.passwords.Argon2"]

# --- on the wire ---------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = False  # the proxy's job; a redirect here would break health checks
SECURE_HSTS_SECONDS = 31_536_000 if TEDUH_TLS else 0  # one year
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TEDUH_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [NONE],
        "connect-src": [SELF],
        "worker-src": [NONE],
        "frame-src": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
    }
}

# --- words and time ------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [HOUSE / "locale"]
USE_I18N = True
USE_TZ = True

# --- static files --------------------------------------------------------------------------------
STATIC_URL = "/s/"
STATIC_ROOT = TEDUH_VAR / "static"
STATICFILES_DIRS = [HOUSE / "built"]
WHITENOISE_MAX_AGE = 3600  # seconds; names carry no hash
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers

# --- nothing is logged but the type of a failure and its line ----------------------------------------
LOGGING_CONFIG = "teduh.config.logs.configure"
LOGGING: dict[str, object] = {"version": 1}  # not empty, else Django never calls `configure`
ADMINS: list[tuple[str, str]] = []
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

from teduh.access.allauth_settings import *  # noqa: E402, F403  allauth's own names
