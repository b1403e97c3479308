"""Coming in: invitation, password, second factor, and what is kept of it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from teduh.access import actions, queries
from teduh.access.models import Member
from teduh.access.rules import OwnRights
from teduh.audit.models import Row
from teduh.outbox import actions as outbox
from teduh.outbox.models import Message
from tests.access.entrance import CODE, LOGIN, typed
from tests.factories import MemberFactory, code_now, signed_in
from tests.factories.access import PASSWORD

SET_UP = "/kantor/faktor-kedua/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_left_over() -> None:
    cache.clear()


def test_password_alone_opens_nothing(client: Client) -> None:
    member = MemberFactory()
    response = client.post(LOGIN, {"login": member.email, "password": PASSWORD})
    assert response.headers["Location"] == CODE
    assert client.get("/kantor/saya/").status_code == 302


def test_password_and_code_open_the_desk(client: Client) -> None:
    member = MemberFactory()
    typed(client, member)
    response = client.post(CODE, {"code": code_now()})
    assert response.headers["Location"] == "/kantor/"
    assert client.get("/kantor/saya/").status_code == 200


def test_a_wrong_code_opens_nothing(client: Client) -> None:
    member = MemberFactory()
    typed(client, member)
    response = client.post(CODE, {"code": "000000"})
    assert response.status_code == 200
    assert client.get("/kantor/saya/").status_code == 302


def test_a_code_works_once(client: Client) -> None:
    member = MemberFactory()
    typed(client, member)
    code = code_now()
    client.post(CODE, {"code": code})
    second = Client()
    typed(second, member)
    assert second.post(CODE, {"code": code}).status_code == 200


def test_a_code_works_once_while_it_counts_whatever_the_server_forgets(client: Client) -> None:
    member = MemberFactory()
    typed(client, member)
    code, begun = code_now(), timezone.now()
    assert client.post(CODE, {"code": code}).status_code == 302
    cache.clear()  # the server starts anew, or another process answers
    for seconds in (0, 31):  # allauth forgets after 30 seconds, a code counts for up to 90
        with time_machine.travel(begun + timedelta(seconds=seconds)):
            other = Client()
            typed(other, member)
            assert other.post(CODE, {"code": code}).status_code == 200
            assert other.get("/kantor/saya/").status_code == 302


@pytest.mark.parametrize("back", [{"hours": 1}, {"days": 31}])
def test_a_session_does_not_live_again_when_the_clock_goes_back(
    client: Client, back: dict[str, int]
) -> None:
    signed_in(client, MemberFactory())
    with time_machine.travel(timezone.now() - timedelta(**back)):
        assert client.get("/kantor/saya/").status_code == 302


def test_a_small_correction_of_the_clock_ends_nobodys_work(client: Client) -> None:
    signed_in(client, MemberFactory())
    with time_machine.travel(timezone.now() - timedelta(minutes=4)):
        assert client.get("/kantor/saya/").status_code == 200


def test_a_wrong_code_after_the_right_password_is_in_the_trail(client: Client) -> None:
    member = MemberFactory()
    typed(client, member)
    client.post(CODE, {"code": "000000"})
    assert Row.objects.filter(
        verb="member.second_factor_refused", subject=member.code, by_kind="anonymous"
    ).exists()


def test_guessing_a_password_slows_the_guesser_and_locks_nobody_out() -> None:
    member, guesser = MemberFactory(), Client(REMOTE_ADDR="203.0.113.9")
    for _time in range(5):
        typed(guesser, member, "salah-sekali-ya")
    assert "Location" not in typed(guesser, member).headers  # type: ignore[attr-defined]
    elsewhere = typed(Client(REMOTE_ADDR="203.0.113.10"), member)
    assert elsewhere.headers["Location"] == CODE  # type: ignore[attr-defined]


def test_an_unknown_address_and_a_wrong_password_answer_alike(client: Client) -> None:
    member = MemberFactory()
    wrong = client.post(LOGIN, {"login": member.email, "password": "salah-sekali-ya"})
    unknown = client.post(LOGIN, {"login": "x@contoh.invalid", "password": "salah-sekali-ya"})

    def said(response: object) -> str:
        html = response.content.decode()  # type: ignore[attr-defined]
        return re.sub(r'value="[^"]*"', "", html)

    assert said(wrong) == said(unknown)


def test_guessing_is_slowed_without_locking_the_address_out_for_good(client: Client) -> None:
    member = MemberFactory()
    for _try in range(6):
        response = client.post(LOGIN, {"login": member.email, "password": "salah-sekali-ya"})
    assert response.status_code == 200
    assert client.post(LOGIN, {"login": member.email, "password": PASSWORD}).status_code == 200
    cache.clear()
    assert client.post(LOGIN, {"login": member.email, "password": PASSWORD}).status_code == 302


def test_nobody_signs_up(client: Client) -> None:
    assert client.get("/kantor/akun/signup/").status_code in {302, 404}
    from django.urls import NoReverseMatch, reverse

    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_a_deactivated_member_does_not_come_in(client: Client) -> None:
    member = MemberFactory(active=False)
    response = client.post(LOGIN, {"login": member.email, "password": PASSWORD})
    assert response.headers["Location"] == "/kantor/akun/inactive/"
    assert client.get("/kantor/akun/inactive/").status_code == 200


# --- the first time --------------------------------------------------------------------------------


def test_without_a_second_factor_every_page_leads_to_its_set_up(client: Client) -> None:
    member = MemberFactory(role="head", second_factor=False)
    typed(client, member)
    for page in ("/kantor/saya/", "/kantor/anggota/", "/kantor/akun/password/"):
        assert client.get(page).headers["Location"] == SET_UP


def test_the_set_up_shows_a_drawing_without_any_request_and_then_the_recovery_codes(
    client: Client,
) -> None:
    member = MemberFactory(second_factor=False)
    typed(client, member)
    html = client.get(SET_UP).content.decode()
    assert "<svg" in html
    assert 'style="' not in html.split("<svg")[1].split("</svg>")[0]
    seed = client.session["mfa.totp.secret"]
    response = client.post(SET_UP, {"code": code_now(seed)})
    assert response.headers["Location"] == "/kantor/akun/2fa/codes/"
    html = client.get("/kantor/akun/2fa/codes/").content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", html)) == 10
    assert client.get("/kantor/saya/").status_code == 200
    assert Row.objects.filter(verb="member.second_factor_set", subject=member.code).exists()


def test_a_recovery_code_replaces_the_phone_once(client: Client) -> None:
    member = MemberFactory(second_factor=False)
    typed(client, member)
    client.get(SET_UP)
    client.post(SET_UP, {"code": code_now(client.session["mfa.totp.secret"])})
    html = client.get("/kantor/akun/2fa/codes/").content.decode()
    code = re.findall(r"<code>(\d{8})</code>", html)[0]
    for expected in (302, 200):
        other = Client()
        typed(other, member)
        assert other.post(CODE, {"code": code}).status_code == expected


def test_a_session_that_only_knows_the_password_asks_for_the_code(client: Client) -> None:
    member = MemberFactory()
    client.force_login(member)
    assert (
        client.get("/kantor/saya/")
        .headers["Location"]
        .startswith("/kantor/akun/2fa/reauthenticate/")
    )
    client.post("/kantor/akun/2fa/reauthenticate/", {"code": code_now()})
    assert client.get("/kantor/saya/").status_code == 200


def test_a_new_phone_takes_the_place_of_the_old_one(client: Client) -> None:
    member = MemberFactory()
    signed_in(client, member)
    client.get(SET_UP)
    seed = client.session["mfa.totp.secret"]
    assert client.post(SET_UP, {"code": code_now(seed)}).status_code == 302
    old, new = Client(), Client()
    typed(old, member)
    assert old.post(CODE, {"code": code_now()}).status_code == 200
    typed(new, member)
    with time_machine.travel(timezone.now() + timedelta(seconds=60)):
        assert new.post(CODE, {"code": code_now(seed)}).status_code == 302
    assert Message.objects.get().template == "account"


def test_a_new_phone_asks_first_who_is_there(client: Client) -> None:
    signed_in(client, MemberFactory())
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        answer = client.get(SET_UP)
    assert answer.headers["Location"].startswith("/kantor/akun/reauthenticate/")


# --- invitation ------------------------------------------------------------------------------------


def test_an_invitation_leads_to_a_password_and_works_once(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.TEDUH_VAR = tmp_path
    head = MemberFactory(role="head")
    signed_in(client, head)
    response = client.post(
        "/kantor/anggota/undang/",
        {
            "name": "Contoh Baru",
            "email": "baru@contoh.invalid",
            "agency": head.agency.code,
            "roles": ["officer"],
        },
    )
    member = Member.objects.get(email="baru@contoh.invalid")
    assert response.headers["Location"] == f"/kantor/anggota/{member.code}/"
    outbox.deliver_due(at=timezone.now())
    text = next((tmp_path / "outbox").iterdir()).read_text()
    path = re.search(r"http://testserver(/\S+)", text).group(1)  # type: ignore[union-attr]
    visitor = Client()
    assert visitor.get(path).status_code == 200
    short = visitor.post(path, {"password": "pendek", "again": "pendek"})
    assert "setidaknya 12" in short.content.decode()
    different = visitor.post(path, {"password": PASSWORD, "again": "lain-sama-sekali"})
    assert "belum sama" in different.content.decode()
    done = visitor.post(path, {"password": PASSWORD, "again": PASSWORD})
    assert done.headers["Location"] == LOGIN
    assert visitor.get(path).status_code == 404
    assert typed(visitor, member).headers["Location"] == "/kantor/"  # type: ignore[attr-defined]
    assert visitor.get("/kantor/saya/").headers["Location"] == SET_UP


def test_a_false_link_tells_nothing(client: Client) -> None:
    known = client.get(f"/kantor/undangan/{MemberFactory().code}/abc-def/")
    unknown = client.get("/kantor/undangan/zzzzzz/abc-def/")
    assert known.status_code == unknown.status_code == 404
    assert known.content == unknown.content


def test_a_new_link_ends_the_old_password_and_every_session(client: Client) -> None:
    head = MemberFactory(role="head")
    member = MemberFactory(agency=head.agency)
    signed_in(client, member)
    signed_in(Client(), head).post(f"/kantor/anggota/{member.code}/undang-lagi/")
    assert client.get("/kantor/saya/").status_code == 302
    assert typed(Client(), member).status_code == 200  # type: ignore[attr-defined]
    assert queries.has_second_factor(member)  # the link alone opens nothing
    assert Message.objects.get().template == "invitation"


def test_only_the_newest_link_works(client: Client) -> None:
    head = MemberFactory(role="head")
    member = MemberFactory(agency=head.agency)
    links: list[str] = []

    def link(invited: Member) -> str:
        token = default_token_generator.make_token(invited)
        links.append(f"/kantor/undangan/{invited.code}/{token}/")
        return links[-1]

    for _time in range(2):
        actions.invite_again(by=head.actor, member=member, at=timezone.now(), link_for=link)
    assert client.get(links[0]).status_code == 404
    assert client.get(links[1]).status_code == 200
    with pytest.raises(OwnRights):
        actions.invite_again(by=head.actor, member=head, at=timezone.now(), link_for=link)


def test_new_recovery_codes_end_the_old_ones_and_are_told(client: Client) -> None:
    member = MemberFactory()
    signed_in(client, member)
    client.post("/kantor/akun/2fa/codes/new/")
    old = Authenticator.objects.get(user=member, type="recovery_codes").wrap().generate_codes()
    client.post("/kantor/akun/2fa/codes/new/")
    assert Row.objects.filter(verb="member.recovery_codes_made").count() == 2
    assert Message.objects.filter(template="account").count() == 1  # the one that waits is enough
    other = Client()
    typed(other, member)
    assert other.post(CODE, {"code": old[0]}).status_code == 200


def test_who_types_the_password_and_guesses_the_rest_is_slowed_and_its_owner_told() -> None:
    member = MemberFactory()
    client = Client()
    typed(client, member)
    for _try in range(8):
        assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert Row.objects.filter(verb="member.second_factor_refused").count() == 5
    assert [one.template for one in Message.objects.all()] == ["guessed"]
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        cache.clear()  # what the limiter does after five minutes
        client.post(CODE, {"code": "000000"})
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_no_field_of_the_sign_in_says_another_word_than_its_label() -> None:
    assert "placeholder" not in Client().get("/kantor/akun/login/").content.decode()
