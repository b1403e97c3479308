"""Reading who is who; everything starts at visible_to(member)."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from teduh.access.models import (
    Absence,
    AbsenceQuery,
    Agency,
    Conflict,
    ConflictQuery,
    Duty,
    DutyQuery,
    Elevation,
    ElevationQuery,
    LostFactor,
    LostFactorQuery,
    Member,
    MemberQuery,
    RoleHeld,
    Sending,
    SignIn,
    Team,
    TeamQuery,
)
from teduh.access.rules import ARCHIVES, NEWCOMER
from teduh.access.secrets import Unreadable, decrypt_phone
from teduh.access.words import AgencyKind, Right, TeamKind
from teduh.audit import queries as trail
from teduh.audit.models import RowQuery
from teduh.lib.prepared import Prepared

SHOWN = 4  # digits of a telephone that tell colleagues which it is
RECEIVING = (TeamKind.ASSESSMENT, TeamKind.COMPANION)  # kinds of teams that get new reports


def member(viewer: Member, code: str) -> Member:
    """A member this one may see; raises Member.DoesNotExist for anybody else."""
    return members(viewer).get(code=code)


def members(viewer: Member) -> MemberQuery:
    """Members this one may see, with agency, seats and roles at hand."""
    seen = Member.objects.visible_to(viewer).select_related("agency")
    return seen.prefetch_related("roles_held", "seats__team").order_by("-active", "name")


def names(codes: Iterable[str], at_hand: Iterable[Member] = ()) -> dict[str, str]:
    """Names by member code, for pages that show who did something.

    `at_hand`: members the page has read already, of whom nothing is asked again.
    """
    called = {one.code: one.name for one in at_hand}
    unknown = set(codes) - called.keys() - {""}
    if unknown:
        found = Member.objects.get_queryset().filter(code__in=unknown)
        called |= dict(found.values_list("code", "name"))
    return called


def agency_names(codes: Iterable[str]) -> dict[str, str]:
    """Names of the agencies of these members, by member code."""
    found = Member.objects.get_queryset().filter(code__in=set(codes))
    return dict(found.values_list("code", "agency__name"))


def names_of_agencies(codes: Collection[str]) -> dict[str, str]:
    """Names of these agencies, by their own code; no query for none."""
    found = Agency.objects.filter(code__in=codes).values_list("code", "name")
    return dict(found) if codes else {}


def roles_of(codes: Iterable[str]) -> dict[str, list[tuple[str, datetime, datetime | None]]]:
    """Each role these members hold or held, by member code: its name, since when, until when."""
    held = RoleHeld.objects.filter(member__code__in=set(codes)).select_related("member")
    found: dict[str, list[tuple[str, datetime, datetime | None]]] = {}
    for row in held.order_by("id"):
        found.setdefault(row.member.code, []).append((str(row.label), row.since, row.until))
    return found


def teams(viewer: Member) -> TeamQuery:
    """Teams this member may see."""
    return Team.objects.visible_to(viewer).active().select_related("agency")


def working_teams(viewer: Member) -> TeamQuery:
    """The same without the holders of the archive, who have no duty and no telephone."""
    return teams(viewer).exclude(code__in=ARCHIVES)


def team_names() -> dict[str, str]:
    """Names of all teams by code."""
    return dict(Team.objects.get_queryset().values_list("code", "name"))


def agencies(viewer: Member) -> QuerySet[Agency]:
    """Agencies whose members this one may see."""
    active = Agency.objects.filter(active=True)
    return active if viewer.oversees_all else active.filter(pk=viewer.agency_id)


def team_members(team_code: str, at: datetime) -> MemberQuery:
    """Active members who sit in a team at `at`."""
    return members_of_teams([team_code], at)


def members_of_teams(codes: Collection[str], at: datetime) -> MemberQuery:
    """Active members who sit in any of these teams at `at`."""
    now = Q(seats__until__isnull=True) | Q(seats__until__gt=at)
    seated = Member.objects.active().filter(now, seats__team__code__in=codes, seats__since__lte=at)
    return seated.distinct()


def duties(viewer: Member, *, since: datetime) -> DutyQuery:
    """Duties this member may see that end after `since`, soonest first."""
    seen = Duty.objects.visible_to(viewer).filter(ends__gt=since)
    return seen.select_related("team", "member")


def on_duty(team_code: str, at: datetime) -> MemberQuery:
    """Active members who answer for a team at `at`."""
    return (
        Member.objects.active()
        .filter(duties__team__code=team_code, duties__starts__lte=at, duties__ends__gt=at)
        .distinct()
    )


def absences(viewer: Member, *, since: datetime) -> AbsenceQuery:
    """Absences of colleagues this member may see that end after `since`, soonest first."""
    seen = Absence.objects.visible_to(viewer).filter(ends__gt=since)
    return seen.select_related("member", "deputy")


def standing_in(codes: Iterable[str], at: datetime) -> MemberQuery:
    """These members as far as they are there at `at`, and the deputies of those who are away."""
    return _there(Member.objects.active().filter(code__in=set(codes)), at)


def _there(members: MemberQuery, at: datetime) -> MemberQuery:
    gone = set(_AWAY(at=at))
    if not gone:
        return members
    away = Absence.objects.at(at)
    deputies = away.filter(member__in=members.values("pk"), deputy__isnull=False).values("deputy")
    wanted = Q(pk__in=members.values("pk")) | Q(pk__in=deputies)
    return Member.objects.active().filter(wanted).exclude(pk__in=gone)


def answering(team_code: str, at: datetime, about: str = "") -> list[Member]:
    """Who gets word of a team's work: whoever is on duty, or all its readers where nobody is.

    Whoever is away is left out, and their deputy gets it; where nobody is left, all get it.
    `about`: the subject, from which a conflict of interest may keep some; where it keeps all of
    them, those who oversee the team.
    """
    if about and not _AWAY(at=at):
        duty = _ON_DUTY(team_code=team_code, at=at, about=about)
    else:
        duty = list(_there(on_duty(team_code, at), at).free_for(about))
    if duty:
        return duty
    readers = readers_of(team_code, at, about)
    found = list(_there(readers, at).free_for(about)) or list(readers)
    return found if found or not about else list(overseers(team_code, at, about))


def readers_of(team_code: str, at: datetime, about: str) -> MemberQuery:
    """Members of a team who may read what comes to it, this subject too."""
    return team_members(team_code, at).holding(Right.READ_REPORTS, at).free_for(about)


def overseers(team_code: str, at: datetime, about: str = "") -> MemberQuery:
    """Supervisors whom nothing keeps from a subject, and the head, who reads nothing."""
    supervisors = with_role("supervisor", team_code, at, about)
    heads = with_role("head", team_code, at)
    either = Q(pk__in=supervisors.values("pk")) | Q(pk__in=heads.values("pk"))
    return Member.objects.active().filter(either)


def barred(member: Member) -> frozenset[str]:
    """Subjects that a conflict of interest keeps this member from, tickets and cases."""
    return member.barred()


def kept_from(subjects: Iterable[str]) -> list[Member]:
    """Everybody whom a conflict of interest keeps from any of these subjects."""
    rows = Conflict.objects.standing().filter(subject__in=list(subjects))
    return list(Member.objects.get_queryset().filter(pk__in=rows.values("member")))


def conflicts(viewer: Member) -> ConflictQuery:
    """Standing conflicts in the viewer's teams, but their own and those of what they are kept from."""
    found = Conflict.objects.standing().filter(team_code__in=viewer.team_codes())
    seen = found.exclude(member=viewer).exclude(subject__in=viewer.barred())
    return seen.select_related("member", "told_by")


