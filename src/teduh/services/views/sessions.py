"""Counselling: the week of a counsellor, the sessions of a case, what came of each."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.forms import wrong
from teduh.cases.rules import WrongMove as CaseEnded
from teduh.cases.views.frame import Asked, asked, refused, saved, to_mend
from teduh.lib.timing import local_day
from teduh.services import bookings
from teduh.services.actions import sessions as actions
from teduh.services.forms import BookForm, EndSlotForm, HeldForm, OffForm, SlotForm
from teduh.services.queries import sessions as queries
from teduh.services.views.frame import page
from teduh.vault import actions as vault
from teduh.vault import packages
from teduh.vault.queries import compartment, to_make_in
from teduh.vault.rules import NEW_CASE, Refused
from teduh.web.paging import slice_of
from teduh.web.wording import never_said

if TYPE_CHECKING:
    from teduh.services.models import Session

PAGE = 25  # sessions of a case on one page
PART = f"part-{actions.PART}"


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def counselling(request: HttpRequest, code: str) -> HttpResponse:
    """The sessions of a case, and a slot for the next."""
    of = asked(request, code)
    if not of.opens:
        return page(request, of, "services/counselling.html")
    free = {one.value: one for one in queries.free_for(of.case, of.at)}
    slots = [(value, _when(one)) for value, one in free.items()]
    if request.method == "GET":
        return _counselling(request, of, BookForm(slots=slots))
    form = BookForm(request.POST, slots=slots)
    if not form.is_valid():
        return _counselling(request, of, form, 422)
    one = free[form.cleaned_data["slot"]]
    told = {"kind": form.cleaned_data["kind"], "told": form.cleaned_data["told"]}
    booking = actions.Booking(one.slot, one.day, **told)
    try:
        session = actions.book(by=of.member, case=of.case, booking=booking, at=of.at)
    except (bookings.Taken, bookings.NotOffered):
        form.add_error("slot", _("Waktu itu baru saja terisi, atau ia punya janji lain saat itu."))
    except (Forbidden, CaseEnded):
        form.add_error("slot", _("Kasus ini sudah selesai, atau bukan lagi di tim Anda."))
    else:
        messages.success(request, _("Pertemuan dijadwalkan. Gratis, tanpa syarat."))
        return redirect("services:session", code=of.case.code, session=session.code)
    return _counselling(request, of, form, 409)


def _counselling(
    request: HttpRequest, of: Asked, form: BookForm, status: int = 200
) -> HttpResponse:
    rows = slice_of(queries.sessions_of(of.case), request.GET.get("hal"), PAGE)
    return page(
        request,
        of,
        "services/counselling.html",
        status,
        page=rows,
        form=form,
        none_free=len(form.fields["slot"].choices) < 2,  # type: ignore[attr-defined]
        fading=queries.fading_of(of.case, of.day),
    )


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest, code: str, session: str) -> HttpResponse:
    """One session: where it is held, what came of it, and its note for whom it is open to."""
    of = asked(request, code)
    row = _found(of, session)
    if request.method == "GET":
        return _page(request, of, row)
    form = HeldForm(request.POST)
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        actions.hold_session(
            by=of.member,
            session=row,
            made=packages.read_made(request.POST.get("made") or "[]"),
            items=[packages.read_item(text) for text in request.POST.getlist("sealed")],
            at=of.at,
            **form.cleaned_data,
        )
    except (Refused, Forbidden, bookings.WrongMove):
        return refused()
    return saved(reverse("services:session", args=[of.case.code, row.code]))


def _page(
    request: HttpRequest, of: Asked, row: "Session", status: int = 200, **shown: object
) -> HttpResponse:
    if not of.opens:
        return page(request, of, "services/session.html", status)
    notes = actions.may_note(of.member, of.case, of.at)
    comps = [*NEW_CASE, *([PART] if notes else [])]
    # What was sealed before two cases became one lies under the code of the first.
    subject = row.case.code if row.item else of.case.code
    bundle = vault.hand_out(by=of.member, subject=of.case.code, at=of.at, comps=comps)
    others = (
        [vault.hand_out(by=of.member, subject=subject, at=of.at, comps=comps)]
        if subject != of.case.code
        else []
    )
    sealable = notes
    if notes and compartment(of.case.code, PART) is None:
        try:
            bundle = to_make_in(bundle, of.case.team_code)
        except Refused:
            sealable = False
    told = {
        "session": row,
        "subject": subject,
        "notes": notes,
        "sealable": sealable,
        "come": row.day <= of.day,
        "link": queries.link_of(row),
        "held_form": HeldForm(initial={"minutes": 60}),
        "off_form": OffForm(),
        "never": "|".join(never_said()),
        "bundle": bundle,
        "bundles": others,
    }
    return page(request, of, "services/session.html", status, **(told | shown))


@needs(Right.WORK_CASES)
@require_POST
def missed(request: HttpRequest, code: str, session: str) -> HttpResponse:
    """She and the counsellor did not meet."""
    of = asked(request, code)
    row = _found(of, session)

    def miss() -> None:
        actions.miss_session(by=of.member, session=row, at=of.at)

    return _done(request, of, row, miss)


@needs(Right.WORK_CASES)
@require_POST
def reached(request: HttpRequest, code: str, session: str) -> HttpResponse:
    """She was reached in a safe way afterwards."""
    of = asked(request, code)
    row = _found(of, session)

    def reach() -> None:
        actions.reach_again(by=of.member, session=row, at=of.at)

    return _done(request, of, row, reach)


@needs(Right.WORK_CASES)
@require_POST
def call_off(request: HttpRequest, code: str, session: str) -> HttpResponse:
    """A session will not be held."""
    of = asked(request, code)
    row, form = _found(of, session), OffForm(request.POST)
    if not form.is_valid():
        return _page(request, of, row, 422, off_form=form)

    def end() -> None:
        actions.call_off_session(
            by=of.member, session=row, off_by=form.cleaned_data["off_by"], at=of.at
        )

    return _done(request, of, row, end)


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def week(request: HttpRequest) -> HttpResponse:
    """One's own week by case code, one's slots, and who should be asked after."""
    if request.method == "GET":
        return _week(request, SlotForm(initial={"day": local_day(timezone.now())}))
    form = SlotForm(request.POST)
    if not form.is_valid():
        return _week(request, form, 422)
    told = form.cleaned_data
    day, times = told["day"], (told["begins"], told["ends"])
    weekly = bookings.Offered(day.weekday(), day, None, *times)
    offered = weekly if told["weekly"] else bookings.once(day, *times)
    try:
        actions.open_slot(
            by=member_of(request), offered=offered, place=told["place"], at=timezone.now()
        )
    except bookings.Overlaps:
        form.add_error("begins", _("Bertabrakan dengan waktu lain yang sudah Anda buka."))
    except bookings.NotOffered:
        form.add_error("begins", _("Mulainya harus hari ini atau nanti, dan sebelum selesainya."))
    else:
        messages.success(request, _("Waktu konseling dibuka."))
        return redirect(f"{reverse('services:week')}?hari={day}")
    return _week(request, form, 422)


@needs(Right.WORK_CASES)
@require_POST
def end_slot(request: HttpRequest, number: int) -> HttpResponse:
    """One of one's slots is there no more from a day on."""
    member, at, form = member_of(request), timezone.now(), EndSlotForm(request.POST)
    slot = queries.own_slot(member, number)
    if slot is None:
        raise Http404
    first = SlotForm(initial={"day": local_day(at)})
    if not form.is_valid():
        return _week(request, first, 422, end_form=form, ends=number)
    try:
        actions.end_slot(by=member, slot=slot, until=form.cleaned_data["until"], at=at)
    except bookings.StillBooked:
        form.add_error("until", _("Sesudah hari itu masih ada pertemuan. Pindahkan dulu."))
    except Forbidden:
        form.add_error("until", _("Pilih hari ini atau nanti."))
    else:
        return redirect("services:week")
    return _week(request, first, 422, end_form=form, ends=number)


