"""Helpers: who they are, what they were trained in, and whether they hold a card."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.directory import actions, queries
from teduh.directory.forms import HelperForm, QualificationForm
from teduh.lib.timing import local_day
from teduh.web.paging import slice_of

if TYPE_CHECKING:
    from teduh.directory.models import Helper

ROWS = 25
YEAR = timedelta(days=365)  # how long a helper is written down for, unless somebody says otherwise


@needs(Right.KEEP_HELPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def helpers(request: HttpRequest) -> HttpResponse:
    """Every helper by kelurahan, and one more."""
    member, at = member_of(request), timezone.now()
    if not queries.keeps_helpers(member):
        raise Http404
    until = local_day(at) + YEAR
    form = HelperForm(
        request.POST or None, areas=queries.kelurahan_names(settings.TEDUH_AREA), until=until
    )
    if request.method == "POST" and form.is_valid():
        made = actions.enter_helper(by=member, about=form.about(), at=at)
        messages.success(request, _("Tercatat. Kartunya bisa dibuat di bawah."))
        return redirect("directory:helper", number=made.pk)
    asked = queries.HelperFilters(
        area=request.GET.get("kelurahan", ""), state=request.GET.get("keadaan", "")
    )
    page = slice_of(queries.helper_list(member, asked), request.GET.get("hal"), ROWS)
    shown = {
        "page": page,
        "names": queries.area_names(),
        "form": form,
        "asked": asked,
        "areas": queries.kelurahan_names(settings.TEDUH_AREA),
        "today": local_day(at),
    }
    status = 400 if form.errors else 200
    return render(request, "directory/helpers.html", shown, status=status)


@needs(Right.KEEP_HELPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def helper(request: HttpRequest, number: int) -> HttpResponse:
    """One helper: what is written down, trainings, the card."""
    row = found(request, number)
    if request.method != "POST":
        return _page(request, row, _form_of(row), 200)
    form = HelperForm(request.POST, areas=queries.kelurahan_names(settings.TEDUH_AREA))
    if not form.is_valid():
        return _page(request, row, form, 400)
    by, at = member_of(request), timezone.now()
    actions.mend_helper(by=by, helper=row, about=form.about(), at=at)
    messages.success(request, _("Tersimpan."))
    return redirect("directory:helper", number=row.pk)


@needs(Right.KEEP_HELPERS)
@require_POST
def qualify(request: HttpRequest, number: int) -> HttpResponse:
    """A training that was gone through."""
    row = found(request, number)
    form = QualificationForm(request.POST)
    if not form.is_valid():
        return _page(request, row, _form_of(row), 400, training=form)
    by, at = member_of(request), timezone.now()
    actions.qualify(by=by, helper=row, at=at, **form.cleaned_data)
    return redirect("directory:helper", number=row.pk)


@needs(Right.KEEP_HELPERS)
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """The card is taken back."""
    row = found(request, number)
    actions.revoke_cards(by=member_of(request), helper=row, at=timezone.now())
    messages.success(
        request, _("Kartunya tidak berlaku lagi. Rujukan tetap bisa dikirim tanpa kartu.")
    )
    return redirect("directory:helper", number=row.pk)


def found(request: HttpRequest, number: int) -> "Helper":
    """The helper with this number; 404 for whoever does not keep the list."""
    row = queries.helpers_kept_by(member_of(request)).filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def _page(
    request: HttpRequest, row: "Helper", form: HelperForm, status: int, **typed: object
) -> HttpResponse:
    day = local_day(timezone.now())
    shown = {
        "helper": row,
        "area": queries.area_name(row.area_code),
        "form": form,
        "training": QualificationForm(initial={"day": day}),
        "ready": queries.may_have_card(row, day),
        "card": queries.living_card(row, day),
        "today": day,
        **typed,
    }
    return render(request, "directory/helper.html", shown, status=status)


def _form_of(row: "Helper") -> HelperForm:
    kept = {
        name: getattr(row, name)
        for name in ("name", "profile", "area_code", "conduct", "until", "state")
    }
    return HelperForm(initial=kept, areas=queries.kelurahan_names(settings.TEDUH_AREA))