def conflict_lines(viewer: Member) -> list[tuple[Conflict, list[str]]]:
    """The same as a page shows them: one line for what belongs together, and the other subjects."""
    lines: dict[tuple[int, str], tuple[Conflict, list[str]]] = {}
    for row in conflicts(viewer):
        line = lines.setdefault((row.member_id, row.root), (row, []))
        line[1].append(row.subject)
    return [(row, sorted(subjects)) for row, subjects in lines.values()]


def on_call(team_code: str) -> str:
    """The number of a team's telephone; empty where it has none, or none that can be read."""
    team = _NAMED.first(code=team_code)
    return _number(team) if team else ""


def on_call_ends(viewer: Member) -> list[tuple[Team, str]]:
    """The teams this member may see, with the last digits of each one's telephone."""
    return [(team, _number(team)[-SHOWN:]) for team in working_teams(viewer)]


def _number(team: Team) -> str:
    try:
        return decrypt_phone(bytes(team.on_call)) if team.on_call else ""
    except Unreadable:
        return ""


def with_role(role: str, team_code: str, at: datetime, about: str = "") -> MemberQuery:
    """Active members with a role: those who sit in the team, or else those of its agency.

    The deputy of whoever is away stands in; with nobody left, those who are away hear too.
    `about`: only whom no conflict of interest keeps from this subject.
    """
    held = RoleHeld.objects.running(at).filter(role=role).values("member")
    found = Member.objects.active().filter(pk__in=held, agency__teams__code=team_code).distinct()
    holders = found.free_for(about)
    seated = holders.filter(pk__in=team_members(team_code, at).values("pk"))
    for some in (seated, holders):
        there = _there(some, at).free_for(about)
        if there.exists():
            return there
    return holders


