"""A call centre hands over behind a link of its own: no account, nothing to read, dead when closed."""

import re

import pytest
from django.test import Client

from teduh.access.models import Member, Team
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.intake import flood
from teduh.intake.channels.callcenter import actions, queries
from teduh.intake.channels.callcenter.models import CallCentre
from teduh.intake.models import Report
from teduh.lib.paces import Counter, Pace
from tests.factories import AgencyFactory, MemberFactory, TeamFactory, signed_in
from tests.factories.reports import (
    AT,
    CODE,
    filed_package,
    report_as_field,
    sealed_report,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor(team: Team) -> Member:
    return MemberFactory(role="supervisor", team=team)


@pytest.fixture
def address(supervisor: Member) -> str:
    """Where the call centre's form stands."""
    return f"/112/{actions.open_link(by=supervisor, name='112 Kota Contoh', at=AT)}/"


def sent(client: Client, address: str, team: Team, **told: str) -> dict[str, str]:
    """A hand-over as the browser of a call centre sends it."""
    page = client.get(address).content.decode()
    pair = {name: re.findall(rf'data-{name}="([^"]+)"', page)[0] for name in ("ticket", "r")}
    package = sealed_report(
        team, ticket=pair["ticket"], written={"intake.report.reference": "112/CONTOH/7"}
    )
    return {**pair, "sealed": report_as_field(package), "door": "other", **told}


def test_a_hand_over_is_a_report_like_any_other(address: str, team: Team) -> None:
    client = Client()
    told = sent(client, address, team, safe_now="unsafe", place="home_victim")
    answer = client.post(address, told)
    assert answer.json()["ok"] is True
    report = Report.objects.get()
    assert (report.channel, report.door, report.state) == ("callcenter", "other", "new")
    assert (report.urgency, report.place, report.flood) == (0, "home_victim", False)
    assert not report.ticket.own
    assert report.ticket.issued_on is not None  # the call centre knows the code; hers comes first
    line = Row.objects.get(verb="centre.handed_over")
    assert line.subject == report.ticket.number == answer.json()["ticket"]
    assert client.cookies == {}


def test_the_same_hand_over_again_is_the_one_that_is_kept(address: str, team: Team) -> None:
    client = Client()
    told = sent(client, address, team)
    assert client.post(address, told).json() == client.post(address, told).json()
    assert (Report.objects.count(), Row.objects.filter(verb="centre.handed_over").count()) == (1, 1)


def test_more_than_an_hour_can_bring_is_marked_and_taken(
    address: str, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flood, "reports", Counter(Pace(free=1, seconds=120, over=30)))
    for _call in range(2):
        client = Client()
        assert client.post(address, sent(client, address, team)).status_code == 200
    assert list(Report.objects.order_by("pk").values_list("flood", flat=True)) == [False, True]


@pytest.mark.parametrize(
    ("told", "status"),
    [({"sealed": "x"}, 400), ({"r": "x"}, 409), ({"safe_now": "x"}, 400), ({"sealed": ""}, 400)],
)
def test_what_does_not_fit_keeps_nothing(
    address: str, team: Team, told: dict[str, str], status: int
) -> None:
    client = Client()
    assert client.post(address, {**sent(client, address, team), **told}).status_code == status
    assert Report.objects.count() == 0


def test_a_call_centre_cannot_say_that_staff_sealed_it(address: str, team: Team) -> None:
    client = Client()
    told = sent(client, address, team)
    staff = filed_package(team, ticket=told["ticket"], code=CODE)
    assert client.post(address, {**told, "sealed": report_as_field(staff)}).status_code == 400
    assert Report.objects.count() == 0


def test_a_link_is_shown_once_and_kept_as_a_hash(supervisor: Member) -> None:
    client = signed_in(Client(), supervisor)
    page = client.post("/kantor/112/", {"name": "112 Kota Contoh"}).content.decode()
    [link] = re.findall(r"/112/([\w-]{22})/", page)
    assert queries.behind(link) == CallCentre.objects.get()
    assert link not in repr(CallCentre.objects.values().get())
    assert link not in "".join(map(repr, Row.objects.values()))
    assert link not in client.get("/kantor/112/").content.decode()


def test_a_closed_link_is_no_page_and_takes_nothing(
    address: str, supervisor: Member, team: Team
) -> None:
    client, desk = Client(), signed_in(Client(), supervisor)
    told = sent(client, address, team)
    desk.post(f"/kantor/112/{CallCentre.objects.get().pk}/tutup/")
    assert client.get(address).status_code == 404
    assert client.post(address, told).status_code == 404
    assert Report.objects.count() == 0
    verbs = Row.objects.filter(verb__startswith="centre.").values_list("verb", flat=True)
    assert sorted(verbs) == ["centre.closed", "centre.opened"]


def test_a_link_that_is_almost_right_is_no_page(address: str) -> None:
    assert Client().get(f"{address[:-2]}_/").status_code == 404


@pytest.mark.parametrize("role", ["officer", "counsellor", "auditor", "partner_officer"])
def test_without_the_right_nobody_makes_or_closes_a_link(
    address: str, team: Team, role: str
) -> None:
    member, centre = MemberFactory(role=role, team=team), CallCentre.objects.get()
    with pytest.raises(Forbidden):
        actions.open_link(by=member, name="Lain", at=AT)
    with pytest.raises(Forbidden):
        actions.close_link(by=member, centre=centre, at=AT)
    assert queries.behind(address.split("/")[2]) == centre


def test_another_office_neither_sees_nor_closes_a_link(address: str) -> None:
    elsewhere = TeamFactory(code="lain", agency=AgencyFactory())
    member, centre = MemberFactory(role="supervisor", team=elsewhere), CallCentre.objects.get()
    assert list(queries.visible_to(member)) == []
    with pytest.raises(Forbidden):
        actions.close_link(by=member, centre=centre, at=AT)
