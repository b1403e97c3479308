"""The secret code and its two spellings: 20 digits, or six words (sealing.md 4)."""

import re
from functools import lru_cache
from pathlib import Path

from teduh.vault import suite

BITS = 63
DIGITS = 20  # 19 of the number, 1 to check
WORDS, WORD_BITS, CHECK_BITS = 6, 11, 3
SAME_START = 4  # letters that tell a word of the list
# Damm's quasigroup of order 10 (H. M. Damm, 2004): finds every slip and every swap of neighbours.
DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
LIST = Path(__file__).parent / "data" / "words.txt"


class WrongSpelling(Exception):
    """Neither 20 digits with their check nor six words with theirs."""


@lru_cache(maxsize=1)
def words() -> tuple[str, ...]:
    """The 2,048 words, in order."""
    return tuple(LIST.read_text(encoding="utf-8").split())


def draw() -> int:
    """A fresh code: 63 random bits."""
    return int.from_bytes(suite.random_bytes(8), "big") >> 1


def as_bytes(code: int) -> bytes:
    """The code as it is stretched: 8 bytes, most significant first."""
    return code.to_bytes(8, "big")


def spell_digits(code: int) -> str:
    """Five groups of four digits."""
    plain = f"{code:019d}"
    whole = plain + str(_damm(plain))
    return " ".join(whole[n : n + 4] for n in range(0, DIGITS, 4))


def spell_words(code: int) -> str:
    """Six words of the list."""
    rest = code << CHECK_BITS | _check(code)
    steps = range((WORDS - 1) * WORD_BITS, -1, -WORD_BITS)
    return " ".join(words()[rest >> step & 2**WORD_BITS - 1] for step in steps)


def read(text: str) -> int:
    """The code somebody typed, in either spelling. Raises WrongSpelling."""
    if re.fullmatch(r"[\d\s.-]+", text):
        return _of_digits(re.sub(r"\D", "", text))
    return _of_words(re.findall(r"[a-z]+", text.lower()))


def _of_digits(digits: str) -> int:
    if len(digits) != DIGITS or _damm(digits) != 0 or int(digits[:-1]) >> BITS:
        raise WrongSpelling
    return int(digits[:-1])


def _of_words(typed: list[str]) -> int:
    starts = {word[:SAME_START]: n for n, word in enumerate(words())}
    if len(typed) != WORDS or any(word[:SAME_START] not in starts for word in typed):
        raise WrongSpelling
    number = 0
    for word in typed:
        number = number << WORD_BITS | starts[word[:SAME_START]]
    code = number >> CHECK_BITS
    if number & 2**CHECK_BITS - 1 != _check(code):
        raise WrongSpelling
    return code


def _damm(digits: str) -> int:
    row = 0
    for digit in digits:
        row = int(DAMM[row][int(digit)])
    return row


def _check(code: int) -> int:
    return suite.sha256(as_bytes(code))[0] >> 8 - CHECK_BITS
