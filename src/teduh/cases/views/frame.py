"""What every page of a case begins with: the case itself, its padlock, its tabs."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from teduh.access.forms import ConflictForm
from teduh.access.gates import member_of
from teduh.access.words import Right
from teduh.cases import queries
from teduh.cases.tabs import tabs_of
from teduh.cases.words import GlassReason
from teduh.lib.timing import local_day
from teduh.vault import actions as vault
from teduh.vault.words import RecallReason

if TYPE_CHECKING:
    from teduh.access.models import Member
    from teduh.cases.models import BreakGlass, Case


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for which case, and when; `opens`: whether the member is handed its sealed parts."""

    member: "Member"
    case: "Case"
    at: datetime
    opens: bool
    glass: "BreakGlass | None" = None  # where it is open in need only

    @property
    def day(self) -> date:
        """Today in the city."""
        return local_day(self.at)


def asked(request: HttpRequest, code: str) -> Asked:
    """The case of an address, for a member who may know of it; else a 404."""
    member, at = member_of(request), timezone.now()
    case = queries.one(member, code)
    if case is None:
        raise Http404
    if queries.belongs(member, case, at):
        return Asked(member, case, at, opens=True)
    glass = queries.glass_of(member, case, at)
    return Asked(member, case, at, glass is not None, glass)


def page(
    request: HttpRequest, of: Asked, template: str, status: int = 200, **shown: object
) -> HttpResponse:
    """A page of a case with its bundle; another of the team gets the page that stays closed.

    `bundle` among what is shown: one that holds parts of the assessment this member reads.
    """
    archived = queries.archived(of.case, of.day) if of.opens else None
    frame = {
        "case": of.case,
        "tabs": tabs_of(of.case, request.path),
        "opens": of.opens,
        "glass": of.glass,
        "glass_reasons": GlassReason.choices,
        "conflict": ConflictForm(viewer=of.member, team_code=of.case.team_code, at=of.at),
        "archived": archived,
        "why_broken": archived and _in_the_archive(),
        "recall_reasons": RecallReason.choices,
        "supervises": of.member.may(Right.SUPERVISE_CASES),
    }
    if not of.opens:
        return render(request, "cases/closed.html", frame | shown, status=status)
    bundle = shown.pop("bundle", None)
    if bundle is None:
        bundle = vault.hand_out(by=of.member, subject=of.case.code, at=of.at)
    others = shown.pop("bundles", [])
    assert isinstance(others, list)
    told = {"bundle": bundle, "bundles": [bundle, *others]}
    return render(request, template, frame | told | shown, status=status)


def _in_the_archive() -> str:
    """Why nothing can be sealed into a case, and who brings it back."""
    return _(
        "Belum tersimpan; tulisan Anda tetap di sini. Isi kasus ini tersimpan di arsip, jadi belum ada "
        "yang bisa dikunci ke dalamnya. Siapa pun dari tim dapat memintanya di atas halaman ini; "
        "kasusnya terbuka lagi sesudah satu pemegang arsip dari tiap pihak memberi separuh kuncinya "
        "dan tim menyatukannya."
    )


def saved(to: str) -> JsonResponse:
    """What a sealing form hears when everything is kept: the page to go on with."""
    return JsonResponse({"to": to})


def to_mend(wrong: list[tuple[str, str]]) -> JsonResponse:
    """What it hears when something is to be mended; everything typed stays in the page."""
    return JsonResponse({"wrong": wrong}, status=422)


def refused() -> JsonResponse:
    """What it hears when the sealed parts do not fit what is kept now."""
    return JsonResponse({}, status=409)


def changed(beside: str, seen: str) -> JsonResponse:
    """What it hears when somebody else wrote first: their words come beside those typed.

    `beside`: the address of the part that shows them; `seen`: what the next sending has seen.
    """
    message = _(
        "Ada yang menyimpan lebih dulu. Tulisannya ada di bawah; tulisan Anda tetap di sini."
    )
    return JsonResponse({"message": message, "beside": beside, "seen": seen}, status=409)