def without_duty(viewer: Member, at: datetime) -> list[str]:
    """Names of teams that may receive reports and have nobody on duty: the viewer's own teams,
    and every team whose roster the viewer plans.
    """
    concern = Q(code__in=viewer.team_codes())
    if viewer.may(Right.PLAN_DUTY):
        concern |= Q(pk__in=Team.objects.visible_to(viewer))
    watched = Duty.objects.at(at).filter(member__active=True).values("team")
    bare = Team.objects.active().filter(concern, kind__in=RECEIVING).exclude(pk__in=watched)
    return list(bare.values_list("name", flat=True))


def elevations(viewer: Member) -> ElevationQuery:
    """Requests for a temporary right this member may see, newest first."""
    return Elevation.objects.visible_to(viewer).select_related("member", "by")


def lost_factors(viewer: Member) -> LostFactorQuery:
    """Requests to take a lost factor that this member may see, newest first."""
    seen = LostFactor.objects.visible_to(viewer)
    return seen.select_related("member__agency", "asked_by", "by")


def approvers(asked: LostFactor, at: datetime) -> MemberQuery:
    """Who may approve: managers over the member, but the one who asks and whom they just invited."""
    near = Q(agency_id=asked.member.agency_id) | Q(agency__kind=AgencyKind.OFFICE)
    managers = Member.objects.active().holding(Right.MANAGE_MEMBERS, at).filter(near)
    old = Q(joined_at__lte=asked.asked_at - NEWCOMER)
    known = managers.filter(~Q(invited_by=asked.asked_by.code) | old)
    return known.exclude(pk__in=(asked.member_id, asked.asked_by_id)).order_by("name")


def came_since(asked: LostFactor) -> bool:
    """Whether the member signed in after somebody said that the factor is lost."""
    return asked.member.sign_ins.filter(at__gt=asked.asked_at).exists()


def key_people(left: Member, at: datetime) -> MemberQuery:
    """Who renews keys after somebody left: key officers, and leads of the teams they sat in."""
    teams = left.seats.values_list("team_id", flat=True)
    active = Member.objects.active()
    leads = active.holding(Right.RENEW_TEAM_KEYS, at).filter(seats__team__in=teams)
    signers = active.holding(Right.MANAGE_KEYS, at)
    return active.filter(Q(pk__in=leads) | Q(pk__in=signers)).exclude(pk=left.pk).order_by("name")


def answered_before(by: Member, name: str, mark: str) -> str | None:
    """What this member's form of this name and mark was answered; None for any other."""
    row = Sending.objects.filter(name=name, member_code=by.code, mark=mark).first()
    return row.answer if row else None


def sign_ins(viewer: Member) -> QuerySet[SignIn]:
    """A member's own sign-ins, newest first."""
    return viewer.sign_ins.all()


def trail_rows(*, subject: str = "", verb: str = "", by: str = "") -> RowQuery:
    """Lines of the trail, newest first; for holders of Right.READ_AUDIT."""
    rows = trail.touching(subject) if subject else trail.rows()
    if verb:
        rows = rows.filter(verb=verb)
    return rows.filter(by_code=by) if by else rows


def trail_verbs() -> list[str]:
    """Every verb of the trail, for its filter."""
    return trail.verbs()


def invited(code: str) -> Member | None:
    """An active member by code, for the link of an invitation, which proves itself."""
    return Member.objects.active().filter(code=code).first()


def teams_of(member: Member, at: datetime) -> TeamQuery:
    """The teams a member sits in at `at`."""
    return Team.objects.filter(code__in=member.team_codes(at))


def hotline_of(member: Member) -> str:
    """The code of the team whose calls a member takes: a hotline team first; empty without a team."""
    seated = Team.objects.filter(code__in=member.team_codes())
    hotline = seated.filter(kind=TeamKind.HOTLINE)
    found = (hotline.order_by("code").first(), seated.order_by("code").first())
    return next((team.code for team in found if team), "")


def intake_teams() -> list[str]:
    """Codes of the teams that may receive new reports: assessment first, then the alternate."""
    return _RECEIVING()


# What is asked while somebody who sends a report waits.
_RECEIVING = Prepared(
    lambda: (
        Team.objects.filter(kind__in=RECEIVING, active=True, agency__active=True)
        .order_by("kind", "code")
        .values_list("code", flat=True)
    )
)
_NAMED = Prepared(lambda code: Team.objects.filter(code=code), code=str)
_AWAY = Prepared(lambda at: Absence.objects.at(at).values_list("member", flat=True), at=datetime)
_ON_DUTY = Prepared(
    lambda team_code, at, about: on_duty(team_code, at).free_for(about),
    team_code=str,
    at=datetime,
    about=str,
)
