"""Agencies, teams and members; a session that has passed the second factor."""

import time
from datetime import UTC, datetime
from typing import Any

import factory
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from django.middleware.csrf import CSRF_SESSION_KEY
from django.test import Client

from teduh.access.models import Agency, Member, RoleHeld, Team, TeamSeat
from teduh.access.words import AgencyKind, TeamKind

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TOKEN = "t" * 32  # as the page of the sign-in gives one
PASSWORD = "empat-kata-tanpa-arti"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_hashed: dict[str, str] = {}


class AgencyFactory(factory.django.DjangoModelFactory[Agency]):
    """An office; give `kind` for another institution."""

    class Meta:
        model = Agency

    code = factory.Sequence(lambda n: f"lembaga-{n}")
    name = factory.Sequence(lambda n: f"Lembaga {n}")
    kind = AgencyKind.OFFICE
    area_code = "21.72"


class TeamFactory(factory.django.DjangoModelFactory[Team]):
    """An assessment team of an office of its own, unless `agency` is given."""

    class Meta:
        model = Team

    code = factory.Sequence(lambda n: f"tim-{n}")
    name = factory.Sequence(lambda n: f"Tim {n}")
    kind = TeamKind.ASSESSMENT
    agency = factory.SubFactory(AgencyFactory)


class MemberFactory(factory.django.DjangoModelFactory[Member]):
    """A member with the second factor ready; `role="officer"`, `team=team` say what is held."""

    class Meta:
        model = Member
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"m{n:05d}")
    email = factory.Sequence(lambda n: f"anggota{n}@contoh.invalid")
    name = factory.Sequence(lambda n: f"Contoh Anggota {n}")
    joined_at = LONG_AGO

    @classmethod
    def _create(cls, model_class: type[Member], *args: Any, **kwargs: Any) -> Member:
        role, team = kwargs.pop("role", ""), kwargs.pop("team", None)
        second_factor = kwargs.pop("second_factor", True)
        kwargs.setdefault("password", _password())
        if "agency" not in kwargs:
            kwargs["agency"] = team.agency if team else AgencyFactory()
        member = Member(**kwargs)
        member.save()
        for code in [role] if isinstance(role, str) and role else role:
            RoleHeld.objects.create(member=member, role=code, since=LONG_AGO)
        if team is not None:
            TeamSeat.objects.create(member=member, team=team, since=LONG_AGO)
        if second_factor:
            give_second_factor(member)
        return member


def give_second_factor(member: Member) -> None:
    """Set up TOTP with the one seed of all tests."""
    seed = get_adapter().encrypt(SEED)
    Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={"secret": seed})


def code_now(seed: str = SEED) -> str:
    """The six digits an authenticator shows now."""
    return format_hotp_value(hotp_value(seed, int(time.time()) // 30))


def signed_in(client: Client, member: Member) -> Client:
    """The client, signed in as this member, with the second factor passed."""
    client.force_login(member)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time(), "reauthenticated": True},
        {"method": "mfa", "at": time.time(), "type": "totp", "reauthenticated": True},
    ]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(member)
    session[CSRF_SESSION_KEY] = (
        TOKEN  # else the first page writes one, and costs more than the next
    )
    session.save()
    return client


def _password() -> str:
    if PASSWORD not in _hashed:
        _hashed[PASSWORD] = make_password(PASSWORD)
    return _hashed[PASSWORD]
