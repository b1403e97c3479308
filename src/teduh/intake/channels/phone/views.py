"""The hotline: one page for a call from its first second, and what the exchange counted."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from teduh.access.gates import member_of, needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.intake.channels.phone import actions, queries, rules
from teduh.intake.channels.phone.forms import (
    WRONG,
    CallForm,
    DayForm,
    DaysFileForm,
)
from teduh.intake.channels.phone.words import CallKind
from teduh.intake.forms import FiledForm
from teduh.intake.queries import areas
from teduh.intake.views import filing
from teduh.lib.codes import is_call, new_call
from teduh.lib.timing import local_day
from teduh.vault import actions as vault
from teduh.vault import packages
from teduh.vault import queries as sealed
from teduh.vault.rules import Refused

if TYPE_CHECKING:
    from teduh.access.models import Member
    from teduh.intake.channels.phone.models import Call
    from teduh.vault.bundles import Bundle


@needs(Right.FILE_REPORTS)
@require_GET
def calls(request: HttpRequest) -> HttpResponse:
    """The next call, and those that broke."""
    member = member_of(request)
    return _page(request, member, new_call(), None)


@needs(Right.FILE_REPORTS)
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, code: str) -> HttpResponse:
    """Go on with a call that broke; a POST keeps the report its caller told."""
    member = member_of(request)
    if request.method == "POST":
        return _filed(request, member, code)
    found = queries.one(member, code)
    if found is None:
        raise Http404
    return _page(request, member, code, found)


@needs(Right.FILE_REPORTS)
@require_POST
def keep(request: HttpRequest, code: str) -> JsonResponse:
    """What was written so far, sealed in the browser."""
    member, form = member_of(request), _told(request, code)

    def write() -> None:
        actions.keep_call(
            by=member,
            code=code,
            at=timezone.now(),
            made=packages.read_made(request.POST.get("made", "")),
            item=packages.read_item(request.POST.get("sealed", "")),
            **_of(form),
        )

    return _answer(form, write)


@needs(Right.FILE_REPORTS)
@require_POST
def end(request: HttpRequest, code: str) -> JsonResponse:
    """A call is over; on with the next one."""
    member, form = member_of(request), _told(request, code)

    def write() -> None:
        actions.end_call(by=member, code=code, at=timezone.now(), **_of(form))

    return _answer(form, write)


@needs(Right.FILE_REPORTS)
@require_http_methods(["GET", "POST"])
def counts(request: HttpRequest) -> HttpResponse:
    """Calls of the month by sort, and what the exchange counted; one day entered by hand."""
    member, at = member_of(request), timezone.now()
    today = local_day(at)
    if request.method != "POST":
        return _counts(request, member, DayForm(today=today))
    form = DayForm(request.POST, today=today)
    if not form.is_valid():
        return _counts(request, member, form, status=422)
    actions.keep_days(by=member, days=[form.told()], at=at)
    messages.success(request, _("Tersimpan."))
    return redirect("desk:call_counts")


@needs(Right.FILE_REPORTS)
@require_POST
def counts_file(request: HttpRequest) -> HttpResponse:
    """A file of the exchange: all of its days, or none with what is wrong by line."""
    member, at = member_of(request), timezone.now()
    today, form = local_day(at), DaysFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _counts(request, member, DayForm(today=today), status=422, file_form=form)
    told = rules.read_file(form.cleaned_data["table"], today)
    if told.wrong:
        wrong = [(line, WRONG[what]) for line, what in told.wrong]
        return _counts(request, member, DayForm(today=today), status=422, wrong=wrong)
    actions.keep_days(by=member, days=told.days, at=at)
    messages.success(request, _("Tersimpan: %(days)d hari.") % {"days": len(told.days)})
    return redirect("desk:call_counts")


def _page(request: HttpRequest, member: "Member", code: str, found: "Call | None") -> HttpResponse:
    bundle = _bundle(member, code, found)
    shown = {
        **filing.drawn(),
        "code": code,
        "call": found,
        "kinds": [(number, *kind) for number, kind in enumerate(CallKind.choices, 1)],
        "form": FiledForm(areas=areas()),
        "unfinished": [one for one in queries.unfinished(member) if one.code != code],
        "bundles": [bundle] if bundle else [],
        "after": found.member.code if found else member.code,
        "hours": rules.DRAFT_HOURS,
        "may_triage": member.may(Right.TRIAGE_REPORTS),
    }
    return render(request, "intake/phone/call.html", shown)


def _bundle(member: "Member", code: str, found: "Call | None") -> "Bundle | None":
    """What the browser needs to seal what is written, and to open what was; None without keys."""
    team = found.team_code if found else queries.team_of(member)
    try:
        if found is None:
            return sealed.case_to_make(code, team)
        opened = vault.hand_out(by=member, subject=code, at=timezone.now())
        return sealed.to_make_in(opened, team)
    except Refused:
        return None


def _filed(request: HttpRequest, member: "Member", code: str) -> JsonResponse:
    told = _told(request, code)
    form = FiledForm(request.POST, areas=areas(request.POST.get("place_area", "")))
    if not told.is_valid():
        return filing.to_mend(told.errors)

    of = {name: told.cleaned_data[name] for name in ("seconds", "after")}
    write = partial(actions.file_call, by=member, code=code, **of)

    try:
        kept = filing.kept_by(write, request, form)
    except (rules.Ended, rules.WithAnother):
        return JsonResponse({}, status=410)
    return kept if isinstance(kept, JsonResponse) else filing.told(member, kept)


def _counts(
    request: HttpRequest, member: "Member", form: DayForm, status: int = 200, **wrong: object
) -> HttpResponse:
    today = local_day(timezone.now())
    told = queries.counted(member, today)
    shown = {
        "form": form,
        "file_form": DaysFileForm(),
        "told": told,
        "all": sum(one.count for one in told),
        "days": queries.days(member),
        "month": today.replace(day=1),
        **wrong,
    }
    return render(request, "intake/phone/counts.html", shown, status=status)


def _told(request: HttpRequest, code: str) -> CallForm:
    if not is_call(code):
        raise Http404
    return CallForm(request.POST)


def _of(form: CallForm) -> dict[str, Any]:
    told = form.cleaned_data
    return {"kind": CallKind(told["kind"]), "seconds": told["seconds"], "after": told["after"]}


def _answer(form: CallForm, write: Callable[[], None]) -> JsonResponse:
    """What the script hears: kept, to mend, gone on by a colleague, or not what is taken."""
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    try:
        write()
    except (rules.Ended, rules.WithAnother):
        return JsonResponse({}, status=410)
    except (Refused, Forbidden):
        return JsonResponse({}, status=409)
    return JsonResponse({"ok": True})
