"""The choices of a select that stands many times on one page."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString


def options(choices: Iterable[tuple[str, str | Promise]]) -> SafeString:
    """The options, rendered once, in the reader's language."""
    return format_html_join("", '<option value="{}">{}</option>', choices)
