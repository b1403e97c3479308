"""Reading shelters: names and stays for whoever keeps them, free beds for whoever seeks one."""

from datetime import date, timedelta

from django.db.models import F, Prefetch, Q

from teduh.access.models import Member, Team
from teduh.access.words import Right
from teduh.cases.models import Case
from teduh.services.models import Extension, Shelter, ShelterRoom, Stay, StayQuery, TurnAway


def shelters_of(member: Member) -> list[Shelter]:
    """The shelters of the member's agency with their rooms, for whoever keeps them."""
    if not member.may(Right.KEEP_SHELTER):
        return []
    rows = Shelter.objects.filter(provider__agency=member.agency_id).select_related("provider")
    return list(rows.prefetch_related("rooms"))


def shelter_kept(member: Member, code: str) -> Shelter | None:
    """One of them by the code of its provider, or None (a 404)."""
    return next((one for one in shelters_of(member) if one.provider.code == code), None)


def stays_kept(member: Member) -> StayQuery:
    """Every stay in a shelter of the member's agency; none of a case that a conflict of interest
    keeps them from.
    """
    if not member.may(Right.KEEP_SHELTER):
        return Stay.objects.none()
    kept = member.barred()
    rows = Stay.objects.filter(room__shelter__provider__agency=member.agency_id)
    rows = rows.exclude(Q(case__code__in=kept) | Q(case__merged_into__code__in=kept))
    return _with_all(rows)


def slept(shelter: Shelter, since: date) -> list[Stay]:
    """Stays of one shelter that were not over by a day, for the picture: beds, no person."""
    rows = Stay.objects.filter(room__shelter=shelter)
    return list(rows.filter(Q(left__isnull=True) | Q(left__gt=since)).select_related("room"))


def stay_kept(member: Member, code: str) -> Stay | None:
    """One stay by its code, or None (a 404)."""
    return stays_kept(member).filter(code=code).first()


def stays_of(case: Case) -> list[Stay]:
    """Every stay of a case and of those merged into it, the newest first."""
    return list(_with_all(Stay.objects.filter(Q(case=case) | Q(case__merged_into=case))))


def now_of(case: Case) -> Stay | None:
    """The stay of a case that goes on, or of one merged into it."""
    rows = Stay.objects.going_on().filter(Q(case=case) | Q(case__merged_into=case))
    return rows.first()


def stay_of(case: Case, code: str) -> Stay | None:
    """One stay of a case, or of one merged into it."""
    return next((one for one in stays_of(case) if one.code == code), None)


def rooms_for(case: Case) -> list[ShelterRoom]:
    """Rooms with a free bed in the shelters of the case's own agency."""
    agency = Team.objects.filter(code=case.team_code).values("agency")
    rows = ShelterRoom.objects.filter(shelter__provider__agency__in=agency, active=True)
    return list(rows.filter(taken__lt=F("beds")).select_related("shelter__provider"))


def turned_away(member: Member, today: date, days: int = 90) -> list[TurnAway]:
    """Whom the member's agency had no place for of late; no name was ever kept."""
    rows = TurnAway.objects.filter(agency=member.agency_id, day__gt=today - timedelta(days=days))
    return list(rows.select_related("member"))


def _with_all(rows: StayQuery) -> StayQuery:
    longer = Prefetch("extensions", Extension.objects.select_related("member"))
    told = rows.select_related(
        *("case", "case__merged_into", "room__shelter__provider", "member"),
    )
    return told.prefetch_related(longer)
