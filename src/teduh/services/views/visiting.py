"""One-stop visits: planned, followed live, printed; and the stations of a partner's agency."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypedDict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import member_of, needs, polled
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import sharing
from teduh.cases.parts import section
from teduh.cases.rules import WrongMove as CaseEnded
from teduh.cases.views.frame import Asked, asked
from teduh.lib.timing import local_day
from teduh.records.queries import survivors_of
from teduh.services.actions import visiting as actions
from teduh.services.forms import StationForm, TimesForm, VisitEndForm, VisitForm
from teduh.services.queries import visiting as queries
from teduh.services.timetables import OPEN_VISITS, Changed, NotAgreed, Unfit, WrongMove
from teduh.services.views.frame import page
from teduh.services.words import Need, StationState
from teduh.vault import actions as vault
from teduh.vault.rules import NEW_CASE

if TYPE_CHECKING:
    from teduh.access.models import Member
    from teduh.directory.models import Provider
    from teduh.services.models import Visit

ROWS = 6  # stations that the form of a new visit offers
UNFIT: dict[str, str | Promise] = {
    "none": gettext_lazy("Isi paling sedikit satu pos."),
    "many": gettext_lazy("Terlalu banyak pos untuk satu hari. Bagi ke dua hari."),
    "backwards": gettext_lazy("Ada pos yang selesai sebelum mulai."),
    "outside": gettext_lazy("Ada pos di luar pukul 07.00 sampai 20.00."),
    "overlap": gettext_lazy(
        "Ada dua hal pada jam yang sama. Lihat juga kunjungan dan konseling lain hari itu."
    ),
    "past": gettext_lazy("Hari itu sudah lewat."),
}


class Known(TypedDict):
    """Who and where a form may name."""

    members: "list[Member]"
    providers: "list[Provider]"


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def visits(request: HttpRequest, code: str) -> HttpResponse:
    """The visits of a case, and the order of a new one."""
    of = asked(request, code)
    if not of.opens:
        return page(request, of, "services/visits.html")
    known = _known(of)
    sent = request.POST if request.method == "POST" else None
    hers = any(one.interpreter for one in survivors_of(of.case))
    initial = {"needs": [Need.INTERPRETER] if hers else [], "day": of.day}
    form = VisitForm(sent, initial=initial, **known)
    rows = [
        StationForm(
            sent, prefix=f"pos{n}", empty_permitted=True, use_required_attribute=False, **known
        )
        for n in range(1, ROWS + 1)
    ]
    wrong: list[str | Promise] = []
    valid = [one.is_valid() for one in (form, *rows)]
    if sent is not None and all(valid):
        stations = [actions.StationFacts(**row.facts()) for row in rows if row.has_changed()]
        facts = actions.VisitFacts(stations=stations, **form.facts())
        try:
            visit = actions.plan_visit(by=of.member, case=of.case, facts=facts, at=of.at)
        except Unfit as error:
            wrong.append(UNFIT[str(error)])
        except NotAgreed:
            wrong.append(_not_agreed())
        except (Forbidden, CaseEnded):
            wrong.append(_("Kasus ini sudah selesai, atau ada yang tidak boleh mengetahuinya."))
        else:
            messages.success(request, _("Kunjungan direncanakan."))
            return redirect("services:visit", code=of.case.code, visit=visit.code)
    return _visits(request, of, form, rows, wrong, 200 if sent is None else 422)


def _visits(
    request: HttpRequest,
    of: Asked,
    form: VisitForm,
    rows: list[StationForm],
    wrong: list[str | Promise],
    status: int,
) -> HttpResponse:
    easier = sharing.parts_of(of.case).get("disability")
    opens = easier and "disability" in sharing.parts_for(of.member, of.case, of.at).reads
    comps = [*NEW_CASE, *(["part-disability"] if opens else [])]
    return page(
        request,
        of,
        "services/visits.html",
        status,
        visits=queries.visits_of(of.case),
        form=form,
        rows=rows,
        wrong=wrong,
        easier=easier if opens else None,
        easier_section=section("disability"),
        bundle=vault.hand_out(by=of.member, subject=of.case.code, at=of.at, comps=comps),
    )


@needs(Right.WORK_CASES)
@require_safe
def visit(request: HttpRequest, code: str, visit: str) -> HttpResponse:
    """One visit: its stations as they go, and what need not be asked again."""
    of = asked(request, code)
    return _page(request, of, _found(of, visit))


def _page(
    request: HttpRequest, of: Asked, row: "Visit", status: int = 200, **shown: object
) -> HttpResponse:
    if not of.opens:
        return page(request, of, "services/visit.html", status)
    known = _known(of)
    stops = queries.stops_of(row, of.at)
    told = {
        "visit": row,
        "stops": stops,
        "breaks": queries.breaks_of(stops),
        "needs": queries.needs_of(row),
        "heard": queries.heard_at(row, of.case, stops, of.at),
        "going": row.state in OPEN_VISITS,
        "station_form": StationForm(prefix="pos", **known),
        "times_form": TimesForm(),
        "end_form": VisitEndForm(),
    }
    return page(request, of, "services/visit.html", status, **(told | shown))


@polled
@needs(Right.WORK_CASES)
@require_safe
def visit_now(request: HttpRequest, code: str, visit: str) -> HttpResponse:
    """The stations of a visit as they are now, for the page that follows it."""
    of = asked(request, code)
    if not of.opens:
        raise Http404
    row = _found(of, visit)
    shown = {"visit": row, "stops": queries.stops_of(row, of.at), "case": of.case}
    return render(request, "services/parts/stops.html", shown)


@needs(Right.WORK_CASES)
@require_POST
def add_station(request: HttpRequest, code: str, visit: str) -> HttpResponse:
    """One more station."""
    of = asked(request, code)
    row = _found(of, visit)
    known = _known(of)
    form = StationForm(request.POST, prefix="pos", **known)
    if not form.is_valid():
        return _page(request, of, row, 422, station_form=form)
    facts, agreed = actions.StationFacts(**form.facts()), request.POST.get("agreed") == "on"

    def add() -> None:
        actions.add_station(by=of.member, visit=row, facts=facts, agreed=agreed, at=of.at)

    return _done(request, of, row, add, station_form=form)


@needs(Right.WORK_CASES)
@require_POST
def retime(request: HttpRequest, code: str, visit: str, number: int) -> HttpResponse:
    """Another time for one station."""
    of = asked(request, code)
    row = _found(of, visit)
    station, form = queries.station_of(row, number), TimesForm(request.POST)
    if station is None:
        raise Http404
    if not form.is_valid():
        return _page(request, of, row, 422, times_form=form, times_of=number)
    times = form.cleaned_data

    def move() -> None:
        actions.retime_station(by=of.member, station=station, at=of.at, **times)

    return _done(request, of, row, move, times_form=form, times_of=number)


@needs(Right.WORK_CASES)
@require_POST
def mark(request: HttpRequest, code: str, visit: str) -> HttpResponse:
    """How far a station is: its number, the state the page showed, and the new one."""
    of = asked(request, code)
    row = _found(of, visit)
    number, seen, to = _said(request)
    station = queries.station_of(row, number)
    if station is None or to not in StationState.values:
        raise Http404

    def go() -> None:
        actions.mark_station(
            by=of.member, station=station, seen=seen, to=StationState(to), at=of.at
        )

    return _done(request, of, row, go)


@needs(Right.WORK_CASES)
@require_POST
def call_off(request: HttpRequest, code: str, visit: str) -> HttpResponse:
    """A visit does not take place."""
    of = asked(request, code)
    row, form = _found(of, visit), VisitEndForm(request.POST)
    if not form.is_valid():
        return _page(request, of, row, 422, end_form=form)

    def end() -> None:
        actions.call_off_visit(by=of.member, visit=row, why=form.cleaned_data["why"], at=of.at)

    return _done(request, of, row, end, end_form=form)


@needs(Right.WORK_CASES)
@require_safe
def printed(request: HttpRequest, code: str, visit: str) -> HttpResponse:
    """The timetable on paper: for her it names no service and no office unless she wants it."""
    of = asked(request, code)
    row = _found(of, visit)
    stops = [one for one in queries.stops_of(row, of.at) if one.row.state != StationState.MOVED]
    full = request.GET.get("untuk") == "pendamping"
    return page(
        request,
        of,
        "services/visit_print.html",
        visit=row,
        stops=stops,
        full=full,
        named=full or request.GET.get("layanan") == "1",
        needs=queries.needs_of(row),
    )


@needs(Right.ANSWER_PARTNER)
@require_safe
def stations(request: HttpRequest) -> HttpResponse:
    """The stations of one's own agency: those of yesterday, today and later."""
    return _stations(request)


