"""Score and band of a risk instrument: pure functions, the same in browser/intake/scoring.ts."""

from collections.abc import Mapping
from dataclasses import dataclass

BANDS = ("extreme", "high", "medium", "low")  # code list 4.14, the highest first
YES, NO, NOT_ASKED, DECLINED = "yes", "no", "not_asked", "declined"
ANSWERS = (YES, NO, NOT_ASKED, DECLINED)


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `floor`: the band below which a yes leaves nobody, empty where there is none."""

    key: str
    part: str
    text: Mapping[str, str]  # language -> words
    weight: int
    floor: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version of an instrument. Bands not named in a table are reached by it never."""

    name: str
    version: str
    kind: str
    title: Mapping[str, str]
    intro: Mapping[str, str]
    parts: Mapping[str, Mapping[str, str]]  # heading of each part, by language
    bands: Mapping[str, int]  # band -> from which score
    together: Mapping[str, int]  # band -> how many questions with a floor answered yes
    unanswered: str  # the band below which an open question of weight leaves nobody
    questions: tuple[Question, ...]

    @property
    def most(self) -> int:
        """The highest score there is."""
        return sum(one.weight for one in self.questions)


@dataclass(frozen=True, slots=True)
class Result:
    """What the answers come to; `floors`: questions whose yes forbids a lower band."""

    score: int
    band: str
    floors: tuple[str, ...]
    unanswered: tuple[str, ...]


def highest(*bands: str) -> str:
    """The highest of these bands, empty ones left out; low where there is none."""
    return min((one for one in bands if one), key=BANDS.index, default=BANDS[-1])


def band_of(instrument: Instrument, score: int) -> str:
    """The band of a score, before any floor."""
    return highest(*(band for band, start in instrument.bands.items() if score >= start))


def assess(instrument: Instrument, answers: Mapping[str, str]) -> Result:
    """Score, band, floors. One more yes never lowers anything, nor does not answering.

    A question left open counts no point, but keeps the band from falling below what not knowing
    allows: at most what a yes alone would have made of it. An answer that is no code is left open.
    """
    yes = [one for one in instrument.questions if answers.get(one.key) == YES]
    left = [one for one in instrument.questions if answers.get(one.key) not in (YES, NO)]
    floors = [one for one in yes if one.floor]
    score = sum(one.weight for one in yes)
    band = highest(
        band_of(instrument, score),
        *(one.floor for one in floors),
        *(band for band, count in instrument.together.items() if len(floors) >= count),
        *(_left_open(instrument, one) for one in left),
    )
    return Result(score, band, tuple(q.key for q in floors), tuple(q.key for q in left))


def is_possible(instrument: Instrument, score: int, band: str) -> bool:
    """Whether answers could come to this: floors only ever lift a band above that of its score."""
    if not 0 <= score <= instrument.most or band not in BANDS:
        return False
    return highest(band, band_of(instrument, score)) == band


def _left_open(instrument: Instrument, question: Question) -> str:
    alone = highest(question.floor, band_of(instrument, question.weight))
    return max(alone, instrument.unanswered, key=BANDS.index)  # the lower of the two
