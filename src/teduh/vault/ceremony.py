"""What happens once, away from the network: phrases drawn, recovery split, key officers certified."""

from dataclasses import dataclass
from datetime import date

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from teduh.vault import codes, manifest, suite
from teduh.vault.packages import b64, unb64
from teduh.vault.rules import Refused, kid_of

PHRASE_WORDS = 6  # of 2,048: 66 bits (sealing.md 3)
SHARES, ENOUGH = 5, 3  # SLIP-39, one group (sealing.md 3)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A key officer's certificate and the root key's signature, exact bytes."""

    body: bytes
    sig: bytes


def draw_phrase() -> str:
    """A fresh sealing phrase: six words nobody can guess."""
    listed = codes.words()
    drawn = (int.from_bytes(suite.random_bytes(2), "big") for _ in range(PHRASE_WORDS))
    return " ".join(listed[number % len(listed)] for number in drawn)  # 2,048 divides 65,536


def split(seed: bytes) -> list[str]:
    """Five SLIP-39 shares of a seed; any three give it back, two tell nothing."""
    return [str(share) for share in generate_mnemonics(1, [(ENOUGH, SHARES)], seed)[0]]


def join(shares: list[str]) -> bytes:
    """The seed of three shares. Raises Refused when they do not belong together."""
    try:
        return bytes(combine_mnemonics(shares))
    except MnemonicError as error:
        raise Refused("shares") from error


def certify(
    root_seed: bytes, *, inst: str, name: str, public: bytes, since: date, until: date
) -> Certificate:
    """The certificate of key officer `name` (a member code). Raises Refused."""
    if len(public) != suite.SEED or not since <= until:
        raise Refused("cert")
    kid = kid_of(f"pejabat-{name}", suite.sha256(public))
    return Certificate(
        *manifest.certify(root_seed, inst=inst, kid=kid, public=public, since=since, until=until)
    )


def spell_root(seed: bytes) -> str:
    """The root key as the line of text that is taken offline."""
    return b64(seed)


def read_root(text: str) -> bytes:
    """The root key of such a line. Raises Refused."""
    seed = unb64(text.strip())
    if len(seed) != suite.SEED:
        raise Refused("root")
    return seed
