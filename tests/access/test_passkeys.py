"""Passkeys: made, named, shown after the password, removed; never a password's replacement."""

import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from teduh.access import actions, queries, rules
from teduh.access.models import Member
from teduh.audit.models import Row
from teduh.outbox.models import Message
from tests.factories import MemberFactory, code_now, signed_in
from tests.factories.access import LONG_AGO as AT
from tests.factories.access import PASSWORD
from tests.support.device import Device

LOGIN = "/kantor/akun/login/"
CODE = "/kantor/akun/2fa/"
AGAIN = "/kantor/akun/2fa/reauthenticate/kunci-sandi/"
ADD = "/kantor/saya/kunci-sandi/tambah/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_left_over() -> None:
    cache.clear()


def asked(client: Client, page: str) -> dict[str, Any]:
    """What a page asks a device for."""
    html = client.get(page).content.decode()
    found = re.search(r'<script type="application/json">(.*?)</script>', html)
    assert found, html
    told: dict[str, Any] = json.loads(found[1])
    return told


def typed(client: Client, member: Member) -> str:
    """The password typed; answers where it leads."""
    told = {"login": member.email, "password": PASSWORD}
    return str(client.post(LOGIN, told).headers["Location"])


def added(client: Client, device: Device, name: str = "Ponsel") -> int:
    """A passkey of this device, added on the member's page; answers its number."""
    told = {"name": name, "credential": device.make(asked(client, ADD))}
    assert client.post(ADD, told).status_code == 302
    return int(kept().pk)


def kept() -> Authenticator:
    """The newest passkey as it is stored."""
    newest: Authenticator = Authenticator.objects.filter(type="webauthn").latest("pk")
    return newest


def verbs(member: Member) -> list[str]:
    rows = Row.objects.filter(subject=member.code).order_by("number")
    return list(rows.values_list("verb", flat=True))


def test_a_passkey_opens_the_desk_after_the_password(client: Client) -> None:
    member, device = MemberFactory(), Device()
    added(signed_in(Client(), member), device)
    assert typed(client, member) == CODE
    shown = client.post(CODE, {"credential": device.show(asked(client, CODE))})
    assert shown.headers["Location"] == "/kantor/"
    assert client.get("/kantor/saya/").status_code == 200
    assert queries.passkeys(member)[0].used_at is not None


def test_a_passkey_is_told_to_the_trail_and_to_its_owner(client: Client) -> None:
    member = MemberFactory()
    added(signed_in(client, member), Device())
    assert verbs(member) == ["member.passkey_added"]
    assert Message.objects.get().template == "account"


def test_the_first_factor_may_be_a_passkey_and_recovery_codes_come_with_it(client: Client) -> None:
    member, device = MemberFactory(second_factor=False), Device()
    typed(client, member)
    assert client.get("/kantor/saya/").headers["Location"] == "/kantor/faktor-kedua/"
    made = client.post(ADD, {"name": "", "credential": device.make(asked(client, ADD))})
    assert made.headers["Location"] == "/kantor/akun/2fa/codes/"
    html = client.get("/kantor/akun/2fa/codes/").content.decode()
    codes = re.findall(r"<code>(\d{8})</code>", html)
    assert len(codes) == 10
    assert client.get("/kantor/saya/").status_code == 200
    other = Client()
    assert typed(other, member) == CODE
    assert other.post(CODE, {"code": codes[0]}).headers["Location"] == "/kantor/"
    assert not Message.objects.exists()  # nobody needs to be told of their own first day


def test_a_password_alone_adds_no_passkey_to_an_account_that_has_a_factor(client: Client) -> None:
    for member in (MemberFactory(), with_passkey_only(Device())):
        client.force_login(member)
        assert "/2fa/reauthenticate/" in client.get(ADD).headers["Location"]
        told = {"name": "x", "credential": "{}"}
        assert "/2fa/reauthenticate/" in client.post(ADD, told).headers["Location"]


