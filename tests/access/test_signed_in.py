"""What is kept of a sign-in, how long it lasts, and what ends it."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from teduh.access import actions
from teduh.access.models import Member, SignIn
from teduh.access.secrets import SealedSessions, Unreadable, decrypt_seed, encrypt_seed
from teduh.access.sessions import row_key
from teduh.audit.models import Row
from teduh.outbox.models import Message
from tests.access.entrance import CODE, LOGIN, came_in, typed
from tests.factories import SEED, MemberFactory, code_now, signed_in
from tests.factories.access import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_left_over() -> None:
    cache.clear()


def test_own_sign_ins_show_time_and_coarse_device_and_no_address(client: Client) -> None:
    member = MemberFactory()
    phone = {
        "HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 9; Tecno) Mobile",
        "REMOTE_ADDR": "203.0.113.7",
    }
    client.post(LOGIN, {"login": member.email, "password": PASSWORD}, **phone)
    client.post(CODE, {"code": code_now()}, **phone)
    sign_in = SignIn.objects.get()
    assert sign_in.device == "phone"
    page = client.get("/kantor/saya/").content.decode()
    assert "ponsel" in page
    assert "sesi ini" in page
    assert "Tecno" not in page


def test_no_address_reaches_the_database_or_the_cache(client: Client) -> None:
    member = MemberFactory()
    address = {"REMOTE_ADDR": "203.0.113.7"}
    client.post(LOGIN, {"login": member.email, "password": "salah-sekali-ya"}, **address)
    client.post(LOGIN, {"login": member.email, "password": PASSWORD}, **address)
    client.post(CODE, {"code": code_now()}, **address)
    kept = repr(cache._cache)  # type: ignore[attr-defined]
    assert "203.0.113.7" not in kept
    for session in Session.objects.all():
        assert "203.0.113.7" not in repr(session.get_decoded())
    assert not any("203.0.113" in row.detail for row in Row.objects.all())


def test_signing_out_closes_the_sign_in(client: Client) -> None:
    member = MemberFactory()
    typed(client, member)
    client.post(CODE, {"code": code_now()})
    client.post("/kantor/akun/logout/")
    assert SignIn.objects.get().ended_at is not None
    assert client.get("/kantor/saya/").status_code == 302


def test_signing_out_elsewhere_keeps_this_session(client: Client) -> None:
    member = MemberFactory()
    elsewhere = signed_in(Client(), member)
    member.sign_ins.create(
        at=timezone.now(), device="desk", session=row_key(elsewhere.session.session_key)
    )
    signed_in(client, member)
    client.post("/kantor/saya/keluar-lain/")
    assert client.get("/kantor/saya/").status_code == 200
    assert elsewhere.get("/kantor/saya/").status_code == 302


def test_the_seed_and_the_session_are_unreadable_in_the_database(client: Client) -> None:
    member = MemberFactory()
    typed(client, member)
    assert SEED not in str(Authenticator.objects.get(user=member).data)
    from django.core import signing

    (session,) = Session.objects.all()
    with pytest.raises(UnicodeDecodeError):
        signing.loads(
            session.session_data,
            salt="django.contrib.sessions.SessionStore",
            serializer=Plain,
        )


class Plain:
    """Reads a session as if it were not encrypted."""

    def loads(self, data: bytes) -> str:
        return data.decode("utf-8")


def test_another_server_secret_opens_nothing(settings: Settings) -> None:
    seed, session = encrypt_seed("JBSWY3DP"), SealedSessions().dumps({"a": 1})
    assert decrypt_seed(seed) == "JBSWY3DP"
    assert SealedSessions().loads(session) == {"a": 1}
    settings.TEDUH_SERVER_SECRET = b"x" * 32
    with pytest.raises(Unreadable):
        decrypt_seed(seed)
    assert SealedSessions().loads(session) == {}


def test_the_session_ends_after_thirty_idle_minutes(client: Client, settings: Settings) -> None:
    signed_in(client, MemberFactory())
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=20))
    response = client.get("/kantor/saya/")
    assert settings.SESSION_COOKIE_NAME == "teduh_kantor"
    assert 1790 < seconds_left() <= 1800
    assert response.cookies["teduh_kantor"]["path"] == "/kantor/"


def seconds_left() -> float:
    return (Session.objects.get().expire_date - timezone.now()).total_seconds()


@pytest.mark.parametrize(("left", "least"), [(1790, 1780), (1730, 1790), (5, 1790)])
def test_whoever_works_on_goes_on_and_a_page_that_is_read_writes_once_a_minute(
    client: Client, left: int, least: int
) -> None:
    signed_in(client, MemberFactory())
    client.get("/kantor/saya/")
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=left))
    with CaptureQueriesContext(connection) as said:
        client.get("/kantor/saya/")
    saved = any(one["sql"].startswith('UPDATE "django_session"') for one in said)
    assert saved is (least > left)
    assert seconds_left() > least


def test_a_public_page_neither_reads_nor_sends_a_session(client: Client) -> None:
    signed_in(client, MemberFactory())
    assert "teduh_kantor" not in client.get("/").cookies


def test_a_changed_password_ends_sessions_elsewhere(client: Client) -> None:
    member = MemberFactory()
    elsewhere = signed_in(Client(), member)
    signed_in(client, member)
    new = "lima-kata-lain-tanpa-arti"
    told = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/kantor/akun/password/", told).headers["Location"] == "/kantor/saya/"
    assert client.get("/kantor/saya/").status_code == 200
    assert elsewhere.get("/kantor/saya/").status_code == 302
    assert Row.objects.filter(verb="member.password_changed").exists()
    assert Message.objects.get().template == "account"


def test_a_copied_table_opens_nobodys_session(client: Client) -> None:
    member = MemberFactory(role="supervisor")
    signed_in(client, member)
    assert client.get("/kantor/saya/").status_code == 200
    cookie = client.session.session_key
    stored = {*Session.objects.values_list("session_key", flat=True)} | {
        *member.sign_ins.values_list("session", flat=True)
    }
    assert cookie not in stored
    for name in stored:
        thief = Client()
        thief.cookies["teduh_kantor"] = name
        assert thief.get("/kantor/saya/").status_code == 302


def test_several_devices_work_at_once_and_each_is_in_the_list() -> None:
    member = MemberFactory()
    first, second = came_in(member), came_in(member)
    for client in (first, second):
        page = client.get("/kantor/saya/").content.decode()
        assert page.count("sesi ini") == 1
    assert SignIn.objects.filter(ended_at=None).count() == 2


def test_a_session_that_changed_the_password_is_still_known_and_can_be_ended() -> None:
    member = MemberFactory()
    first = came_in(member)
    told = {"oldpassword": PASSWORD, "password1": PASSWORD + "-x", "password2": PASSWORD + "-x"}
    first.post("/kantor/akun/password/", told)
    assert "sesi ini" in first.get("/kantor/saya/").content.decode()
    second = signed_in(Client(), Member.objects.get(pk=member.pk))
    second.post("/kantor/saya/keluar-lain/")
    assert first.get("/kantor/saya/").status_code == 302
    assert second.get("/kantor/saya/").status_code == 200
    assert not SignIn.objects.filter(ended_at=None).exists()


def test_signing_out_elsewhere_ends_sessions_nobody_wrote_down(client: Client) -> None:
    member = MemberFactory()
    elsewhere = signed_in(Client(), member)
    here = came_in(member)
    here.post("/kantor/saya/keluar-lain/")
    assert elsewhere.get("/kantor/saya/").status_code == 302
    assert "sesi ini" in here.get("/kantor/saya/").content.decode()


def test_a_role_or_a_team_taken_away_counts_at_the_next_click(client: Client) -> None:
    head = MemberFactory(role="head")
    member = MemberFactory(role=["auditor", "head"], agency=head.agency)
    signed_in(client, member)
    assert client.get("/kantor/jejak/").status_code == 200
    now = timezone.now()
    actions.set_roles(by=head.actor, member=member, roles=["head"], at=now)
    assert client.get("/kantor/jejak/").status_code == 403
    assert client.get("/kantor/anggota/").status_code == 200
