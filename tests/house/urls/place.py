"""What every address may name, made once, and who stands where to it."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from teduh.access.models import Absence, Agency, Conflict, Duty, Elevation, LostFactor, Member, Team
from teduh.access.roles import ROLES
from teduh.access.words import AgencyKind, Right
from teduh.cases.models import BreakGlass, Case, Crew, Goal, Person, Sample
from teduh.conferences import declaration
from teduh.conferences.models import AgendaItem, Conference, Decision, Series, TableSeat
from teduh.directory.models import Channel, Helper, Provider
from teduh.funding.models import Line, Source
from teduh.intake.channels.referral.models import Filing
from teduh.intake.models import Report
from teduh.records.models import (
    Breach,
    Consent,
    DataRequest,
    Erasure,
    Packet,
    PacketGrant,
    Retained,
    Touched,
)
from teduh.services.models import (
    Batch,
    Care,
    Hearing,
    Letter,
    MedicalOrder,
    PsychPlan,
    Referral,
    Session,
    Shelf,
    Shelter,
    ShelterRoom,
    Slot,
    Station,
    Stay,
    Support,
    Visit,
)
from teduh.sop.books import sha_of, shipped
from teduh.sop.models import Promise, Version
from teduh.tickets.models import Ticket
from teduh.vault.models import Compartment, Envelope, PublicKey, Wrap
from teduh.vault.packages import compact
from tests.factories import AgencyFactory, MemberFactory, TeamFactory

RELATIONS = ("own team", "other team", "other agency", "receiving agency")
TICKET, FILE = "TDH-0000-0001", "A" * 22
DRAFT = shipped()["penanganan", "2025-1"].text.replace('"2025-1"', '"2030-1"')


@dataclass(frozen=True)
class Place:
    """Everything an address may name, and who stands where."""

    team: Team
    target: Member
    duty: Duty
    asked: Elevation
    lost: LostFactor
    channel: Channel
    helper: Helper
    provider: Provider
    letter: Letter
    promise: Promise
    case: Case
    away: Absence
    version: Version
    conflict: Conflict
    glass: BreakGlass
    sample: Sample
    erasure: Erasure
    retained: Retained
    request: DataRequest
    touched: Touched
    packet: Packet
    consent: Consent
    budget: Line
    support: Support
    stay: Stay
    care: Care
    hearing: Hearing
    psych: PsychPlan
    order: MedicalOrder
    referral: Referral
    batch: Batch
    visit: Visit
    session: Session
    at_table: AgendaItem
    decision: Decision
    members: dict[tuple[str, str], Member]


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    """What every test of a module finds; whatever a test does to it is undone after the test."""
    with django_db_blocker.unblock(), ExitStack() as open_now:
        for alias in connections:
            open_now.enter_context(transaction.atomic(using=alias))
        yield _place()
        for alias in connections:
            transaction.set_rollback(True, using=alias)


def _place() -> Place:
    """A report of one team, passed to another agency, and one member per role and relation."""
    team = TeamFactory()
    other = TeamFactory(agency=team.agency)
    away = TeamFactory(agency=AgencyFactory(kind=AgencyKind.POLICE))
    receiving = TeamFactory(agency=AgencyFactory(kind=AgencyKind.HEALTH))
    stand = dict(zip(RELATIONS, (team, other, away, receiving), strict=True))
    _report(team, passed_to=receiving.agency.code)
    filed = Report.objects.get()
    filed.ticket.reached.create(stage="review", day=filed.day)
    Filing.objects.create(
        report=filed,
        agency=receiving.agency,
        member=MemberFactory(role="partner_officer", team=receiving),
        paper="agency",
        agreed="herself",
    )
    colleague = MemberFactory(team=team)
    now = timezone.now()
    members = {
        (role, relation): MemberFactory(role=role, team=stand[relation])
        for role in ROLES
        for relation in RELATIONS
    }
    return Place(
        team=team,
        target=colleague,
        duty=Duty.objects.create(
            team=team, member=colleague, starts=now, ends=now + timedelta(hours=1)
        ),
        asked=Elevation.objects.create(
            member=colleague, right=Right.SEE_FIGURES, reason="x" * 20, hours=1, asked_at=now
        ),
        lost=LostFactor.objects.create(
            member=colleague,
            reason="x" * 20,
            asked_by=MemberFactory(role="head", agency=team.agency),
            asked_at=now,
            until=now + timedelta(hours=1),
        ),
        away=Absence.objects.create(member=colleague, starts=now, ends=now + timedelta(hours=1)),
        version=Version.objects.create(
            book="penanganan",
            version="2030-1",
            since=date(2030, 1, 1),
            sha=sha_of(DRAFT),
            text=DRAFT,
            drafted_by=colleague.code,
            drafted_at=now,
        ),
        channel=Channel.objects.create(kind="phone", label="Telepon", target="0800-000-0000"),
        helper=Helper.objects.create(
            name="Contoh", profile="pkk", area_code="21.72.01.1001", until=date(2030, 1, 1)
        ),
        provider=Provider.objects.create(
            code="PYD-0000-0001", name="Penyedia contoh", kind="puskesmas"
        ),
        promise=Promise.objects.create(
            subject=TICKET,
            team_code=team.code,
            book="penanganan",
            version="2025-1",
            step="triage",
            band="high",
            began_at=now,
            due_at=now,
        ),
        case=(
            case := _case(
                team, [one for (_role, relation), one in members.items() if relation == "own team"]
            )
        ),
        letter=Letter.objects.create(
            code="SRT-0000-0001",
            case=case,
            kind="assignment",
            version="2026-1",
            assigned=colleague,
            signatory=colleague,
            drafter=colleague,
            drafted_day=date(2026, 11, 24),
            subject=case.code,
            item="A" * 22,
        ),
        sample=Sample.objects.create(case=case, by=colleague, day=date(2026, 11, 24)),
        glass=BreakGlass.objects.create(
            case=case,
            member=colleague,
            reason="danger",
            since=now,
            until=now + timedelta(minutes=30),
        ),
        erasure=Erasure.objects.create(
            subject="KSS-0000-0001",
            team_code=team.code,
            kind="case",
            why="term",
            asker=colleague,
            asked_day=date(2026, 11, 24),
        ),
        retained=Retained.objects.create(
            subject="KSS-0000-0001",
            team_code=team.code,
            reason="court",
            member=colleague,
            since=date(2026, 11, 24),
        ),
        request=DataRequest.objects.create(
            case=case, kind="copy", came="met", asked_at=now, due_at=now, member=colleague
        ),
        packet=Packet.objects.create(
            grant=PacketGrant.objects.create(
                case=case,
                receiver="court",
                basis="agreed",
                asker=colleague,
                asked_day=date(2026, 11, 24),
            ),
            number=1,
            sha="0" * 64,
            size=1,
        ),
        psych=PsychPlan.objects.create(
            case=case,
            since=date(2026, 11, 1),
            until=date(2027, 5, 1),
            monthly=2,
            goals=["sleep"],
            member=colleague,
        ),
        hearing=Hearing.objects.create(
            code="SDG-0000-0001", case=case, kind="witness", at=now, companion=colleague
        ),
        care=Care.objects.create(
            code="PDP-0000-0001",
            case=case,
            kind="svc_document",
            state="listed",
            since=date(2026, 11, 24),
            facts={"document": "birth"},
        ),
        batch=Batch.objects.create(
            shelf=Shelf.objects.create(kind="hiv"),
            lot="CONTOH-1",
            expires=date(2030, 1, 1),
            left=20,
        ),
        order=MedicalOrder.objects.create(
            code="PLK-0000-0001",
            case=case,
            kind="hiv",
            day=date(2026, 11, 24),
            member=colleague,
        ),
        consent=(consent := _consent(case, receiving.agency, colleague)),
        referral=_referral(consent),
        visit=_visit(case, colleague, receiving),
        session=Session.objects.create(
            code="KNS-0000-0001",
            case=case,
            slot=Slot.objects.create(
                member=members["counsellor", "own team"],
                weekday=1,
                since=date(2026, 11, 24),
                begins=time(9),
                ends=time(10),
                place="room",
            ),
            day=date(2026, 11, 24),
            kind="svc_counsel",
            place="room",
            member=colleague,
        ),
        touched=Touched.objects.create(
            breach=Breach.objects.create(
                code="BCR-0000-0001",
                team_code=team.code,
                kind="lost",
                known_at=now,
                due_at=now,
                item="",
                member=colleague,
            ),
            subject=TICKET,
        ),
        conflict=Conflict.objects.create(
            subject="TDH-0000-0002",
            root="TDH-0000-0002",
            team_code=team.code,
            member=colleague,
            kind="friend",
            told_by=colleague,
            day=date(2026, 11, 24),
        ),
        budget=_budget(team.agency),
        stay=_stay(case, team.agency),
        support=Support.objects.create(
            code="DKG-0000-0001",
            case=case,
            kind="living",
            amount=900_000,
            instalments=3,
            until=date(2030, 1, 1),
            state="assessed",
            asker=colleague,
            assessor=colleague,
            asked_day=date(2026, 11, 24),
            income_lost="all",
            dependants=1,
        ),
        at_table=(item := _at_table(case, receiving.agency, members)),
        decision=item.decisions.get(),
        members=members,
    )


def _stay(case: Case, agency: Agency) -> Stay:
    told = {"name": "Contoh rumah", "kind": "uptd", "agency": agency, "secret": True}
    house = Shelter.objects.create(provider=Provider.objects.create(code="PYD-0000", **told))
    room = ShelterRoom.objects.create(shelter=house, number=1, group="women", beds=2, taken=1)
    days = {"begun": date(2026, 11, 24), "until": date(2030, 1, 1)}
    return Stay.objects.create(
        code="TGL-0000-0001",
        case=case,
        room=room,
        persons=1,
        group="women",
        member=case.manager,
        **days,
    )


def _budget(agency: Agency) -> Line:
    source = Source.objects.create(agency=agency, kind="apbd", name="Contoh")
    told = {"year": 2026, "code": "1.01", "name": "Contoh", "purpose": "support"}
    return Line.objects.create(agency=agency, source=source, **told)


def _consent(case: Case, agency: Agency, member: Member) -> Consent:
    return Consent.objects.create(
        case=case,
        number=1,
        agency=agency,
        purpose="share_health",
        comps="identity medical",
        given_by="self",
        how="spoken",
        day=date(2026, 11, 24),
        until=date(2030, 1, 1),
        member=member,
    )


def _referral(consent: Consent) -> Referral:
    """Sent to the agency of a consent, and not answered."""
    now = timezone.now()
    provider = Provider.objects.create(
        code="PYD-0001", name="RS Contoh", kind="hospital", agency=consent.agency
    )
    provider.offers.create(service="svc_medical")
    return Referral.objects.create(
        code="RJK-0000-0001",
        case=consent.case,
        number=1,
        service="svc_medical",
        provider=provider,
        agency=consent.agency,
        band="high",
        urgency=1,
        state="sent",
        consent=consent,
        sent_at=now,
        answer_by=now + timedelta(hours=6),
        moved_at=now,
        member=consent.member,
    )


def _at_table(case: Case, agency: Agency, members: dict[tuple[str, str], Member]) -> AgendaItem:
    """A conference about the case: everybody of the own team sits there, and one partner."""
    at, told = timezone.now(), declaration.in_force(date(2026, 11, 24))
    here = [one for (_role, relation), one in members.items() if relation == "own team"]
    series = Series.objects.create(
        team_code=case.team_code,
        kind="case",
        starts=date(2030, 1, 1),
        every=4,
        hour=time(9),
        place="office",
        chair=members["supervisor", "own team"],
    )
    meeting = Conference.objects.create(
        code="RPT-0000-0001",
        kind="case",
        team_code=case.team_code,
        series=series,
        day=date(2030, 1, 1),
        hour=time(9),
        place="office",
        chair=series.chair,
    )
    for one in (*here, members["partner_officer", "receiving agency"]):
        TableSeat.objects.create(
            conference=meeting, member=one, accepted_at=at, version=told.version, sha=told.sha
        )
    Consent.objects.create(
        case=case,
        number=2,
        agency=agency,
        purpose="conference",
        comps="medical",
        given_by="self",
        how="spoken",
        day=date(2026, 11, 24),
        until=date(2100, 1, 1),
        member=here[0],
    )
    item = AgendaItem.objects.create(conference=meeting, number=1, case=case, triggers="score")
    Decision.objects.create(
        code="KPT-0000-0001",
        item=item,
        number=1,
        agency=agency,
        doing="treat",
        what="conferences.decision.medical",
        sealed="",
        due=date(2030, 1, 8),
    )
    return item


def _case(team: Team, crew: list[Member]) -> Case:
    case = Case.objects.create(
        code="KSS-0000-0001",
        team_code=team.code,
        opened_day=date(2026, 11, 1),
        band="high",
        urgency=1,
        manager=crew[0],
    )
    Person.objects.create(case=case, number=1, role="survivor")
    Goal.objects.create(case=case, number=1, who="crew", since=date(2026, 11, 1))
    for member in crew:
        Crew.objects.create(case=case, member=member, role="officer", since=date(2026, 11, 1))
    return case


def _visit(case: Case, member: Member, receiving: Team) -> Visit:
    """A visit at whose one station the receiving agency gives a service."""
    at = Provider.objects.create(
        code="PYD-0002", name="Contoh Layanan", kind="hospital", agency=receiving.agency
    )
    visit = Visit.objects.create(
        code="KJG-0000-0001", case=case, day=timezone.localdate(), transport="none", member=member
    )
    Station.objects.create(
        visit=visit,
        number=1,
        service="svc_medical",
        provider=at,
        agency=at.agency,
        begins=time(9),
        ends=time(10),
    )
    return visit


def _report(team: Team, *, passed_to: str) -> None:
    day = date(2026, 11, 24)
    opened = Ticket.objects.create(
        number=TICKET, auth="0" * 64, stage_day=day, opened_day=day, rights_version="1"
    )
    Report.objects.create(
        ticket=opened,
        door="self",
        day=day,
        origin="browser",
        team_code=team.code,
        passed_to=passed_to,
    )
    kid = f"tim-{team.code}.00000000"
    PublicKey.objects.create(kid=kid, kind="team", owner=team.code, public=b"", since=day)
    sealed = Compartment.objects.create(subject=TICKET, comp="file", gen=1, d=b"", cmp="c" * 43)
    Wrap.objects.create(compartment=sealed, kid=kid, stored=b"")
    said = {"v": 1, "cmp": "A" * 43, "item": "A" * 22, "what": "intake.evidence.body", "seq": 1}
    rest = {"n": "A" * 22, "orig": "browser", "day": str(day), "pad": "none", "by": "pelapor.0"}
    Envelope.objects.create(
        compartment=sealed,
        item=FILE,
        what="intake.evidence.body",
        seq=1,
        hdr=compact(said | rest),
    )