def with_passkey_only(device: Device) -> Member:
    """A member whose second factor is this device and nothing else."""
    member = MemberFactory(second_factor=False)
    client = Client()
    typed(client, member)
    added(client, device)
    return member


def test_who_has_only_a_passkey_is_asked_for_it_again(client: Client) -> None:
    device = Device()
    member = with_passkey_only(device)
    client.force_login(member)
    assert client.get("/kantor/saya/").headers["Location"] == f"{AGAIN}?next=/kantor/"
    shown = client.post(AGAIN, {"credential": device.show(asked(client, AGAIN))})
    assert shown.status_code == 302
    assert client.get("/kantor/saya/").status_code == 200


def test_an_app_may_join_a_passkey(client: Client) -> None:
    device = Device()
    member = with_passkey_only(device)
    signed_in(client, member)
    client.get("/kantor/faktor-kedua/")
    code = code_now(client.session["mfa.totp.secret"])
    done = client.post("/kantor/faktor-kedua/", {"code": code})
    assert done.headers["Location"] == "/kantor/saya/"
    assert queries.has_app(member)
    assert len(queries.passkeys(member)) == 1


# --- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize("origin", ["https://testserver.contoh.invalid", "http://testserver"])
def test_a_passkey_made_or_shown_on_another_page_is_refused(client: Client, origin: str) -> None:
    member, device = MemberFactory(), Device()
    desk = signed_in(Client(), member)
    false = Device(origin=origin).make(asked(desk, ADD))
    assert desk.post(ADD, {"name": "x", "credential": false}).status_code == 200
    assert queries.passkeys(member) == []
    added(desk, device)
    device.origin = origin
    typed(client, member)
    shown = client.post(CODE, {"credential": device.show(asked(client, CODE))})
    assert "tidak dikenali" in shown.content.decode()
    assert client.get("/kantor/saya/").status_code == 302


def test_an_answer_opens_once(client: Client) -> None:
    member, device = MemberFactory(), Device()
    added(signed_in(Client(), member), device)
    typed(client, member)
    answer = device.show(asked(client, CODE))
    assert client.post(CODE, {"credential": answer}).status_code == 302
    other = Client()
    typed(other, member)
    other.get(CODE)
    assert other.post(CODE, {"credential": answer}).status_code == 200
    assert other.get("/kantor/saya/").status_code == 302


def test_anothers_passkey_opens_nothing_and_the_trail_knows(client: Client) -> None:
    member, device = MemberFactory(), Device()
    added(signed_in(Client(), member), Device())
    added(signed_in(Client(), MemberFactory()), device)
    typed(client, member)
    shown = client.post(CODE, {"credential": device.show(asked(client, CODE))})
    assert shown.status_code == 200
    assert verbs(member)[-1] == "member.second_factor_refused"


def test_a_passkey_alone_signs_nobody_in(client: Client) -> None:
    for path in ("/kantor/akun/2fa/webauthn/login/", "/kantor/akun/webauthn/login/"):
        assert client.get(path).status_code in {302, 404}
    member, device = MemberFactory(), Device()
    added(signed_in(Client(), member), device)
    assert client.post(CODE, {"credential": "{}"}).headers["Location"].startswith(LOGIN)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda deeper: st.lists(deeper, max_size=3)
    | st.dictionaries(
        st.sampled_from(["id", "rawId", "type", "response", "clientDataJSON", "authenticatorData",
                         "attestationObject", "signature", "clientExtensionResults", "x"]),
        deeper,
        max_size=6,
    ),
    max_leaves=12,
)  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=JSON.map(json.dumps) | st.text(max_size=30))
@example(told="[" * 16_000)
def test_whatever_is_sent_instead_of_a_passkey_is_answered_with_the_page(told: str) -> None:
    cache.clear()
    member = MemberFactory()
    client = signed_in(Client(), member)
    assert client.post(ADD, {"name": "x", "credential": told}).status_code == 200
    assert client.post(AGAIN, {"credential": told}).status_code in {200, 302}
    other = Client()
    typed(other, member)
    assert other.post(CODE, {"credential": told}).status_code == 200
    assert queries.passkeys(member) == []


