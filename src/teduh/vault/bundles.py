"""What a page gets to open: descriptors, wraps meant for this reader, envelopes, signers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from teduh.vault.packages import SignedStatement, b64, header_of
from teduh.vault.rules import BODY, CLEANED


@dataclass(frozen=True, slots=True)
class OpenableCompartment:
    """A descriptor with the wraps of one reader."""

    comp: str
    d: bytes
    wraps: tuple[tuple[str, bytes], ...]
    by: str = ""
    sig: bytes = b""
    spent: bool = False  # nothing more is sealed into it


@dataclass(frozen=True, slots=True)
class OpenableItem:
    """An envelope and where it lies."""

    comp: str
    what: str
    item: str
    hdr: bytes
    ct: bytes
    sig: bytes
    gen: int = 1  # of its compartment: 1 came with the report, each later one is an addition

    @property
    def is_cleaned(self) -> bool:
        """Whether it is a picture drawn anew, which the card of the one that was sent names."""
        return self.what == BODY and header_of(self.hdr)["seq"] == CLEANED


@dataclass(frozen=True, slots=True)
class CardPlace:
    """Where the card of a subject lies: which list, which item."""

    list: str
    item: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything one page may open about one subject."""

    inst: str
    subject: str
    compartments: tuple[OpenableCompartment, ...]
    items: tuple[OpenableItem, ...]
    signers: tuple[tuple[str, bytes], ...] = ()
    accept: dict[str, str] | None = None
    epoch: tuple[str, bytes] | None = None  # to whom a first compartment would be wrapped
    recovery: tuple[str, bytes] | None = None  # and to whom else
    renewals: tuple[SignedStatement, ...] = ()  # what stands for each new code of a ticket
    grants: tuple[SignedStatement, ...] = ()  # what lets somebody outside the team open it
    filed: tuple[SignedStatement, ...] = ()  # what whoever filed it signed: which items are theirs

    def has(self, what: str) -> bool:
        """Whether there is an item of this kind."""
        return any(item.what == what for item in self.items)

    def first(self, what: str) -> OpenableItem | None:
        """The item of this kind that came with the report itself."""
        return next((item for item in self.items if item.what == what and item.gen == 1), None)

    def newest(self, what: str) -> OpenableItem | None:
        """The current item of a kind: in a case each edit is one more item."""
        return next(reversed(self.of(what)), None)

    def of(self, what: str) -> list[OpenableItem]:
        """The items of this kind."""
        return [item for item in self.items if item.what == what]

    def files(self) -> list[OpenableItem]:
        """The files as they were sent; a cleaned copy is reached by the card of its own."""
        return [item for item in self.of(BODY) if not item.is_cleaned]

    def as_json(self) -> dict[str, object]:
        """The shape the browser reads (docs/sealing.md, pages)."""
        return {
            "inst": self.inst,
            "subject": self.subject,
            "compartments": [
                {
                    "d": b64(one.d),
                    "comp": one.comp,
                    "wraps": [{"kid": kid, "w": b64(w)} for kid, w in one.wraps],
                    "by": one.by,
                    "sig": b64(one.sig),
                    "spent": one.spent,
                }
                for one in self.compartments
            ],
            "items": [
                {
                    "what": item.what,
                    "comp": item.comp,
                    "hdr": b64(item.hdr),
                    "ct": b64(item.ct),
                    "sig": b64(item.sig),
                }
                for item in self.items
            ],
            "signers": [{"kid": kid, "key": b64(key)} for kid, key in self.signers],
            "accept": self.accept,
            "renewals": [_statement(one) for one in self.renewals],
            "grants": [_statement(one) for one in self.grants],
            "filed": [_statement(one) for one in self.filed],
            "epoch": _key(self.epoch),
            "recovery": _key(self.recovery),
        }


def _statement(one: SignedStatement) -> dict[str, str]:
    return {"body": b64(one.body), "sig": b64(one.sig)}


def _key(of: tuple[str, bytes] | None) -> dict[str, str] | None:
    return {"kid": of[0], "key": b64(of[1])} if of else None


@dataclass(frozen=True, slots=True)
class Lists:
    """The cards of a page of a list: what opens them, and which card is whose."""

    bundles: tuple[Bundle, ...] = ()
    places: Mapping[str, CardPlace] = field(default_factory=dict)
