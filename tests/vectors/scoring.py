"""Writes scoring.json, answers and what they come to: `python -m tests.vectors.scoring`."""

import json
import random
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from teduh.intake import instruments
from teduh.intake.scoring import ANSWERS, Instrument, assess

PLACE = Path(__file__).with_name("scoring.json")
DAY = date(2026, 11, 24)
SEED, DRAWN = 4, 12


def example() -> str:
    """Every shipped instrument as a browser gets it, with answers and their results."""
    draw = random.Random(SEED)
    shipped = [one for kind in ("full", "short") for one in instruments.in_force(kind, DAY)]
    lines = [
        json.dumps({"instrument": n, "answers": answers, **asdict(assess(one, answers))})
        for n, one in enumerate(shipped)
        for answers in _answers(one, draw)
    ]
    known = json.dumps([instruments.told(one) for one in shipped])
    examples = ",\n".join(lines)
    return f'{{"instruments": {known},\n"examples": [\n{examples}]}}\n'


def _answers(instrument: Instrument, draw: random.Random) -> list[dict[str, str]]:
    keys = [one.key for one in instrument.questions]
    alike: list[dict[str, str]] = [dict.fromkeys(keys, answer) for answer in ANSWERS]
    single = [dict.fromkeys(keys, "no") | {key: "yes"} for key in keys]
    single += [dict.fromkeys(keys, "no") | {keys[0]: "declined"}, {keys[-1]: "perhaps"}, {}]
    weights = [draw.randint(1, 6) for _answer in ANSWERS]
    drawn = [dict(zip(keys, draw.choices(ANSWERS, weights, k=len(keys)), strict=True))
             for _time in range(DRAWN)]  # fmt: skip
    return [*alike, *single, *drawn]


if __name__ == "__main__":
    sys.stdout.write(f"{PLACE.write_text(example(), encoding='utf-8')} characters\n")
