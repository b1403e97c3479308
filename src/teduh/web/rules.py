"""Decisions about requests and answers: pure functions."""

from collections.abc import Mapping
from urllib.parse import urlsplit

# Pages whose HTML holds no secret and repeats nothing the visitor sent, so that compressing them
# tells an eavesdropper nothing (BREACH). The ticket and R in a form page are new in every answer.
# Of chat:messages and tickets:status that is true while no cookie opens them: see compressible().
COMPRESSED = frozenset(
    {
        "intake:front",
        "intake:doors",
        "intake:report",
        "intake:report_young",
        "intake:report_other",
        "intake:ask",
        "intake:add",
        "intake:field",
        "intake:safe_point",
        "intake:safety",
        "intake:online",
        "help:services",
        "tickets:status",
        "chat:messages",
    }
)
INSTALLED = frozenset({"intake:field"})
RECORDING = frozenset(
    {"intake:report", "intake:report_young", "intake:report_other", "intake:safe_point"}
)
SMALLEST_COMPRESSED = 1024  # bytes; below this a header costs more than it saves


def compressible(view_name: str, method: str | None, *, cookies: bool) -> bool:
    """Whether an answer may be compressed: a page anybody gets, asked for by nobody known."""
    return view_name in COMPRESSED and method == "GET" and not cookies


def may_record(view_name: str) -> bool:
    """Whether a page may ask the browser for the microphone: the report form alone."""
    return view_name in RECORDING


def may_install(view_name: str) -> bool:
    """Whether a page may start a service worker and be put on a phone's screen: the field page."""
    return view_name in INSTALLED


def from_here(headers: Mapping[str, str], host: str) -> bool:
    """Whether a POST comes from one of our own pages.

    A browser that says nothing about itself is let in: public posts carry no right of anybody,
    and every cookie of ours is SameSite=Strict.
    """
    site = headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    told = headers.get("Origin") or headers.get("Referer")
    return told is None or _host_of(told) == host


def may_forget(method: str | None, headers: Mapping[str, str], host: str) -> bool:
    """Whether a request may clear what the browser holds of us: storage is every page's.

    A page of others could ask for it with a picture and lock an officer's vault over and over.
    """
    site = headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    return method == "POST" and _host_of(headers.get("Origin", "")) == host


def _host_of(address: str) -> str:
    """Host and port in an address, or an empty text."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def coding(accepted: str) -> str:
    """The content coding to answer with: `br`, `gzip`, or an empty string for none."""
    return next((name for name in ("br", "gzip") if accepts(accepted, name)), "")


def accepts(accepted: str, name: str) -> bool:
    """Whether a browser that says this takes an answer in the content coding of that name."""
    return any(
        coding.strip() == name and weight.strip() not in {"q=0", "q=0.0"}
        for coding, _, weight in (part.partition(";") for part in accepted.lower().split(","))
    )
