"""A referral from the field: locked on the phone, taken once, late too, and from nobody else's hand."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from teduh.access.models import Team
from teduh.directory.models import Helper, HelperCard
from teduh.directory.rules import MISSES
from teduh.intake import facts, flood
from teduh.intake.models import FieldNote, Report
from teduh.intake.rules import danger_of, days_behind
from teduh.lib.paces import Counter, Pace
from teduh.tickets.models import Ticket
from teduh.vault import demo, helpercards, office, parcels, suite, without_script
from teduh.vault.envelope import sign_statement
from teduh.vault.packages import b64, unb64
from teduh.vault.rules import LATE_EPOCH_DAYS, Refused
from tests.factories.reports import AT, sealed_report, spelled

pytestmark = pytest.mark.django_db
INST = "tanjungpinang"


@pytest.fixture(autouse=True)
def that_day() -> Any:
    with time_machine.travel(AT, tick=True):
        yield


def told(team: Team, **changes: object) -> dict[str, Any]:
    """What lies in a parcel: a sealed report and three taps."""
    package = sealed_report(team, written={"intake.report.contact_how": "0812-0000-0000"})
    return {
        "v": 1,
        "ticket": package.ticket,
        "r": without_script.relay(package.ticket),
        "level": "red",
        "area": "",
        "reach": True,
        "sealed": spelled(package),
        "number": "",
        "sig": "",
        **changes,
    }


def parcel(inside: dict[str, Any], settings: Any) -> str:
    return b64(parcels.seal(inside, unb64(parcels.public()), settings.TEDUH_INSTANCE))


def send(text: str) -> Any:
    return Client().post("/lapangan/kirim/", {"titipan": text})


def test_a_referral_is_a_report_of_somebody_else_by_its_channel(team: Team, settings: Any) -> None:
    inside = told(team)
    answer = send(parcel(inside, settings))
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    report = Report.objects.get(ticket__number=inside["ticket"])
    assert (report.channel, report.door, report.ticket.own) == ("responder", "other", False)
    assert (report.danger, report.urgency, report.contact_via) == ("unsafe", 0, "phone")
    assert report.field_note.level == "red"


def test_the_same_parcel_twice_is_one_report(team: Team, settings: Any) -> None:
    text = parcel(told(team), settings)
    assert [send(text).status_code for _ in range(2)] == [200, 200]
    assert (Report.objects.count(), FieldNote.objects.count()) == (1, 1)


def test_a_note_a_crash_left_out_comes_with_the_next_try(team: Team, settings: Any) -> None:
    text = parcel(told(team, level="green"), settings)
    send(text)
    FieldNote.objects.all().delete()
    assert send(text).status_code == 200
    assert FieldNote.objects.get().level == "green"


@pytest.mark.parametrize(
    "changes",
    [
        {"level": "violet"},
        {"level": ""},
        {"area": "99.99"},
        {"r": "x" * 43},
        {"ticket": "TDH-0000-0000"},
        {"sealed": "{}"},
        {"sealed": None},
        {"v": 2},
    ],
)
def test_what_is_not_whole_is_refused_and_nothing_is_kept(
    team: Team, settings: Any, changes: dict[str, object]
) -> None:
    assert send(parcel(told(team, **changes), settings)).status_code == 400
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("text", ["", "*", "AAAA", "A" * 70_000])
def test_what_is_no_parcel_is_refused(team: Team, text: str) -> None:
    assert send(text).status_code == 400


def test_a_parcel_of_another_office_is_refused(team: Team, settings: Any) -> None:
    other = b64(parcels.seal(told(team), unb64(parcels.public()), "kota-lain"))
    assert send(other).status_code == 400


def test_parcels_do_not_tell_how_much_was_said(team: Team, settings: Any) -> None:
    silent = told(team, sealed=spelled(sealed_report(team, written={})))
    full = told(team, area="", level="amber")
    lengths = {len(parcel(inside, settings)) for inside in (silent, full)}
    assert len(lengths) == 1


def test_a_parcel_opens_for_this_server_alone(team: Team) -> None:
    seed = suite.random_bytes(32)
    text = parcels.seal({"v": 1, "level": "red"}, suite.box_public(seed), INST)
    assert parcels.open_with(seed, text, INST)["level"] == "red"
    with pytest.raises(Refused):
        parcels.open_parcel(b64(text))


def test_supplies_are_new_each_time_and_of_this_server(team: Team) -> None:
    first, second = (Client().get("/lapangan/bekal/").json() for _ in range(2))
    pairs = [*first["pairs"], *second["pairs"]]
    assert len({ticket for ticket, _r in pairs}) == 24
    assert all(without_script.is_ours(ticket, r) for ticket, r in pairs)
    assert first["box"] == parcels.public()
    assert [one["code"] for one in first["keys"]["teams"]] == ["asesmen"]


@pytest.mark.parametrize(("days", "status"), [(8, 200), (45, 200), (46, 400)])
def test_a_referral_may_have_waited_for_weeks_after_a_new_key(
    team: Team, settings: Any, days: int, status: int
) -> None:
    text = parcel(told(team), settings)
    started = AT.date() + timedelta(days=1)
    office.start_epoch(team.code, {}, suite.sha256(b"next"), started)
    by = suite.sha256(b"key officer of a test")
    office.sign_manifest("uji", by, demo.seed("root"), started)
    with time_machine.travel(AT + timedelta(days=1 + days)):
        assert send(text).status_code == status


def test_a_report_of_the_web_form_may_not_be_that_late(team: Team) -> None:
    assert (days_behind("responder"), days_behind("web")) == (LATE_EPOCH_DAYS, 7)


@pytest.mark.parametrize(
    ("level", "danger"), [("red", "unsafe"), ("amber", "unsure"), ("green", ""), ("", "")]
)
def test_green_says_nothing_of_danger(level: str, danger: str) -> None:
    assert danger_of(level) == danger


def test_a_referral_in_a_crowd_waits_its_turn_and_is_taken(
    team: Team, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flood, "reports", Counter(Pace(free=0, seconds=120, over=30)))
    text = parcel(told(team), settings)
    first = send(text)
    assert first.status_code == 429
    with time_machine.travel(AT + timedelta(seconds=first.json()["wait"])):
        sent = {"titipan": text, "turn": first.json()["turn"]}
        assert Client().post("/lapangan/kirim/", sent).status_code == 200
    assert Report.objects.get().flood


NUMBER, SECRET, PIN = "7K2M9QXR", "ABCDEFGHJKMNPQRSTVWXYZ0123", "048213"


@pytest.fixture
def card(team: Team, settings: Any) -> HelperCard:
    """A card of a PKK cadre."""
    helper = Helper.objects.create(
        name="Contoh Ibu Kenanga",
        profile="pkk",
        area_code="21.72.01.1001",
        conduct=AT.date(),
        until=date(2027, 1, 1),
    )
    seed = helpercards.seed_of(settings.TEDUH_INSTANCE, NUMBER, SECRET, PIN)
    return HelperCard.objects.create(
        helper=helper,
        number=NUMBER,
        public=suite.sign_public(seed),
        issued=AT.date(),
        until=helper.until,
    )


def signed(team: Team, settings: Any, pin: str = PIN) -> dict[str, Any]:
    """A parcel's content, signed by this card with this PIN."""
    inside = told(team)
    inst, tanda = settings.TEDUH_INSTANCE, unb64(json.loads(inside["sealed"])["tanda"])
    body = helpercards.statement(inst, NUMBER, inside["ticket"], tanda)
    seed = helpercards.seed_of(inst, NUMBER, SECRET, pin)
    sig = b64(sign_statement(seed, helpercards.LABEL, body))
    return {**inside, "number": NUMBER, "sig": sig}


