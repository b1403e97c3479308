"""One case at the table: a page of the case, with her wishes first; and the tab of the case."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases.forms import wrong
from teduh.cases.queries import walkers
from teduh.cases.rules import WrongMove as CaseEnded
from teduh.cases.views.frame import asked, page, refused, saved, to_mend
from teduh.conferences import actions, queries, rules
from teduh.conferences.forms import (
    DangerForm,
    DecisionForm,
    DoneForm,
    FeedbackForm,
    LetGoForm,
    WishesForm,
)
from teduh.conferences.rules import NotDeclared, NotReady, WrongDay, WrongMove
from teduh.conferences.views.frame import TOO_FAR, said
from teduh.conferences.words import Lacks, Trigger
from teduh.vault import packages
from teduh.vault.packages import SealedItem
from teduh.vault.rules import Refused
from teduh.web.wording import never_said

if TYPE_CHECKING:
    from teduh.access.models import Agency, Member
    from teduh.cases.views.frame import Asked
    from teduh.conferences.models import AgendaItem
    from teduh.conferences.queries import AtTable

REFUSED = (Refused, Forbidden, NotDeclared, WrongMove)


@needs(Right.WORK_CASES)
@require_safe
def of_case(request: HttpRequest, code: str) -> HttpResponse:
    """Every conference about a case, and what it decided."""
    of = asked(request, code)
    rows = [(one, _why(one)) for one in queries.items_about(of.case)] if of.opens else []
    return page(
        request,
        of,
        "conferences/of_case.html",
        rows=rows,
        done=DoneForm(),
        let_go=LetGoForm(),
        today=of.day,
    )


@needs(Right.WORK_CASES)
@require_safe
def item(request: HttpRequest, code: str, meeting: str) -> HttpResponse:
    """One case at the table of one meeting."""
    of, row = _found(request, code, meeting)
    return _page(request, of, row)


@needs(Right.WORK_CASES)
@require_POST
def wishes(request: HttpRequest, code: str, meeting: str) -> JsonResponse:
    """Her own wishes, or why they are not written."""
    of, row = _found(request, code, meeting)
    form = WishesForm(request.POST)
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        actions.keep_wishes(
            by=of.member, item=row, items=_sealed(request), at=of.at, **form.cleaned_data
        )
    except NotReady:
        return to_mend([("unsaid", _("Tulis keinginannya, atau pilih sebabnya: salah satu."))])
    except REFUSED:
        return refused()
    return saved(_page_of(row))


@needs(Right.WORK_CASES)
@require_POST
def contribute(request: HttpRequest, code: str, meeting: str, agency: str) -> JsonResponse:
    """What an agency says of a case."""
    of, row = _found(request, code, meeting)
    by = _agency(of, row, agency)
    try:
        actions.contribute(by=of.member, item=row, agency=by, items=_sealed(request), at=of.at)
    except NotReady as error:
        return to_mend([("", said(error.lacks))])
    except REFUSED:
        return refused()
    return saved(_page_of(row))


@needs(Right.WORK_CASES)
@require_POST
def danger(request: HttpRequest, code: str, meeting: str) -> JsonResponse:
    """A danger on which the table agrees."""
    of, row = _found(request, code, meeting)
    form = DangerForm(request.POST)
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        actions.agree_danger(
            by=of.member, item=row, items=_sealed(request), at=of.at, **form.cleaned_data
        )
    except REFUSED:
        return refused()
    return saved(_page_of(row))


@needs(Right.WORK_CASES)
@require_POST
def decide(request: HttpRequest, code: str, meeting: str, agency: str) -> JsonResponse:
    """What an agency is to do until when."""
    of, row = _found(request, code, meeting)
    by = _agency(of, row, agency)
    people = _people_of(row, by)
    form = DecisionForm(request.POST, people=people)
    if not form.is_valid():
        return to_mend(wrong(form))
    told = dict(form.cleaned_data)
    code_of = told.pop("member")
    member = next((one for one in people if one.code == code_of), None)
    try:
        actions.decide(
            by=of.member,
            item=row,
            told=actions.Told(by, told["doing"], told["due"], member),
            items=_sealed(request),
            at=of.at,
        )
    except NotReady as error:
        return to_mend([("doing", said(error.lacks))])
    except WrongDay:
        return to_mend([("due", _("Pilih hari mulai hari ini, paling lama 60 hari lagi."))])
    except REFUSED:
        return refused()
    return saved(_page_of(row))


@needs(Right.WORK_CASES)
@require_POST
def minutes(request: HttpRequest, code: str, meeting: str) -> JsonResponse:
    """The minutes about one case."""
    of, row = _found(request, code, meeting)
    try:
        actions.write_minutes(by=of.member, item=row, items=_sealed(request), at=of.at)
    except REFUSED:
        return refused()
    return saved(_page_of(row))


@needs(Right.WORK_CASES)
@require_POST
def feedback(request: HttpRequest, code: str, meeting: str) -> HttpResponse:
    """How, by whom and until when she hears what was agreed."""
    of, row = _found(request, code, meeting)
    people = walkers(of.case.team_code, of.at, of.case.code)
    form = FeedbackForm(request.POST, people=people)
    if not form.is_valid():
        return _page(request, of, row, 422, feedback=form)
    told = dict(form.cleaned_data)
    code_of = told.pop("who")
    who = next(one for one in people if one.code == code_of)
    try:
        actions.agree_feedback(by=of.member, item=row, who=who, at=of.at, **told)
    except WrongDay:
        form.add_error("until", TOO_FAR)
        return _page(request, of, row, 422, feedback=form)
    except REFUSED:
        return _no(request, of, row, feedback=form)
    return redirect(f"{_page_of(row)}#mengabari")


@needs(Right.WORK_CASES)
@require_POST
def told(request: HttpRequest, code: str, meeting: str) -> HttpResponse:
    """She was told."""
    of, row = _found(request, code, meeting)
    try:
        actions.tell_her(by=of.member, item=row, at=of.at)
    except (Forbidden, WrongMove):
        messages.error(request, _("Belum bisa. Lihat keadaan rapat sekarang."))
    return redirect("conferences:of_case", code=code)


@needs(Right.WORK_CASES)
@require_POST
def discussed(request: HttpRequest, code: str, meeting: str) -> HttpResponse:
    """The case was discussed."""
    of, row = _found(request, code, meeting)
    try:
        actions.discuss(by=of.member, item=row, at=of.at)
    except NotReady as error:
        messages.error(request, said(error.lacks))
        return _page(request, of, row, 409)
    except (*REFUSED, CaseEnded):
        return _no(request, of, row)
    return redirect(f"{_page_of(row)}#mengabari")


def _found(request: HttpRequest, code: str, meeting: str) -> "tuple[Asked, AgendaItem]":
    of = asked(request, code)
    row = queries.item_in(of.case, meeting)
    if row is None:
        raise Http404
    return of, row


def _page(
    request: HttpRequest, of: "Asked", row: "AgendaItem", status: int = 200, **given: forms.Form
) -> HttpResponse:
    conference = row.conference
    seat = queries.seat_of(of.member, conference)
    if not of.opens:
        return page(request, of, "conferences/item.html", status)
    if not queries.declared(seat, conference, of.day):
        shown = {"conference": conference, "seat": seat}
        return page(request, of, "conferences/undeclared.html", status, **shown)
    table = queries.table_of(row, of.day)
    people = walkers(of.case.team_code, of.at, of.case.code)
    lacks = rules.lacks(queries.standing(row, table))
    facts: dict[str, object] = {
        "conference": conference,
        "item": row,
        "why": _why(row),
        "lacks": [str(Lacks(one).label) for one in lacks],
        "table": [
            (
                one,
                DecisionForm(
                    people=_people_of(row, one.agency), auto_id=f"id_{one.agency.code}_%s"
                ),
                [(each, rules.is_late(each.state, each.due, of.day)) for each in one.decisions],
            )
            for one in table
        ],
        "dangers": list(row.dangers.all()),
        "wishes": WishesForm(initial={"unsaid": row.unsaid}),
        "danger": DangerForm(),
        "feedback": FeedbackForm(people=people),
        "never": "|".join(never_said()),
        "writes": not conference.over and row.state != "off" and not of.case.merged_into_id,
    }
    return page(request, of, "conferences/item.html", status, **(facts | given))


def _no(request: HttpRequest, of: "Asked", row: "AgendaItem", **given: forms.Form) -> HttpResponse:
    messages.error(request, _("Belum bisa. Lihat keadaan rapat sekarang."))
    return _page(request, of, row, 409, **given)


def _why(row: "AgendaItem") -> list[str]:
    return [str(Trigger(one).label) for one in row.triggers.split()]


def _page_of(row: "AgendaItem") -> str:
    """Without a place in the page: a browser that is there already would only scroll."""
    return reverse("conferences:item", args=[row.case.code, row.conference.code])


def _sealed(request: HttpRequest) -> list[SealedItem]:
    return [packages.read_item(text) for text in request.POST.getlist("sealed")]


def _agency(of: "Asked", row: "AgendaItem", code: str) -> "Agency":
    found: list[AtTable] = [one for one in queries.table_of(row, of.day) if one.agency.code == code]
    if not found:
        raise Http404
    return found[0].agency


def _people_of(row: "AgendaItem", agency: "Agency") -> "list[Member]":
    seats = queries.seats_of(row.conference)
    return [one.member for one in seats if one.member.agency_id == agency.pk]
