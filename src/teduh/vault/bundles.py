"""What a page gets to open: descriptors, wraps meant for this reader, envelopes, signers."""

from dataclasses import dataclass

from teduh.vault.packages import b64


@dataclass(frozen=True, slots=True)
class OpenableCompartment:
    """A descriptor with the wraps of one reader."""

    comp: str
    d: bytes
    wraps: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class OpenableItem:
    """An envelope and where it lies."""

    comp: str
    what: str
    item: str
    hdr: bytes
    ct: bytes
    sig: bytes


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything one page may open about one subject."""

    inst: str
    subject: str
    compartments: tuple[OpenableCompartment, ...]
    items: tuple[OpenableItem, ...]
    signers: tuple[tuple[str, bytes], ...] = ()
    accept: dict[str, str] | None = None

    def has(self, what: str) -> bool:
        """Whether there is an item of this kind."""
        return any(item.what == what for item in self.items)

    def of(self, what: str) -> list[OpenableItem]:
        """The items of this kind."""
        return [item for item in self.items if item.what == what]

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
        }