def _week(request: HttpRequest, form: SlotForm, status: int = 200, **shown: object) -> HttpResponse:
    member, at = member_of(request), timezone.now()
    day = _asked_day(request.GET.get("hari", "")) or local_day(at)
    days = queries.week_of(member, day)
    told = {
        "week": days,
        "before": days[0].day - timedelta(days=7),
        "after": days[0].day + timedelta(days=7),
        "today": local_day(at),
        "slots": queries.own_slots(member, local_day(at)),
        "fading": queries.fading(member, at),
        "form": form,
        "end_form": EndSlotForm(initial={"until": local_day(at)}),
        "by_link": bool(settings.TEDUH_CALL_URL),
    }
    return render(request, "services/week.html", told | shown, status=status)


def _asked_day(text: str) -> date | None:
    try:
        asked_for = date.fromisoformat(text)
    except ValueError:
        return None
    return asked_for if date(2020, 1, 1) <= asked_for <= date(2100, 1, 1) else None


def _done(request: HttpRequest, of: Asked, row: "Session", act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except (bookings.WrongMove, Forbidden):
        messages.error(
            request,
            _("Keadaannya sudah berubah sejak halaman ini dibuka, atau harinya belum tiba."),
        )
        return _page(request, of, _found(of, row.code), 409)
    return redirect("services:session", code=of.case.code, session=row.code)


def _found(of: Asked, code: str) -> "Session":
    found = queries.session_of(of.case, code)
    if found is None:
        raise Http404
    return found


def _when(one: queries.Free) -> str:
    day = date_format(one.day, "l, j M Y")
    times = f"{one.slot.begins:%H.%M}–{one.slot.ends:%H.%M}"
    return f"{day}, {times} · {one.slot.member.name} · {one.slot.get_place_display()}"