@needs(Right.ANSWER_PARTNER)
@require_POST
def answer(request: HttpRequest, visit: str) -> HttpResponse:
    """How far a station of one's own agency is."""
    member, at = member_of(request), timezone.now()
    number, seen, to = _said(request)
    station = queries.own_station(member, visit, number, at)
    if station is None or to not in StationState.values:
        raise Http404
    try:
        actions.answer_station(by=member, station=station, seen=seen, to=StationState(to), at=at)
    except Forbidden as error:
        raise Http404 from error
    except (WrongMove, Changed):
        messages.error(request, _changed())
        return _stations(request, 409)
    return redirect("services:stations")


def _stations(request: HttpRequest, status: int = 200) -> HttpResponse:
    member, at = member_of(request), timezone.now()
    rows = queries.stations_for(member, at)
    shown = {"rows": rows, "today": local_day(at)}
    return render(request, "services/stations.html", shown, status=status)


def _done(
    request: HttpRequest, of: Asked, row: "Visit", act: Callable[[], None], **forms: object
) -> HttpResponse:
    """Back to the visit; or the page again with what was typed and why it was not done."""
    try:
        act()
    except Unfit as error:
        return _page(request, of, row, 422, wrong=[UNFIT[str(error)]], **forms)
    except NotAgreed:
        return _page(request, of, row, 422, wrong=[_not_agreed()], **forms)
    except (WrongMove, Changed):
        messages.error(request, _changed())
        return _page(request, of, _found(of, row.code), 409, **forms)
    except Forbidden:
        messages.error(request, _("Anda, atau yang dipilih, tidak bekerja di kasus ini."))
        return _page(request, of, row, 409, **forms)
    return redirect("services:visit", code=of.case.code, visit=row.code)


def _known(of: Asked) -> Known:
    return {"members": queries.helpers_of(of.case, of.at), "providers": queries.places()}


def _said(request: HttpRequest) -> tuple[int, str, str]:
    """The number of a station, the state that was seen, the state it goes to; 0 for nonsense."""
    number, _space, moves = request.POST.get("pos", "").partition(" ")
    seen, _space, to = moves.partition(" ")
    return (int(number) if number.isdecimal() and len(number) < 4 else 0), seen, to


def _found(of: Asked, code: str) -> "Visit":
    found = queries.visit_of(of.case, code)
    if found is None:
        raise Http404
    return found


def _changed() -> str:
    return _("Keadaannya sudah berubah sejak halaman ini dibuka. Lihat yang terbaru, lalu ulangi.")


def _not_agreed() -> str:
    return _("Tanyakan dulu: setujukah ia lembaga itu tahu hari, jam, dan layanannya?")
