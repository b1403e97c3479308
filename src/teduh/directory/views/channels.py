"""The page on which the office keeps its own channels."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teduh.access.gates import member_of, needs
from teduh.access.words import Right
from teduh.directory import actions, queries
from teduh.directory.forms import ChannelForm
from teduh.directory.rules import ChannelTwice

if TYPE_CHECKING:
    from teduh.directory.models import Channel


@needs(Right.MANAGE_CHANNELS)
@require_http_methods(["GET", "HEAD", "POST"])
def channels(request: HttpRequest) -> HttpResponse:
    """Every channel, and one more."""
    _at_home(request)
    if request.method != "POST":
        return _page(request, ChannelForm(prefix="new"))
    form = ChannelForm(request.POST, prefix="new")
    if form.is_valid() and _kept(request, form, None):
        return redirect("directory:channels")
    return _page(request, form)


@needs(Right.MANAGE_CHANNELS)
@require_POST
def mend(request: HttpRequest, number: int) -> HttpResponse:
    """Change one channel."""
    channel = queries.channels_kept_by(member_of(request)).filter(pk=number).first()
    if channel is None:
        raise Http404
    form = ChannelForm(request.POST, prefix=str(number))
    if form.is_valid() and _kept(request, form, channel):
        return redirect("directory:channels")
    return _page(request, ChannelForm(prefix="new"), mended=form)


def _at_home(request: HttpRequest) -> None:
    if not queries.keeps_channels(member_of(request)):
        raise Http404


def _kept(request: HttpRequest, form: ChannelForm, channel: "Channel | None") -> bool:
    by, at = member_of(request), timezone.now()
    try:
        if channel is None:
            actions.enter_channel(by=by, way=form.way(), at=at)
        else:
            actions.mend_channel(by=by, channel=channel, way=form.way(), at=at)
    except ChannelTwice:
        form.add_error("target", _("Nomor atau alamat ini sudah ada di daftar."))
        return False
    messages.success(request, _("Tersimpan. Halaman depan sudah menampilkannya."))
    return True


def _page(
    request: HttpRequest, form: ChannelForm, mended: ChannelForm | None = None
) -> HttpResponse:
    rows = [(one, _form_of(one, mended)) for one in queries.channels_kept_by(member_of(request))]
    status = 400 if form.errors or mended else 200
    return render(request, "directory/channels.html", {"rows": rows, "form": form}, status=status)


def _form_of(channel: "Channel", mended: ChannelForm | None) -> ChannelForm:
    if mended is not None and mended.prefix == str(channel.pk):
        return mended
    kept = {name: getattr(channel, name) for name in ("kind", "label", "target", "hours", "active")}
    return ChannelForm(initial=kept, prefix=str(channel.pk))
