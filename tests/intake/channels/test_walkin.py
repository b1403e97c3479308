"""The walk-in desk: a kept page that names nobody, parcels taken once, from a member who may file."""

import json
from typing import Any

import pytest
import time_machine
from django.test import Client

from teduh.access.models import Member, Team
from teduh.audit.models import Row
from teduh.intake.models import Report
from teduh.intake.words import Channel, State
from teduh.sop.models import Promise
from teduh.vault import parcels, without_script
from teduh.vault.packages import b64, unb64
from tests.factories import MemberFactory, signed_in
from tests.factories.reports import AT, filed_package, spelled

pytestmark = pytest.mark.django_db
ROOM, SEND = "/kantor/datang/", "/kantor/datang/kirim/"


@pytest.fixture(autouse=True)
def that_day() -> Any:
    with time_machine.travel(AT, tick=True):
        yield


@pytest.fixture
def officer(team: Team) -> Member:
    return MemberFactory(role="officer", team=team, name="Contoh Nama Petugas")


def told(team: Team, **changes: object) -> dict[str, Any]:
    """What lies in a parcel: a sealed talk and its coded answers."""
    package = filed_package(team)
    answers = {"door": ["young"], "safe_now": ["unsafe"], "kinds": ["physical"]}
    inside = {"v": 1, "kind": "walkin", "ticket": package.ticket, "answers": answers}
    relay = without_script.relay(package.ticket)
    return {**inside, "r": relay, "sealed": spelled(package), **changes}


def parcel(inside: dict[str, Any], settings: Any) -> dict[str, str]:
    key = unb64(parcels.public())
    return {"titipan": b64(parcels.seal(inside, key, settings.TEDUH_INSTANCE))}


def test_a_talk_is_a_report_in_the_hand_of_whoever_sends_it(
    team: Team, officer: Member, settings: Any
) -> None:
    inside = told(team)
    answer = signed_in(Client(), officer).post(SEND, parcel(inside, settings))
    assert (answer.status_code, answer.json()) == (200, {"ok": True, "ticket": inside["ticket"]})
    report = Report.objects.get(ticket__number=inside["ticket"])
    assert (report.channel, report.door, report.origin) == (Channel.WALKIN, "young", "staff")
    assert (report.state, report.handler, report.urgency) == (State.TAKEN, officer, 0)
    assert report.child
    made = Promise.objects.get(subject=inside["ticket"], step="first_contact")
    assert made.met_at is not None
    assert Row.objects.get(subject=inside["ticket"], verb="report.received").by_code == officer.code


def test_the_same_parcel_twice_is_one_report(team: Team, officer: Member, settings: Any) -> None:
    desk, sent = signed_in(Client(), officer), parcel(told(team), settings)
    assert [desk.post(SEND, sent).json()["ok"] for _ in range(2)] == [True, True]
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"kind": "responder"}, {"answers": []}, {"answers": {"door": [1]}}, {"r": "AAAA"},
     {"answers": {f"n{n}": "x" for n in range(41)}}, {"answers": {"safe_now": ["bukan"]}},
     {"sealed": "{}"}, {"ticket": "TDH-0000-0000"}, {"v": 2}],
)  # fmt: skip
def test_what_is_no_parcel_of_this_desk_is_refused_whole(
    team: Team, officer: Member, settings: Any, changes: dict[str, object]
) -> None:
    sent = parcel(told(team, **changes), settings)
    assert signed_in(Client(), officer).post(SEND, sent).status_code == 400
    assert not Report.objects.exists()


def test_a_ticket_of_somebody_else_is_not_written_over(
    team: Team, officer: Member, settings: Any
) -> None:
    desk, first = signed_in(Client(), officer), told(team)
    desk.post(SEND, parcel(first, settings))
    other = filed_package(team, ticket=first["ticket"], code=5)
    again = parcel({**first, "sealed": spelled(other)}, settings)
    assert desk.post(SEND, again).status_code == 409
    assert Report.objects.count() == 1


def test_nobody_else_sends(team: Team, settings: Any) -> None:
    sent = parcel(told(team), settings)
    assert Client().post(SEND, sent).status_code == 302
    head = MemberFactory(role="head", agency=team.agency)
    assert signed_in(Client(), head).post(SEND, sent).status_code == 403
    assert not Report.objects.exists()


def test_the_page_a_browser_keeps_names_nobody_and_holds_no_session(officer: Member) -> None:
    desk = signed_in(Client(), officer)
    page = desk.get(ROOM).content.decode()
    token = desk.get("/kantor/datang/izin/").json()["csrf"]
    assert not any(one in page for one in (officer.name, officer.code, token, "csrfmiddleware"))
    assert page == desk.get(ROOM).content.decode()


def test_the_worker_keeps_this_page_and_no_other(officer: Member) -> None:
    answer = signed_in(Client(), officer).get("/kantor/datang/kerja.js")
    shell = json.loads(answer.content.decode().partition("self.SHELL=")[2].partition(";")[0])
    assert shell["addresses"][0] == ROOM
    assert all(one.startswith("/s/") for one in shell["addresses"][1:])


def test_supplies_last_for_a_day_of_talks(team: Team, officer: Member) -> None:
    told = signed_in(Client(), officer).get("/kantor/datang/bekal/").json()
    assert [one["code"] for one in told["keys"]["teams"]] == [team.code]
    assert len({ticket for ticket, _r in told["pairs"]}) == 24
    assert all(without_script.is_ours(ticket, r) for ticket, r in told["pairs"])
