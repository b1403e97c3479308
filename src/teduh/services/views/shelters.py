"""Shelters for whoever keeps them: rooms, who stays by code, the picture, whom there was no place for."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import queries as cases
from teduh.lib.numbers import whole
from teduh.lib.timing import local_day
from teduh.services import counts
from teduh.services.actions import sheltering as actions
from teduh.services.beds import Picture, Slept, WrongDay, picture
from teduh.services.house_rules import house_rules
from teduh.services.queries import sheltering as queries
from teduh.services.rules import Changed
from teduh.services.shelter_forms import AwayForm, LeaveForm, LongerForm, RoomForm, ShelterForm
from teduh.services.shelter_words import AwayReason, Elsewhere, Group, Longer, StayEnd
from teduh.services.views.sheltering import too_late
from teduh.web.paging import slice_of

if TYPE_CHECKING:
    from teduh.services.models import Shelter, Stay

BEFORE, DAYS, ROWS = 14, 28, 25  # days of the picture before today, and all; stays of a page


@needs(Right.KEEP_SHELTER)
@require_safe
def shelters(request: HttpRequest) -> HttpResponse:
    """Beds now, day by day, and who stays."""
    return _page(request)


@needs(Right.KEEP_SHELTER)
@require_POST
def open_shelter(request: HttpRequest) -> HttpResponse:
    """Write down a shelter."""
    form = ShelterForm(request.POST)
    if not form.is_valid():
        return _page(request, 422, shelter_form=form)
    actions.open_shelter(by=member_of(request), name=form.cleaned_data["name"], at=timezone.now())
    return redirect("services:shelters")


@needs(Right.KEEP_SHELTER)
@require_POST
def open_room(request: HttpRequest, shelter: str) -> HttpResponse:
    """One more room."""
    row, form = _shelter(request, shelter), RoomForm(request.POST)
    if not form.is_valid():
        return _page(request, 422, room_form=form, room_of=row)
    told = form.cleaned_data
    new = actions.NewRoom(Group(told["group"]), told["beds"], told["wheelchair"])
    actions.open_room(by=member_of(request), shelter=row, new=new, at=timezone.now())
    return redirect("services:shelters")


@needs(Right.KEEP_SHELTER)
@require_POST
def close_room(request: HttpRequest, shelter: str) -> HttpResponse:
    """Let nobody new into a room, or let them in again."""
    row = _shelter(request, shelter)
    number = whole(request.POST.get("kamar", ""))
    room = next((one for one in row.rooms.all() if one.number == number), None)
    if room is None:
        messages.error(request, _("Kamar itu tidak ada. Lihat keadaan terbaru."))
        return _page(request, 409)
    actions.close_room(by=member_of(request), room=room, active=not room.active, at=timezone.now())
    return redirect("services:shelters")


@needs(Right.KEEP_SHELTER, Right.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def turn_away(request: HttpRequest) -> HttpResponse:
    """Note that there was no place, without a name."""
    form = AwayForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "services/turn_away.html", {"form": form}, status=422 if form.errors else 200
        )
    told = form.cleaned_data
    away = actions.Away(
        Group(told["group"]),
        told["persons"],
        AwayReason(told["reason"]),
        Elsewhere(told["instead"]),
        told["wheelchair"],
    )
    actions.turn_away(by=member_of(request), away=away, at=timezone.now())
    messages.success(request, _("Tercatat, tanpa nama. Terima kasih sudah mencarikan jalan lain."))
    return redirect("services:turn_away")


@needs(Right.KEEP_SHELTER, Right.WORK_CASES)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """What holds in a shelter, to read and to print."""
    return render(request, "services/house_rules.html", {"parts": house_rules()})


@needs(Right.KEEP_SHELTER)
@require_safe
def stay(request: HttpRequest, stay: str) -> HttpResponse:
    """One stay by its code."""
    return _stay_page(request, found(request, stay))


@needs(Right.KEEP_SHELTER)
@require_POST
def extend_kept(request: HttpRequest, stay: str) -> HttpResponse:
    """It goes on, for a reason."""
    row, form = found(request, stay), LongerForm(request.POST)
    if not form.is_valid():
        return _stay_page(request, row, 422, longer_form=form)
    told, by = form.cleaned_data, member_of(request)

    def act() -> object:
        reason, at = Longer(told["reason"]), timezone.now()
        return actions.extend(by=by, stay=row, until=told["until"], reason=reason, at=at)

    return _done(request, row, act, "longer_form", form)


@needs(Right.KEEP_SHELTER)
@require_POST
def leave_kept(request: HttpRequest, stay: str) -> HttpResponse:
    """They leave."""
    row, form = found(request, stay), LeaveForm(request.POST)
    if not form.is_valid():
        return _stay_page(request, row, 422, leave_form=form)
    by, end = member_of(request), StayEnd(form.cleaned_data["end"])

    def act() -> object:
        return actions.leave(by=by, stay=row, end=end, at=timezone.now())

    return _done(request, row, act, "leave_form", form)


def found(request: HttpRequest, code: str) -> "Stay":
    """The stay of an address; 404 for whoever does not keep its shelter."""
    row = queries.stay_kept(member_of(request), code)
    if row is None:
        raise Http404
    return row


def _shelter(request: HttpRequest, code: str) -> "Shelter":
    row = queries.shelter_kept(member_of(request), code)
    if row is None:
        raise Http404
    return row


def _done(
    request: HttpRequest, row: "Stay", act: Callable[[], object], name: str, form: Form
) -> HttpResponse:
    try:
        act()
    except (WrongDay, Changed, Forbidden) as error:
        too_late(request, form, error)
        return _stay_page(request, found(request, row.code), 409, **{name: form})
    return redirect("services:stay", stay=row.code)


def _stay_page(
    request: HttpRequest, row: "Stay", status: int = 200, **forms: object
) -> HttpResponse:
    shown = {
        "stay": row,
        "knows_case": cases.one(member_of(request), row.home.code),
        "longer_form": LongerForm(),
        "leave_form": LeaveForm(),
        "today": local_day(timezone.now()),
        **forms,
    }
    return render(request, "services/stay.html", shown, status=status)


def _page(request: HttpRequest, status: int = 200, **forms: object) -> HttpResponse:
    by, today = member_of(request), local_day(timezone.now())
    month = today.replace(day=1)
    houses = queries.shelters_of(by)
    shown = {
        "houses": [(one, _picture(one, today)) for one in houses],
        "page": slice_of(queries.stays_kept(by).going_on(), request.GET.get("hal"), ROWS),
        "away": queries.turned_away(by, today),
        "month": counts.sheltered(by.agency_id, month, today + timedelta(days=1)),
        "cost": counts.cost_per_night(by.agency_id, today.year, today + timedelta(days=1))
        if by.may(Right.KEEP_MONEY)
        else None,
        "shelter_form": ShelterForm(),
        "room_form": RoomForm(),
        "today": today,
        **forms,
    }
    return render(request, "services/shelters.html", shown, status=status)


def _picture(house: "Shelter", today: date) -> Picture:
    rooms = list(house.rooms.all())
    place = {one.pk: number for number, one in enumerate(rooms)}
    first = today - timedelta(days=BEFORE)
    told = [
        Slept(place[one.room_id], one.persons, one.begun, one.until, one.left, one.code)
        for one in queries.slept(house, first)
    ]
    return picture([one.beds for one in rooms], told, first, DAYS, today)
