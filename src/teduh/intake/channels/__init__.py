"""Ways in: each holds its pages in a folder of its own (docs/channels.md)."""

from dataclasses import dataclass

from django.utils.functional import Promise

from teduh.access.words import Right


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a member takes in what comes this way, for the head of the work list."""

    label: str | Promise
    url_name: str
    right: Right


KINDS = (  # one line for each folder
    "callcenter",
    "chat",
    "phone",
    "outreach",
    "referral",
    "responder",
    "walkin",
    "web",
    "whatsapp",
)
