"""The shared assessment: seven parts, each open to its place in the team, and to whom it is given."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teduh.access.gates import needs
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.cases import actions, known, parts, queries, sharing
from teduh.cases.rules import (
    GRANT_DAYS,
    ChangedMeanwhile,
    NotReady,
    SameHand,
    UnknownCode,
    WrongMove,
)
from teduh.cases.views.frame import Asked, asked, changed, page, refused, saved
from teduh.cases.words import CrewRole, GrantReason
from teduh.vault import actions as vault
from teduh.vault import packages
from teduh.vault.queries import to_make_in
from teduh.vault.rules import NEW_CASE, Refused
from teduh.web.wording import never_said

if TYPE_CHECKING:
    from teduh.vault.bundles import Bundle


@needs(Right.WORK_CASES)
@require_safe
def assessment(request: HttpRequest, code: str) -> HttpResponse:
    """Every part: what stands in it where one reads it, else who wrote it and when."""
    return _page(request, asked(request, code))


def _page(
    request: HttpRequest, of: Asked, status: int = 200, typed: dict[str, str] | None = None
) -> HttpResponse:
    if not of.opens:
        return page(request, of, "cases/assessment.html", status)
    mine, written = sharing.parts_for(of.member, of.case, of.at), sharing.parts_of(of.case)
    grants = sharing.grants_of(of.case, of.at)
    read = [one for one in parts.sections() if one.code in mine.reads and one.code in written]
    rows = [
        {
            "section": one,
            "written": written.get(one.code),
            "reads": one.code in mine.reads,
            "writes": one.code in mine.writes and not of.case.ended,
            "writers": [CrewRole(role).label for role in one.writes],
            "asked": next(
                (g for g in grants if g.part == one.code and g.member_id == of.member.pk), None
            ),
            "grants": [
                g
                for g in grants
                if g.part == one.code and g.member_id != of.member.pk and one.code in mine.answers
            ],
            "wrong": (typed or {}).get("wrong", "")
            if (typed or {}).get("part") == one.code
            else "",
        }
        for one in parts.sections()
    ]
    return page(
        request,
        of,
        "cases/assessment.html",
        status,
        rows=rows,
        reasons=GrantReason.choices,
        reason=(typed or {}).get("reason", ""),
        days=GRANT_DAYS,
        bundle=_bundle(of, [one.comp for one in read]),
    )


@needs(Right.WORK_CASES)
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """One part to write, with what is known already beside; only for whose place writes it."""
    of, section = asked(request, code), _section(name)
    if request.method == "POST":
        return _keep(request, of, section)
    if not of.opens:
        return page(request, of, "cases/part.html")
    if section.code not in sharing.parts_for(of.member, of.case, of.at).writes:
        messages.error(request, _("Bagian ini ditulis oleh peran lain di tim."))
        return _page(request, of, 409)
    if of.case.ended:
        messages.error(
            request, _("Kasus ini sudah selesai; bagiannya dapat dibaca, tidak ditulis.")
        )
        return _page(request, of, 409)
    bundle = _bundle(of, [section.comp])
    if not sharing.is_sealed(of.case, section.comp):
        try:
            bundle = to_make_in(bundle, of.case.team_code)
        except Refused:
            messages.error(
                request, _("Kunci tim belum lengkap; tanpa itu bagian ini tidak dapat dikunci.")
            )
            return _page(request, of, 409)
    reports = queries.reports_of(of.case)
    told = known.sealed_of(of.case, section, reports)
    tickets = dict.fromkeys(one.subject for one in told if one.subject != of.case.code)
    return page(
        request,
        of,
        "cases/part.html",
        section=section,
        written=sharing.parts_of(of.case).get(section.code),
        facts=known.of_section(of.case, section, reports),
        told=told,
        never="|".join(never_said()),
        bundle=bundle,
        bundles=[vault.hand_out(by=of.member, subject=one, at=of.at) for one in tickets],
    )


def _keep(request: HttpRequest, of: Asked, section: parts.Section) -> HttpResponse:
    try:
        actions.keep_part(
            by=of.member,
            case=of.case,
            section=section,
            made=packages.read_made(request.POST.get("made") or "[]"),
            items=[packages.read_item(text) for text in request.POST.getlist("sealed")],
            seen=request.POST.get("seen", ""),
            at=of.at,
        )
    except ChangedMeanwhile:
        now = sharing.parts_of(of.case)[section.code].item
        return changed(reverse("cases:part_beside", args=[of.case.code, section.code]), now)
    except (Refused, Forbidden, WrongMove):
        return refused()
    return saved(reverse("cases:assessment", args=[of.case.code]))


@needs(Right.WORK_CASES)
@require_safe
def beside(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """What stands in a part now, for a page in which somebody else is writing it."""
    of, section = asked(request, code), _section(name)
    written = sharing.parts_of(of.case).get(section.code)
    if written is None or section.code not in sharing.parts_for(of.member, of.case, of.at).reads:
        raise Http404
    bundle = _bundle(of, [section.comp])
    shown = {"case": of.case, "section": section, "written": written, "bundles": [bundle]}
    return render(request, "cases/parts/part_beside.html", shown)


@needs(Right.WORK_CASES)
@require_POST
def ask(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Ask to read a part."""
    of, section = asked(request, code), _section(name)
    reason = request.POST.get("alasan", "")
    if reason not in GrantReason.values:
        told = {"part": section.code, "reason": reason, "wrong": _("Pilih alasannya.")}
        return _page(request, of, 422, told)
    try:
        actions.ask_part(
            by=of.member, case=of.case, section=section, reason=GrantReason(reason), at=of.at
        )
    except (NotReady, WrongMove, Forbidden):
        messages.error(request, _("Bagian ini belum ditulis, atau memang terbuka bagi Anda."))
        return _page(request, of, 409)
    messages.success(request, _("Permintaan terkirim. Penulisnya atau penyelia akan menjawab."))
    return redirect("cases:assessment", code=of.case.code)


@needs(Right.WORK_CASES)
@require_POST
def answer(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Give what was asked for some days, refuse it, or take it back."""
    of = asked(request, code)
    grant = sharing.grant_of(of.case, number)
    if grant is None:
        raise Http404
    told, days = request.POST.get("jawab"), request.POST.get("hari", "")
    try:
        if told == "tarik":
            actions.withdraw_part(by=of.member, grant=grant, at=of.at)
        elif told == "tolak":
            actions.refuse_part(by=of.member, grant=grant, at=of.at)
        else:
            given = int(days) if days in map(str, GRANT_DAYS) else 0
            actions.grant_part(by=of.member, grant=grant, days=given, at=of.at)
    except SameHand:
        messages.error(
            request, _("Yang meminta tidak menjawab sendiri; tunggu rekan atau penyelia.")
        )
        return _page(request, of, 409)
    except (UnknownCode, WrongMove, Forbidden):
        messages.error(request, _("Permintaan ini sudah dijawab, atau bukan untuk Anda jawab."))
        return _page(request, of, 409)
    return redirect("cases:assessment", code=of.case.code)


def _section(name: str) -> parts.Section:
    found = parts.section(name)
    if found is None:
        raise Http404
    return found


def _bundle(of: Asked, comps: list[str]) -> "Bundle":
    return vault.hand_out(by=of.member, subject=of.case.code, at=of.at, comps=[*NEW_CASE, *comps])
