"""Components of our pages. The gallery at /kantor/galeri/ shows each of them once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.context import Context
from django.urls import NoReverseMatch, get_urlconf, reverse, translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from teduh.web.icons import path_of
from teduh.web.navigation import PLACES
from teduh.web.paging import Slice

register = template.Library()


@dataclass(frozen=True)
class Option:
    """One answer of a question with given answers."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Number:
    """A number to call."""

    number: str
    label: str

    @property
    def dial(self) -> str:
        """The digits behind `tel:`."""
        return "".join(sign for sign in self.number if sign.isdigit() or sign == "+")


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small drawing beside words; never alone, so screen readers skip it."""
    drawing = mark_safe(path_of(name))  # noqa: S308  our own constant
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', drawing)


@register.inclusion_tag("web/parts/practice.html")
def practice() -> dict[str, object]:
    """That this is an office to practise in, on each of its pages; nothing in a real one."""
    return {"on": settings.TEDUH_PRACTICE}


@register.inclusion_tag("web/parts/emergency.html")
def emergency() -> dict[str, object]:
    """Numbers to call now, first on every public page, with the warning about the call log.

    110 is the police; 129 is SAPA 129 of the ministry for women and children (its page, January
    2025); 112 stands only where the city says that it runs it.
    """
    city = [Number("112", _("Darurat"))] if settings.TEDUH_CITY_HAS_112 else []
    return {
        "numbers": [*city, Number("110", _("Polisi")), Number("129", _("Perempuan, anak"))],
    }


@register.inclusion_tag("web/parts/tiles.html")
def tiles(field: BoundField, legend: str, hint: str = "", columns: int = 2) -> dict[str, object]:
    """A question whose answers are whole tiles: radio or checkbox, one column on a phone."""
    several = bool(getattr(field.field.widget, "allow_multiple_selected", False))
    return {
        "field": field,
        "legend": legend,
        "hint": hint,
        "columns": columns,
        "kind": "checkbox" if several else "radio",
        "options": [option for option in _options(field) if option.value],
    }


@register.inclusion_tag("web/parts/choice.html")
def choice(field: BoundField, label: str, skip: str = "", hint: str = "") -> dict[str, object]:
    """A question with many given answers, as a list to open; the first line skips it."""
    return {
        "field": field,
        "label": label,
        "hint": hint,
        "skip": skip or _("Lewati"),
        "options": [option for option in _options(field) if option.value],
    }


@register.inclusion_tag("web/parts/answer.html")
def answer(field: BoundField, label: str, hint: str = "") -> dict[str, object]:
    """A question to answer in one's own words, on one line or several."""
    field.field.widget.attrs.pop("placeholder", None)  # allauth's, in other words than the label
    described = f"{field.auto_id}_hint" if hint else ""
    if field.errors:
        described = f"{described} {field.auto_id}_error".strip()
    attrs: dict[str, Any] = {"aria-describedby": described} if described else {}
    if field.errors:
        attrs["aria-invalid"] = "true"
    return {"field": field, "label": label, "hint": hint, "control": field.as_widget(attrs=attrs)}


@register.inclusion_tag("web/parts/tick.html")
def tick(field: BoundField, label: str, mark: str = "") -> dict[str, object]:
    """One tile to tick; `mark` is a data attribute that a script looks for."""
    return {"field": field, "label": label, "mark": mark, "chosen": bool(field.value())}


@register.inclusion_tag("web/parts/promise.html")
def promise(drawing: str, title: str, text: str) -> dict[str, str]:
    """A promise with its drawing."""
    return {"drawing": drawing, "title": title, "text": text}


@register.inclusion_tag("web/parts/stages.html")
def stages(steps: Sequence[Any]) -> dict[str, object]:
    """The way a ticket goes: each step has `label`, `day` and `state` (done, now, next)."""
    return {"steps": steps}


@register.inclusion_tag("web/parts/badge.html")
def badge(text: object, kind: str = "calm") -> dict[str, object]:
    """A short state beside a row: calm, accent, warn, danger, done."""
    return {"text": text, "kind": kind}


@register.inclusion_tag("web/parts/empty.html")
def empty(title: str, text: str = "") -> dict[str, str]:
    """What a list says when nothing is in it."""
    return {"title": title, "text": text}


@register.inclusion_tag("web/parts/pager.html", takes_context=True)
def pager(context: Context, page: Slice) -> dict[str, object]:
    """Steps through a long list; keeps the filters of the address."""
    asked = context["request"].GET.copy()
    asked.pop("hal", None)
    return {"page": page, "asked": f"{asked.urlencode()}&" if asked else ""}


@register.inclusion_tag("web/parts/navigation.html", takes_context=True)
def navigation(context: Context) -> dict[str, object]:
    """The places of the office that this member may enter."""
    return {"places": own_places(context)}


@register.simple_tag(takes_context=True)
def own_places(context: Context) -> list[dict[str, object]]:
    """Label and address of each place this member may enter."""
    request: HttpRequest = context["request"]
    member = getattr(request, "user", None)
    may = getattr(member, "may", lambda right: False)
    shown: list[dict[str, object]] = []
    for place in PLACES:
        address = _address(place.url_name)
        opens = not place.rights or any(map(may, place.rights))
        if address and opens and not any(map(may, place.elsewhere)):
            shown.append({"label": place.label, "href": address, "here": request.path == address})
    return shown


@register.simple_tag(takes_context=True)
def home(context: Context) -> str:
    """Where the name of the house leads: the morning page, or the desk of whoever has none."""
    member = getattr(context["request"], "user", None)
    may = getattr(member, "may", lambda right: False)
    morning = _address("config:morning") if any(map(may, PLACES[0].rights)) else ""
    return morning or "/kantor/"


@register.inclusion_tag("web/parts/padlock.html", takes_context=True)
def padlock(context: Context) -> dict[str, object]:
    """The padlock of the sealed parts; `kantor.js` brings it to life."""
    request: HttpRequest = context["request"]
    return {
        "member": getattr(request.user, "code", ""),
        "inst": settings.TEDUH_INSTANCE,
        "csrf": get_token(request),
        "here": request.get_full_path(),
    }


@register.simple_tag(takes_context=True)
def other_language(context: Context) -> SafeString:
    """A link to this page in the other language, named in that language."""
    request = context.get("request")
    code, name = ("id", "Bahasa Indonesia") if get_language() == "en" else ("en", "English")
    address = translate_url(request.path, code) if request else "/"
    return format_html('<a href="{}" lang="{}" hreflang="{}">{}</a>', address, code, code, name)


@register.simple_tag
def public_title() -> str:
    """What a browser's history, a tab and a share card call our public pages."""
    return str(settings.TEDUH_PUBLIC_TITLE)


@register.simple_tag
def exit_url() -> str:
    """The page anybody may have open, where the quick exit leads."""
    return str(settings.TEDUH_EXIT_URL)


def _options(field: BoundField) -> list[Option]:
    kept = field.value()
    chosen = {str(one) for one in kept} if isinstance(kept, list | tuple) else {str(kept)}
    found = []
    for value, label in field.field.choices:  # type: ignore[attr-defined]
        found.append(Option(str(value), str(label), str(value) in chosen))
    return found


def _address(url_name: str) -> str:
    return _address_in(get_urlconf() or settings.ROOT_URLCONF, url_name)


@cache
def _address_in(urls: str, url_name: str) -> str:
    try:
        return reverse(url_name, urlconf=urls)
    except NoReverseMatch:
        return ""
