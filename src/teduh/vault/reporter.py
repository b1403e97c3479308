"""What a reporter's secret code gives: the auth token, her box and her signature (sealing.md 4)."""

from dataclasses import dataclass

from teduh.vault import codes, suite
from teduh.vault.envelope import Author
from teduh.vault.rules import kid_of

NAME = "pelapor"


@dataclass(frozen=True, slots=True)
class Reporter:
    """The reporter's own keys, derived and never stored."""

    box_seed: bytes
    box_public: bytes
    sign_public: bytes
    author: Author

    @property
    def box_kid(self) -> str:
        """The name under which keys are wrapped to her."""
        return kid_of(NAME, suite.sha256(self.box_public))


def stretched(code: int, inst: str, ticket: str) -> bytes:
    """The code, stretched for one office and ticket; 32 bytes, about 5 ms."""
    salt = suite.sha256(b"\0".join((b"teduh/v1/kode", inst.encode(), ticket.encode())))
    return suite.stretch(codes.as_bytes(code), salt)


def auth_token(stem: bytes) -> bytes:
    """What proves the code to the server without telling it; 32 bytes."""
    return suite.derive(stem, b"", "teduh/v1/masuk")


def keys(stem: bytes, relay: bytes) -> Reporter:
    """Her keys, of the stretched code and the server's part R."""
    box_seed = suite.derive(stem + relay, b"", "teduh/v1/kotak")
    sign_seed = suite.derive(stem + relay, b"", "teduh/v1/tanda")
    public = suite.sign_public(sign_seed)
    author = Author(kid_of(NAME, suite.sha256(public)), sign_seed)
    return Reporter(box_seed, suite.box_public(box_seed), public, author)


def relay(server_secret: bytes, ticket: str) -> bytes:
    """R: the server's part of a reporter's keys, and the mark that a ticket was drawn here."""
    return suite.mac(server_secret, b"teduh/v1/pelapor\0" + ticket.encode())
