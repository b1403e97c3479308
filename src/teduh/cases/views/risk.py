"""How dangerous it is: the instrument as a form, its history, less danger by two, retaliation."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import actions, links, queries
from teduh.cases.charting import Chart, step_chart
from teduh.cases.forms import RiskForm, wrong
from teduh.cases.rules import ChangedMeanwhile, ReasonMissing, WrongMove, WrongScore
from teduh.cases.views.frame import Asked, asked, page, refused, saved, to_mend
from teduh.cases.words import Lowering, LowerReason, RetaliationKind
from teduh.intake import instruments
from teduh.intake.instruments import UnknownInstrument
from teduh.intake.scoring import Instrument, Question
from teduh.intake.words import InstrumentKind, RiskAnswer
from teduh.lib.timing import local_day
from teduh.sop.words import Band
from teduh.vault import packages
from teduh.vault.rules import Refused

if TYPE_CHECKING:
    from teduh.cases.models import Assessment, Retaliation

DECISIONS = {"setuju": actions.confirm_lower, "tolak": actions.refuse_lower}


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def risk(request: HttpRequest, code: str) -> HttpResponse:
    """The instrument, its result, and how the risk went."""
    of = asked(request, code)
    if request.method == "GET":
        return _page(request, of)
    form = RiskForm(request.POST)
    if not form.is_valid():
        return to_mend(wrong(form))
    told = {name: request.POST.get(name, "") for name in RiskForm.SIGNED}
    try:
        actions.assess(
            by=of.member,
            case=of.case,
            facts=actions.Assessed(**told),
            items=[packages.read_item(text) for text in request.POST.getlist("sealed")],
            statement=request.POST.get("statement", ""),
            seen=request.POST.get("seen", ""),
            at=of.at,
        )
    except ReasonMissing:
        return to_mend([("reason", _("Pilih mengapa risikonya lebih rendah daripada hitungan."))])
    except (Forbidden, Refused, ChangedMeanwhile, WrongMove, WrongScore, UnknownInstrument):
        return refused()
    return saved(reverse("cases:risk", args=[code]))


def _page(request: HttpRequest, of: Asked, status: int = 200, kind: str = "") -> HttpResponse:
    if not of.opens:
        return page(request, of, "cases/risk.html", status)
    rows = queries.assessments_of(of.case)
    last = rows[-1] if rows else None
    retaliations = queries.retaliations_of(of.case)
    offered = instruments.in_force(InstrumentKind.FULL, local_day(of.at))
    wanted = request.GET.get("alat")
    used = next((one for one in offered if one.name == wanted), offered[0] if offered else None)
    waits = last is not None and last.lowering == Lowering.ASKED
    return page(
        request,
        of,
        "cases/risk.html",
        status,
        rows=[(row, _used(row.instrument, row.version)) for row in rows],
        last=last,
        waits=waits,
        decides=waits and last is not None and last.member_id != of.member.pk,
        chart=_chart(of, rows, retaliations),
        band_names=dict(Band.choices),
        retaliations=retaliations,
        repeats=links.repeats(of.member, of.case, of.at),
        kinds=RetaliationKind.choices,
        kind=kind,
        used=used,
        told=instruments.told(used) if used else {},
        parts=_parts(used) if used else [],
        title=instruments.said(used.title) if used else "",
        intro=instruments.said(used.intro) if used else "",
        others=[(one.name, instruments.said(one.title)) for one in offered if one is not used],
        seen=queries.newest_answers(of.case),
        answers=RiskAnswer.choices,
        form=RiskForm(),
        reasons=LowerReason.choices,
    )


def _parts(used: Instrument) -> list[tuple[str, list[tuple[Question, str]]]]:
    return [
        (
            instruments.said(heading),
            [(one, instruments.said(one.text)) for one in used.questions if one.part == part],
        )
        for part, heading in used.parts.items()
    ]


def _used(name: str, version: str) -> str:
    try:
        return instruments.said(instruments.named(name, version).title)
    except UnknownInstrument:  # its file is gone; what came of it stays
        return f"{name} {version}"


def _chart(
    of: Asked, rows: "Sequence[Assessment]", retaliations: "Sequence[Retaliation]"
) -> Chart | None:
    if not rows:
        return None
    points = [(row.day, row.counts) for row in rows]
    return step_chart(points, [one.day for one in retaliations], local_day(of.at))


@needs(Right.SUPERVISE_CASES)
@require_POST
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """A supervisor agrees that less danger counts, or does not."""
    of = asked(request, code)
    try:
        DECISIONS[request.POST.get("putusan", "")](by=of.member, case=of.case, at=of.at)
    except (KeyError, WrongMove, Forbidden):
        messages.error(request, _("Tidak ada penurunan yang menunggu putusan Anda."))
        return _page(request, of, 409)
    return redirect("cases:risk", code=of.case.code)


@needs(Right.WORK_CASES)
@require_POST
def retaliation(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody was made to pay for the report."""
    of, kind = asked(request, code), request.POST.get("bentuk", "")
    try:
        told = RetaliationKind(kind)
    except ValueError:
        messages.error(request, _("Pilih bentuk pembalasannya."))
        return _page(request, of, 422)
    actions.retaliation(by=of.member, case=of.case, kind=told, at=of.at)
    messages.success(
        request, _("Tercatat. Penyelia diberi tahu; nilai lagi risikonya sekarang juga.")
    )
    return redirect("cases:risk", code=of.case.code)