def broken(told: str, part: str, spelled: str) -> str:
    answer = json.loads(told)
    answer["response"][part] = spelled
    return json.dumps(answer)


@pytest.mark.parametrize(
    "spelled", ["", "e30", "AA", "oA", "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUA"]
)
@pytest.mark.parametrize("part", ["clientDataJSON", "attestationObject"])
def test_a_passkey_that_is_nearly_right_is_refused_too(
    client: Client, part: str, spelled: str
) -> None:
    member = MemberFactory()
    signed_in(client, member)
    false = broken(Device().make(asked(client, ADD)), part, spelled)
    assert client.post(ADD, {"name": "x", "credential": false}).status_code == 200
    assert queries.passkeys(member) == []


def test_only_what_the_format_names_is_kept(client: Client) -> None:
    member = MemberFactory()
    signed_in(client, member)
    told = {**json.loads(Device().make(asked(client, ADD))), "more": "x" * 100}
    assert client.post(ADD, {"name": "x", "credential": json.dumps(told)}).status_code == 302
    assert "more" not in kept().data["credential"]
    told = {**told, "more": "x" * 20_000}
    assert client.post(ADD, {"name": "x", "credential": json.dumps(told)}).status_code == 200


# --- naming and removing ---------------------------------------------------------------------------


def test_a_passkey_is_named_and_removed_by_its_owner(client: Client) -> None:
    member = MemberFactory()
    signed_in(client, member)
    number = added(client, Device())
    page = f"/kantor/saya/kunci-sandi/{number}/"
    assert client.post(page, {"name": "Laptop kantor"}).status_code == 302
    assert "Laptop kantor" in client.get("/kantor/saya/").content.decode()
    assert client.post(f"{page}lepas/").status_code == 302
    assert queries.passkeys(member) == []
    assert verbs(member)[-2:] == ["member.passkey_named", "member.passkey_removed"]
    assert Message.objects.count() == 1, "one that waits says it for both"


def test_a_passkey_of_somebody_else_is_not_there(client: Client) -> None:
    number = added(signed_in(Client(), MemberFactory()), Device())
    signed_in(client, MemberFactory(role="head"))
    page = f"/kantor/saya/kunci-sandi/{number}/"
    assert client.get(page).status_code == 404
    assert client.post(f"{page}lepas/").status_code == 404
    assert Authenticator.objects.filter(pk=number).exists()


def test_the_last_factor_stays(client: Client) -> None:
    device = Device()
    member = with_passkey_only(device)
    (mine,) = queries.passkeys(member)
    signed_in(client, member)
    page = f"/kantor/saya/kunci-sandi/{mine.number}/"
    assert "lepas/" not in client.get(page).content.decode()
    assert client.post(f"{page}lepas/").headers["Location"] == page
    assert queries.has_passkey(member)
    with pytest.raises(rules.LastFactor):
        actions.remove_passkey(by=member.actor, member=member, number=mine.number, at=AT)
    assert not Message.objects.exists()


def test_nobody_changes_anothers_factors() -> None:
    head = MemberFactory(role="head")
    member = with_passkey_only(Device())
    (mine,) = queries.passkeys(member)
    with pytest.raises(rules.Forbidden):
        actions.remove_passkey(by=head.actor, member=member, number=mine.number, at=AT)
    with pytest.raises(rules.Forbidden):
        actions.name_passkey(by=head.actor, member=member, number=mine.number, name="x", at=AT)
    with pytest.raises(rules.Forbidden):
        actions.add_passkey(by=head.actor, member=member, name="x", credential={}, at=AT)
    with pytest.raises(rules.Forbidden):
        actions.set_app(by=head.actor, member=member, seed="JBSWY3DP", step=1, at=AT)
    assert queries.passkeys(member) == [mine]
    assert not queries.has_app(member)
