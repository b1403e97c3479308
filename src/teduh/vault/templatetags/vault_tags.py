"""Tags that put sealed parts into a page; the browser opens them in place."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

from teduh.vault.bundles import Bundle, Lists, OpenableItem
from teduh.vault.rules import LIST_CARD

register = template.Library()
DOTS = "••••••"


@register.simple_tag
def sealed_bundle(bundles: Sequence[Bundle]) -> SafeString:
    """Descriptors, wraps and envelopes of all subjects of the page, once."""
    return json_script({"subjects": [one.as_json() for one in bundles]}, "sealed-bundle")


@register.inclusion_tag("vault/card.html")
def sealed_card(lists: Lists, subject: str) -> dict[str, object]:
    """Name and phone tail of a subject, opened in place; says so when nobody has read it yet."""
    return {"place": lists.places.get(subject), "subject": subject, "what": LIST_CARD}


@register.simple_tag
def sealed_text(bundle: Bundle, item: OpenableItem) -> SafeString:
    """Where one item opens."""
    return format_html(
        '<sealed-text subject="{}" comp="{}" what="{}" item="{}">{}</sealed-text>',
        bundle.subject,
        item.comp,
        item.what,
        item.item,
        DOTS,
    )


@register.inclusion_tag("vault/part.html")
def sealed_part(bundle: Bundle, what: str, label: str) -> dict[str, object]:
    """A labelled item of the report itself, or nothing when the reporter left it out."""
    return {"bundle": bundle, "item": bundle.first(what), "label": label}


@register.inclusion_tag("vault/part.html")
def sealed_item(bundle: Bundle, item: OpenableItem, label: str) -> dict[str, object]:
    """A labelled item that is at hand."""
    return {"bundle": bundle, "item": item, "label": label}


@register.inclusion_tag("vault/files.html")
def sealed_files(bundle: Bundle) -> dict[str, object]:
    """The evidence that came with a report or its file uploads, each file with its buttons."""
    return {"bundle": bundle, "files": bundle.files()}
