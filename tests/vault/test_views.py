"""The padlock's server side: who gets share, tab key and files, how often, and for how long."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from teduh.access.models import Member
from teduh.audit.models import Row
from teduh.vault import actions, ceremony, codes, demo, queries, rules, suite
from teduh.vault.envelope import sign_statement
from teduh.vault.models import Keyring
from teduh.vault.packages import b64, unb64
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.vault.reports import AT, TICKET, Office, keep, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def melati(office: Office) -> Member:
    """The member whose keyring the office made."""
    return MemberFactory(code="melati", role="officer", team=TeamFactory(code="asesmen"))


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """The day of these tests: a session begun later than they stand in would not count."""
    with time_machine.travel(AT, tick=True):
        yield


@pytest.fixture
def client(melati: Member, day: None) -> Client:
    """Her browser, past the second factor."""
    return signed_in(Client(), melati)


def post(client: Client, path: str, **told: str) -> Any:
    """Ask an address of the padlock."""
    return client.post(f"/kantor/kunci/{path}/", told)


def opened(blob: bytes, salt: bytes, share: bytes) -> bytes:
    """A keyring opened as the browser does it."""
    stem = suite.stretch_phrase(demo.phrase_of("melati"), salt) + share
    kek = suite.derive(stem, b"", "teduh/v1/kek")
    return suite.disclose(kek, blob, b"teduh/v1/keyring\0melati")


def closed(ring: dict[str, Any], plain: bytes) -> str:
    """A keyring closed again under the same phrase and share."""
    stem = suite.stretch_phrase(demo.phrase_of("melati"), unb64(ring["salt"]))
    kek = suite.derive(stem + unb64(ring["share"]), b"", "teduh/v1/kek")
    return b64(suite.enclose(kek, plain, b"teduh/v1/keyring\0melati"))


def signed(blob: str, member: str = "melati") -> dict[str, str]:
    """A keyring with the signature of its holder."""
    sig = sign_statement(demo.seed(f"sign:{member}"), "teduh/v1/keyring", unb64(blob))
    return {"blob": blob, "sig": b64(sig)}


def test_the_keyring_opens_with_phrase_and_share_only(client: Client) -> None:
    ring = post(client, "buka").json()
    plain = opened(unb64(ring["blob"]), unb64(ring["salt"]), unb64(ring["share"]))
    assert plain.startswith(b'{"x":"')
    with pytest.raises(suite.CannotOpen):
        opened(unb64(ring["blob"]), unb64(ring["salt"]), bytes(32))
    assert Row.objects.filter(verb="vault.unlocked", subject="melati").count() == 1


def test_a_member_without_a_keyring_gets_no_share(office: Office) -> None:
    other = MemberFactory(code="baru", role="officer", team=TeamFactory(code="asesmen"))
    assert post(signed_in(Client(), other), "buka").status_code == 403


def test_the_share_is_given_60_times_a_day_with_an_alarm_at_30(melati: Member) -> None:
    for _time in range(rules.UNLOCKS_A_DAY):
        actions.unlock_share(by=melati, at=AT)
    with pytest.raises(rules.Locked):
        actions.unlock_share(by=melati, at=AT)
    assert Row.objects.filter(verb="vault.unlock_alarm").count() == 1
    actions.unlock_share(by=melati, at=AT + timedelta(days=1))


def test_too_many_unlocks_are_said_as_such(client: Client, melati: Member) -> None:
    with time_machine.travel(AT, tick=True):
        for _time in range(rules.UNLOCKS_A_DAY):
            actions.unlock_share(by=melati, at=AT)
        assert post(client, "buka").status_code == 429


def test_the_tab_key_is_the_same_until_the_padlock_closes(client: Client) -> None:
    assert post(client, "tab").status_code == 403
    key = post(client, "buka").json()["tabKey"]
    assert post(client, "tab").json()["tabKey"] == key
    post(client, "tutup")
    assert post(client, "tab").status_code == 403
    assert post(client, "buka").json()["tabKey"] != key


@pytest.mark.parametrize(("minutes", "given"), [(9, True), (11, False)])
def test_the_tab_key_is_given_within_ten_minutes_of_a_person(
    client: Client, minutes: int, *, given: bool
) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        post(client, "buka")
        clock.shift(timedelta(minutes=minutes))
        assert (post(client, "tab").status_code == 200) is given


def test_a_person_who_is_still_there_keeps_it_and_a_poll_does_not(client: Client) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        post(client, "buka")
        for _turn in range(3):
            clock.shift(timedelta(minutes=9))
            client.get("/kantor/")
            post(client, "sentuh")
        assert post(client, "tab").status_code == 200
        clock.shift(timedelta(minutes=11))
        client.get("/kantor/")
        assert post(client, "tab").status_code == 403


def test_touching_opens_nothing(client: Client) -> None:
    post(client, "sentuh")
    assert post(client, "tab").status_code == 403


def test_two_sessions_of_one_member_have_different_tab_keys(client: Client, melati: Member) -> None:
    other = signed_in(Client(), melati)
    keys = {post(one, "buka").json()["tabKey"] for one in (client, other)}
    assert len(keys) == 2


def test_a_keyring_may_be_closed_again_once_after_an_unlock(client: Client) -> None:
    ring = post(client, "buka").json()
    plain = opened(unb64(ring["blob"]), unb64(ring["salt"]), unb64(ring["share"]))
    newer = closed(ring, plain.replace(b'"serial":1', b'"serial":27'))
    assert post(client, "gantungan", **signed(newer)).status_code == 200
    assert bytes(Keyring.objects.get(member_code="melati").blob) == unb64(newer)
    assert post(client, "gantungan", **signed(newer)).status_code == 403


@pytest.mark.parametrize("blob", ["", "AAAA", b64(bytes(4096))])
def test_what_is_no_keyring_changes_nothing(client: Client, blob: str) -> None:
    before = bytes(Keyring.objects.get(member_code="melati").blob)
    post(client, "buka")
    assert post(client, "gantungan", **signed(blob)).status_code == 400
    assert bytes(Keyring.objects.get(member_code="melati").blob) == before


@pytest.mark.parametrize("member", ["cempaka", "nobody"])
def test_a_stolen_session_cannot_spoil_a_keyring(client: Client, member: str) -> None:
    before = bytes(Keyring.objects.get(member_code="melati").blob)
    post(client, "buka")
    spoilt = signed(b64(bytes(len(before))), member)
    assert post(client, "gantungan", **spoilt).status_code == 400
    assert bytes(Keyring.objects.get(member_code="melati").blob) == before


def test_a_keyring_is_not_taken_long_after_the_unlock(client: Client) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        ring = post(client, "buka").json()
        clock.shift(timedelta(seconds=rules.KEYRING_SECONDS + 1))
        assert post(client, "gantungan", **signed(ring["blob"])).status_code == 403


def test_the_keyring_of_somebody_else_is_out_of_reach(client: Client) -> None:
    before = bytes(Keyring.objects.get(member_code="cempaka").blob)
    ring = post(client, "buka").json()
    post(client, "gantungan", **signed(ring["blob"]), member="cempaka", member_code="cempaka")
    assert bytes(Keyring.objects.get(member_code="cempaka").blob) == before


def test_evidence_is_handed_to_the_team_and_written_down(client: Client, office: Office) -> None:
    package = sealed(files=[("catatan.txt", "text/plain", b"isi")])
    keep(package)
    (body,) = queries.office_bundle(TICKET, {"asesmen"}).of(rules.BODY)
    answer = client.get(f"/kantor/berkas/{body.item}/")
    assert b"".join(answer) == next(one for one in package.items if one.what == rules.BODY).ct
    assert Row.objects.filter(verb="vault.file_read", subject=TICKET).count() == 1


def test_evidence_is_not_there_for_another_team(client: Client, office: Office) -> None:
    package = sealed(files=[("catatan.txt", "text/plain", b"isi")])
    keep(package)
    (body,) = queries.office_bundle(TICKET, {"asesmen"}).of(rules.BODY)
    stranger = MemberFactory(role="officer", team=TeamFactory(code="pendampingan"))
    assert signed_in(Client(), stranger).get(f"/kantor/berkas/{body.item}/").status_code == 404
    assert not Row.objects.filter(verb="vault.file_read").exists()


def test_the_unlock_page_leads_nowhere_but_into_the_office(client: Client) -> None:
    for target in ("https://contoh.invalid/", "//contoh.invalid/", "/lapor/", "javascript:1"):
        page = client.get("/kantor/kunci/", {"next": target}).content.decode()
        assert 'data-next="/kantor/"' in page


def test_a_drawn_phrase_has_six_words_of_the_list_and_never_the_same() -> None:
    one, other = ceremony.draw_phrase().split(), ceremony.draw_phrase().split()
    assert len(one) == ceremony.PHRASE_WORDS
    assert set(one) <= set(codes.words())
    assert one != other
