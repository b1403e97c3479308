"""Addresses of this room, under /kantor/. allauth's own names are given only where needed."""

from collections.abc import Callable

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from django.http import HttpResponseBase
from django.urls import include, path
from django.views import View

from teduh.access.views import (
    conflicts,
    duty,
    elevation,
    entry,
    lost_factors,
    members,
    own,
    passkeys,
    trail,
)


def page(view: type[View], name: str) -> Callable[..., HttpResponseBase]:
    """One of allauth's views with our own page."""
    return view.as_view(template_name=f"access/{name}.html")


own_patterns = [
    path("masuk/", entry.entrance, name="entrance"),
    path("undangan/<slug:code>/<str:token>/", entry.invitation, name="invitation"),
    path("faktor-kedua/", entry.second_factor, name="second_factor"),
    path("saya/", own.own, name="own"),
    path("saya/keluar-lain/", own.end_other_sessions, name="end_other_sessions"),
    path("saya/kunci-sandi/tambah/", passkeys.add, name="add_passkey"),
    path("saya/kunci-sandi/<int:number>/", passkeys.passkey, name="passkey"),
    path("saya/kunci-sandi/<int:number>/lepas/", passkeys.remove, name="remove_passkey"),
    path("anggota/", members.members, name="members"),
    path("anggota/undang/", members.invite, name="invite"),
    path("anggota/<slug:code>/", members.member, name="member"),
    path("anggota/<slug:code>/nonaktif/", members.deactivate, name="deactivate"),
    path("anggota/<slug:code>/aktif/", members.reactivate, name="reactivate"),
    path("anggota/<slug:code>/undang-lagi/", members.invite_again, name="invite_again"),
    path("anggota/<slug:code>/faktor-hilang/", lost_factors.ask, name="lost_factor"),
    path("faktor-hilang/<int:number>/setuju/", lost_factors.approve, name="approve_reset"),
    path("faktor-hilang/<int:number>/tolak/", lost_factors.refuse, name="refuse_reset"),
    path("jaga/", duty.duty, name="duty"),
    path("jaga/telepon/", duty.on_call, name="on_call"),
    path("jaga/<int:number>/batal/", duty.cancel, name="cancel_duty"),
    path("jaga/cuti/", duty.plan_absence, name="plan_absence"),
    path("jaga/cuti/<int:number>/batal/", duty.cancel_absence, name="cancel_absence"),
    path("akses-sementara/", elevation.elevation, name="elevation"),
    path("akses-sementara/<int:number>/setuju/", elevation.approve, name="approve_elevation"),
    path("akses-sementara/<int:number>/tolak/", elevation.refuse, name="refuse_elevation"),
    path("akses-sementara/<int:number>/akhiri/", elevation.end, name="end_elevation"),
    path("benturan/", conflicts.conflicts, name="conflicts"),
    path("benturan/<int:number>/cabut/", conflicts.lift, name="lift_conflict"),
    path("jejak/", trail.trail, name="trail"),
]

account_patterns = [
    path("login/", page(account.LoginView, "login"), name="account_login"),
    path("logout/", page(account.LogoutView, "logout"), name="account_logout"),
    path("inactive/", page(account.AccountInactiveView, "inactive"), name="account_inactive"),
    path(
        "reauthenticate/",
        page(account.ReauthenticateView, "again_by_password"),
        name="account_reauthenticate",
    ),
    path("password/", entry.PasswordChange.as_view(), name="account_change_password"),
    path("2fa/", entry.SecondStep.as_view(), name="mfa_authenticate"),
    path(
        "2fa/reauthenticate/",
        page(mfa.ReauthenticateView, "again_by_code"),
        name="mfa_reauthenticate",
    ),
    path(
        "2fa/reauthenticate/kunci-sandi/",
        passkeys.PasskeyAgain.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "2fa/codes/",
        page(codes.ViewRecoveryCodesView, "recovery_codes"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "2fa/codes/new/",
        entry.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
]

urlpatterns = [
    path("", include((own_patterns, "access"))),
    path("akun/", include(account_patterns)),
]