def test_a_card_says_what_its_holder_is_and_not_who(
    team: Team, card: HelperCard, settings: Any
) -> None:
    assert send(parcel(signed(team, settings), settings)).status_code == 200
    note = FieldNote.objects.get()
    assert (note.proof, note.card, note.profile) == ("proven", NUMBER, "pkk")
    card.refresh_from_db()
    assert (card.misses, card.used) == (0, AT.date())
    said = " ".join(str(value) for _label, value in facts.of_field(note))
    assert "Kader PKK" in said
    assert "Kenanga" not in said


def test_a_wrong_pin_loses_no_referral_and_is_counted_once(
    team: Team, card: HelperCard, settings: Any
) -> None:
    text = parcel(signed(team, settings, pin="000000"), settings)
    assert [send(text).status_code for _ in range(3)] == [200, 200, 200]
    note = FieldNote.objects.get()
    assert (note.proof, note.card, note.profile) == ("unproven", "", "")
    card.refresh_from_db()
    assert card.misses == 1


@pytest.mark.parametrize(
    "spoilt",
    [
        {"revoked": date(2026, 11, 24)},
        {"misses": MISSES},
        {"until": date(2026, 11, 23)},
        {"number": "00000000"},
    ],
)
def test_a_card_that_does_not_count_signs_nothing(
    team: Team, card: HelperCard, settings: Any, spoilt: dict[str, object]
) -> None:
    HelperCard.objects.update(**spoilt)
    assert send(parcel(signed(team, settings), settings)).status_code == 200
    assert FieldNote.objects.get().proof == "unproven"


def test_a_signature_is_for_one_referral(team: Team, card: HelperCard, settings: Any) -> None:
    one, other = signed(team, settings), told(team)
    sent = {**other, "number": NUMBER, "sig": one["sig"]}
    assert send(parcel(sent, settings)).status_code == 200
    assert FieldNote.objects.get().proof == "unproven"


def test_nobody_outside_learns_the_key_of_a_card(
    team: Team, card: HelperCard, settings: Any
) -> None:
    key = b64(bytes(card.public))
    for address in ("/lapangan/", "/lapangan/bekal/", "/lapangan/kerja.js", "/kunci/"):
        assert key not in Client().get(address).content.decode()
