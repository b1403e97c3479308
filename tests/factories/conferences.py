"""A conference about one case, with the police and a hospital at the table."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from teduh.access.models import Agency, Member
from teduh.cases.models import Case
from teduh.conferences import actions, declaration
from teduh.conferences.models import AgendaItem, Conference, Decision, TableSeat
from teduh.conferences.words import Doing, FeedbackWay, Kind, Presence, Where
from teduh.lib.timing import local_day
from teduh.records.models import Consent
from teduh.records.words import Purpose
from tests.factories.cases import AT, CaseOffice, opened, sealed_item
from tests.factories.grants import Partners, agreed, partners

DAY = local_day(AT)


@dataclass(frozen=True)
class AtTable:
    """Who sits there, about which case."""

    office: CaseOffice
    others: Partners
    conference: Conference
    case: Case

    @property
    def item(self) -> AgendaItem:
        """The case on the agenda, as it is now."""
        return AgendaItem.objects.get(conference=self.conference, case=self.case)

    @property
    def police(self) -> Agency:
        """The agency of bakung."""
        return self.others.bakung.agency


def planned(
    office: CaseOffice, *seats: Member, kind: Kind = Kind.CASE, at: datetime = AT, **told: Any
) -> Conference:
    """A meeting by melati, or for the city by the supervisor."""
    facts = {"day": local_day(at), "hour": time(9), "place": Where.OFFICE, **told}
    by = office.supervisor if kind == Kind.CITY else office.melati
    plan = actions.Plan(kind, office.team.code, **facts)
    return actions.plan(by=by, told=plan, seats=seats, at=at)


def accepted(conference: Conference, *members: Member, at: datetime = AT) -> None:
    """Each of them accepts the declaration; with nobody named, everybody at the table."""
    rows = TableSeat.objects.filter(conference=conference).select_related("member")
    sha = declaration.in_force(local_day(at)).sha
    for member in members or [one.member for one in rows]:
        actions.accept(by=member, conference=conference, sha=sha, at=at)


def present(office: CaseOffice, conference: Conference, *members: Member) -> None:
    """These people are there."""
    for seat in TableSeat.objects.filter(conference=conference, member__in=members):
        by = office.supervisor if conference.kind == Kind.CITY else office.melati
        actions.attend(by=by, seat=seat, presence=Presence.PRESENT, at=AT)


def at_table(office: CaseOffice, *, others: Partners | None = None) -> AtTable:
    """A conference that is planned, its agenda filled with one case of high risk, all declared."""
    others = others or partners()
    case = opened(office)
    Case.objects.filter(pk=case.pk).update(band="high", urgency=1)
    conference = planned(office, others.bakung, others.flamboyan)
    accepted(conference)
    actions.refill(by=office.melati, conference=conference, at=AT)
    accepted(conference)
    return AtTable(office, others, conference, Case.objects.get(pk=case.pk))


def spoken_of(table: AtTable, **other: Any) -> Consent:
    """She agrees that the police talk about her case; what lies in `legal` they may read."""
    told = {"purpose": Purpose.CONFERENCE, "comps": ("legal",), **other}
    return agreed(table.office, table.case, told.pop("agency", table.police), **told)


def under_way(table: AtTable) -> AtTable:
    """The same once it has begun: she agreed, the police are there."""
    spoken_of(table)
    actions.begin(by=table.office.melati, conference=table.conference, at=AT)
    present(table.office, table.conference, table.others.bakung)
    return table


def wish(table: AtTable, text: str = "Contoh: tidak ingin pindah sekolah.") -> None:
    """Her own wishes, written by melati."""
    actions.keep_wishes(
        by=table.office.melati,
        item=table.item,
        items=[sealed_item(table.case, "conferences.item.wishes", text)],
        unsaid="",
        at=AT,
    )


def decided(table: AtTable, *, days: int = 7, text: str = "Contoh: patroli malam.") -> Decision:
    """The police are to do something within some days."""
    return actions.decide(
        by=table.office.melati,
        item=table.item,
        told=actions.Told(
            table.police, Doing.PATROL, DAY + timedelta(days=days), table.others.bakung
        ),
        items=[sealed_item(table.case, "conferences.decision.legal", text)],
        at=AT,
    )


def fed_back(table: AtTable) -> None:
    """How she hears of it is agreed."""
    actions.agree_feedback(
        by=table.office.melati,
        item=table.item,
        way=FeedbackWay.MET,
        who=table.office.melati,
        until=DAY + timedelta(days=2),
        at=AT,
    )


def held(table: AtTable) -> Conference:
    """Discussed, decided, closed."""
    wish(under_way(table))
    decided(table)
    actions.discuss(by=table.office.melati, item=table.item, at=AT)
    fed_back(table)
    return actions.close(by=table.office.melati, conference=table.conference, at=AT)
