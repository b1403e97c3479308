"""A safe place in a case: the stay now, those before, and the form for another."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.forms import wrong
from teduh.cases.rules import WrongMove
from teduh.cases.views.frame import Asked, asked, refused, saved, to_mend
from teduh.services.actions import sheltering as actions
from teduh.services.beds import STAY_DAYS, Full, Housed, Unfit, WrongDay
from teduh.services.queries import sheltering as queries
from teduh.services.rules import Changed
from teduh.services.shelter_forms import AwayForm, LeaveForm, LongerForm, StayForm
from teduh.services.shelter_words import Group, Longer, StayEnd
from teduh.services.views.frame import page
from teduh.vault import packages
from teduh.vault.rules import Refused

if TYPE_CHECKING:
    from teduh.services.models import Stay


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def stays(request: HttpRequest, code: str) -> HttpResponse:
    """Where she stays and stayed; a new stay."""
    of = asked(request, code)
    if request.method != "POST":
        return _page(request, of)
    form = StayForm(request.POST, rooms=queries.rooms_for(of.case))
    if not form.is_valid():
        return to_mend(wrong(form))
    told, room = form.cleaned_data, form.chosen()
    wish = actions.Wish(Group(room.group), told["persons"], told["until"], told["wheelchair"])
    try:
        items = [packages.read_item(text) for text in request.POST.getlist("sealed")]
        actions.begin(by=of.member, case=of.case, room=room, wish=wish, items=items, at=of.at)
    except Full:
        return to_mend([("persons", _("Kamar itu tidak cukup lagi. Pilih kamar lain."))])
    except Unfit:
        return to_mend([("room", _("Kamar ini tidak cocok. Pilih kamar lain."))])
    except WrongDay:
        return to_mend([("until", _("Mulai besok, paling lama 14 hari; nanti bisa diperpanjang."))])
    except (Housed, Refused, Forbidden, WrongMove):
        return refused()
    return saved(reverse("services:stays", args=[code]))


@needs(Right.WORK_CASES)
@require_POST
def extend(request: HttpRequest, code: str, stay: str) -> HttpResponse:
    """A stay goes on, for a reason."""
    of = asked(request, code)
    row, form = _found(of, stay), LongerForm(request.POST)
    if not form.is_valid():
        return _page(request, of, 422, longer_form=form)
    told = form.cleaned_data

    def act() -> object:
        reason = Longer(told["reason"])
        return actions.extend(by=of.member, stay=row, until=told["until"], reason=reason, at=of.at)

    return _done(request, of, act, "longer_form", form)


@needs(Right.WORK_CASES)
@require_POST
def leave(request: HttpRequest, code: str, stay: str) -> HttpResponse:
    """A stay ends."""
    of = asked(request, code)
    row, form = _found(of, stay), LeaveForm(request.POST)
    if not form.is_valid():
        return _page(request, of, 422, leave_form=form)
    end = StayEnd(form.cleaned_data["end"])

    def act() -> object:
        return actions.leave(by=of.member, stay=row, end=end, at=of.at)

    return _done(request, of, act, "leave_form", form)


def too_late(request: HttpRequest, form: Form, error: Exception) -> None:
    """Say why a stay was not changed, at its field or above the page."""
    if isinstance(error, WrongDay):
        form.add_error("until", _("Lebih lama dari sekarang, paling banyak 14 hari sekali."))
    else:
        messages.error(request, _("Mereka sudah pergi, atau rekan lain lebih dulu."))


def _found(of: Asked, code: str) -> "Stay":
    row = queries.stay_of(of.case, code)
    if row is None:
        raise Http404
    return row


def _done(
    request: HttpRequest, of: Asked, act: Callable[[], object], name: str, form: Form
) -> HttpResponse:
    try:
        act()
    except (WrongDay, Changed, Forbidden) as error:
        too_late(request, form, error)
        return _page(request, of, 409, **{name: form})
    return redirect("services:stays", code=of.case.code)


def _page(request: HttpRequest, of: Asked, status: int = 200, **forms: object) -> HttpResponse:
    rows, rooms = queries.stays_of(of.case), queries.rooms_for(of.case)
    until = of.day + timedelta(days=STAY_DAYS)
    shown = {
        "now": next((one for one in rows if not one.left), None),
        "before": [one for one in rows if one.left],
        "rooms": rooms,
        "form": StayForm(rooms=rooms, initial={"until": until}),
        "longer_form": LongerForm(),
        "leave_form": LeaveForm(),
        "away_form": AwayForm(),
        "keeps_shelter": of.member.may(Right.KEEP_SHELTER),
        "today": of.day,
        **forms,
    }
    return page(request, of, "services/stays.html", status, **shown)
