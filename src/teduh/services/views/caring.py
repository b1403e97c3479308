"""Help over time of a case: what runs and what has ended, one kind begun, one moved on."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import queries as cases
from teduh.cases.forms import wrong
from teduh.cases.rules import WrongMove
from teduh.cases.views.frame import Asked, asked, refused, saved, to_mend
from teduh.directory import codes
from teduh.services import care_table, kinds
from teduh.services.actions import caring
from teduh.services.care_forms import CareForm, MoveForm
from teduh.services.care_table import said
from teduh.services.kinds import ENDED, Kind
from teduh.services.queries import caring as queries
from teduh.services.queries.hearings import to_come
from teduh.services.queries.psych import running_plan
from teduh.services.views.frame import page
from teduh.vault import actions as vault
from teduh.vault import packages
from teduh.vault.rules import Refused
from teduh.web.wording import never_said

if TYPE_CHECKING:
    from teduh.services.models import Care

HEARINGS = 3  # of the next days, beside what runs


@needs(Right.WORK_CASES)
@require_safe
def board(request: HttpRequest, code: str) -> HttpResponse:
    """What runs for a survivor, what has ended and why, and what may begin."""
    of = asked(request, code)
    rows = queries.rows_of(of.case) if of.opens else []
    return page(
        request,
        of,
        "services/care.html",
        running=[one for one in rows if one.care.state != ENDED],
        ended=[one for one in rows if one.care.state == ENDED],
        plan=running_plan(of.case) if of.opens else None,
        hearings=to_come(of.case, of.at)[:HEARINGS] if of.opens else [],
        offered=[(one.code, codes.label("service", one.code)) for one in _offered(of)],
    )


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Begin one kind of help: its own fields, and a sealed note."""
    of, kind = asked(request, code), care_table.kind(name)
    if kind is None:
        raise Http404
    form = _form(request, of, kind, None)
    if request.method == "GET":
        barred = of.opens and kind not in _offered(of)
        return page(
            request,
            of,
            "services/care_begin.html",
            409 if barred else 200,
            form=form,
            fields=form.drawn(),  # by itself: a form in a template answers with its fields first
            barred=barred,
            **_shown(kind),
        )
    if not form.is_valid():
        return to_mend(wrong(form))
    try:
        caring.begin_care(
            by=of.member,
            case=of.case,
            kind=kind,
            told=caring.Told(form.facts(), **form.gives()),
            items=[packages.read_item(text) for text in request.POST.getlist("sealed")],
            at=of.at,
        )
    except kinds.Lacking as error:
        return to_mend(_lacking(kind, error))
    except kinds.NotForThis:
        return to_mend([("who", _("Kekerasan seksual tidak dimediasi. Pilih layanan lain."))])
    except (Refused, Forbidden, WrongMove):
        return refused()
    return saved(reverse("services:care", args=[of.case.code]))


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """One kind of help: where it stands, every step, and the next one."""
    of = asked(request, code)
    care = queries.care_of(of.case, name)
    kind = care_table.kind(care.kind) if care else None
    if care is None or kind is None:
        raise Http404
    form, move = _form(request, of, kind, care), _move(request, kind, care)
    if request.method == "POST":
        return _put(request, of, care, form, move)
    row, steps = queries.Row(care, kind), queries.steps_of(care)
    merged = {one.subject for one in steps} - {of.case.code}
    bundles = [vault.hand_out(by=of.member, subject=one, at=of.at) for one in sorted(merged)]
    return page(
        request,
        of,
        "services/care_one.html",
        row=row,
        form=form,
        fields=form.drawn(),
        move=move,
        steps=[(step, _stood(kind, step.to), _reason(kind, step.reason)) for step in steps],
        bundles=bundles if of.opens else [],
        addresses=[one for one in steps if one.address],
        lines=_lines(kind, care),
        **_shown(kind),
    )


def _put(
    request: HttpRequest, of: Asked, care: "Care", form: CareForm, move: MoveForm
) -> HttpResponse:
    if not (form.is_valid() and move.is_valid()):
        return to_mend(wrong(move, form))
    try:
        caring.move_care(
            by=of.member,
            care=care,
            to=move.cleaned_data["to"],
            reason=move.cleaned_data["reason"],
            told=caring.Told(form.facts(), **form.gives()),
            items=[packages.read_item(text) for text in request.POST.getlist("sealed")],
            seen=request.POST.get("seen", ""),
            at=of.at,
        )
    except kinds.Lacking as error:
        return to_mend(_lacking(form.kind, error))
    except (kinds.WrongStep, Refused, Forbidden, WrongMove):
        return refused()
    return saved(reverse("services:care_one", args=[of.case.code, care.code]))


def _offered(of: Asked) -> list[Kind]:
    """Kinds that may begin in this case; none once it has ended."""
    if not of.opens or of.case.ended:
        return []
    mediation = cases.legal_facts(of.case).mediation
    return [one for one in care_table.kinds().values() if mediation or not one.only]


def _form(request: HttpRequest, of: Asked, kind: Kind, care: "Care | None") -> CareForm:
    return CareForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        members=cases.walkers(of.case.team_code, of.at, of.case.code),
        providers=queries.offering(kind.code),
        care=care,
    )


def _move(request: HttpRequest, kind: Kind, care: "Care") -> MoveForm:
    here = care.state
    states = [] if here == ENDED else [here, *kinds.goes_to(kind, here)]
    reasons = [] if here == ENDED else kinds.ends_from(kind, here)
    return MoveForm(
        request.POST if request.method == "POST" else None,
        goes=[(state, _stood(kind, state)) for state in states],
        reasons=[(one.code, said(one.words)) for one in reasons],
        here=here,
    )


def _shown(kind: Kind) -> dict[str, Any]:
    """What every page of a kind shows of it."""
    return {
        "kind": kind,
        "name": codes.label("service", kind.code),
        "source": said(kind.source),
        "hint": said(kind.hint) if kind.hint else "",
        "what": caring.NOTES[kind.note],
        "never": "|".join(never_said()),
    }


def _stood(kind: Kind, state: str) -> str:
    return _("Berakhir") if state == ENDED else said(kind.state(state).words)


def _reason(kind: Kind, code: str) -> str:
    found = kind.reason(code)
    return said(found.words) if found else ""


def _lines(kind: Kind, care: "Care") -> list[tuple[str, str]]:
    """What its fields say, to read."""
    return [
        (said(one.words), _answer(one, care.facts[one.code]))
        for one in kind.fields
        if one.code in care.facts
    ]


def _answer(one: kinds.Field, answer: object) -> str:
    if one.kind == kinds.YES:
        return _("ya")
    if one.kind == kinds.DAY:
        return date_format(date.fromisoformat(str(answer)), "j F Y")
    if one.kind == kinds.RUPIAH:
        return f"Rp{answer:,}".replace(",", ".")
    chosen = answer if isinstance(answer, list) else [answer]
    names = {option.code: said(option.words) for option in one.options}
    return ", ".join(names.get(f"{code}", f"{code}") for code in chosen)


def _lacking(kind: Kind, error: kinds.Lacking) -> list[tuple[str, str]]:
    """Which fields are to be mended, and how."""
    barred = {one.code for one in kind.fields if any(option.bars for option in one.options)}
    said_of = {
        "reason": _("Pilih alasannya."),
        "address": _("Tulis alamat kontennya."),
    }
    unsafe = _("Isi ini dulu; selama belum aman, langkah itu belum dapat diambil.")
    return [
        (one, said_of.get(one, unsafe if one in barred else _("Isi ini dulu untuk langkah itu.")))
        for one in error.fields
    ]
