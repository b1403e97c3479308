"""Keys of the demo: fixed, public, protecting nobody. Refused outside the demo."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from teduh.lib.timing import local_day
from teduh.vault import codes, office, queries, suite
from teduh.vault.envelope import Author, Place, Words, seal, unwrap
from teduh.vault.packages import SealedItem, b64
from teduh.vault.rules import MESSAGE, kid_of


def seed(purpose: str) -> bytes:
    """A secret everybody can compute from this line."""
    return suite.sha256(b"teduh demo: fictional, protects nobody\0" + purpose.encode())


def root_public() -> str:
    """The public root key of every demo."""
    return b64(suite.sign_public(seed("root")))


def phrase_of(code: str) -> str:
    """The sealing phrase of a demo member: six words."""
    raw = seed(f"phrase:{code}")
    return " ".join(
        codes.words()[int.from_bytes(raw[n : n + 2], "big") % 2048] for n in range(0, 12, 2)
    )


def make_demo_office(
    *,
    teams: Mapping[str, Sequence[str]],
    members: Sequence[str],
    key_officers: Sequence[str],
    at: datetime,
) -> None:
    """Every key of the demo office. Raises ImproperlyConfigured outside the demo."""
    if not settings.TEDUH_DEMO:
        raise ImproperlyConfigured("Demo keys belong to the demo only.")
    office.open_keys(
        teams=teams,
        phrases={code: phrase_of(code) for code in members},
        key_officer=key_officers[0],
        seeds=seed,
        day=local_day(at),
    )


def seal_answer(
    *, ticket: str, team: str, member: str, text: str, seq: int, at: datetime
) -> SealedItem:
    """An office message as the member's browser would seal it, with the demo's open secrets."""
    epoch = seed(f"epoch:{team}")
    place = Place(settings.TEDUH_INSTANCE, ticket, "chat")
    [chat] = [
        one for one in queries.office_bundle(ticket, {team}).compartments if one.comp == "chat"
    ]
    kid, wrapped = chat.wraps[0]
    opened = unwrap(chat.d, kid, wrapped, epoch, place)
    sign = seed(f"sign:{member}")
    author = Author(kid_of(f"tanda-{member}", suite.sha256(suite.sign_public(sign))), sign)
    words = Words(MESSAGE, seq, "staff", str(local_day(at)), "chat-1k", "")
    return seal(opened, author, words, text.encode())
