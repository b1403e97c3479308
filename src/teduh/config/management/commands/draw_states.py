"""`manage.py draw_states`: the tables of states as pictures, in docs/states/."""

from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand
from django.db.models import TextChoices
from django.utils import translation

from teduh.cases.actions.working import PUBLIC as PUBLIC_OF_A_CASE
from teduh.cases.rules import BY_HAND, VISUM_NEEDS, visum_event
from teduh.cases.rules import MOVES as MOVES_OF_A_CASE
from teduh.cases.words import State as CaseState
from teduh.cases.words import VisumStatus
from teduh.conferences.rules import MOVES as MOVES_OF_A_MEETING
from teduh.conferences.words import State as MeetingState
from teduh.intake.actions import PUBLIC
from teduh.intake.rules import MOVES
from teduh.intake.words import State
from teduh.services.bookings import MOVES as MOVES_OF_A_SESSION
from teduh.services.letters import MOVES as MOVES_OF_A_LETTER
from teduh.services.rules import MOVES as MOVES_OF_A_REFERRAL
from teduh.services.rules import REASONS
from teduh.services.timetables import MOVES as MOVES_OF_A_STATION
from teduh.services.words import LetterState, Reason, SessionState, StationState
from teduh.services.words import State as ReferralState
from teduh.tickets.rules import next_step_of_others, seen_by_others
from teduh.tickets.words import NextStep, Stage

PLACE = Path(__file__).resolve().parents[5] / "docs" / "states"
FIRST = (Stage.RECEIVED, NextStep.READ)  # what a ticket says before any step
DRAWN = "Drawn by `TEDUH_DEMO=1 .venv/bin/python manage.py draw_states`: change the tables, not this page."
OF_A_REPORT = """\
The moves stand in `src/teduh/intake/rules.py` (`MOVES`), what a step tells the holder of the ticket
in `src/teduh/intake/actions/triage.py` (`PUBLIC`).
When she writes, a report that waited for her or was closed becomes `taken`, or `new` where nobody
had taken it yet (`after_her_word`). A report guided without any message of the office tells
its holder `elsewhere` as the next step, since there is no guidance in the messages."""
OF_A_CASE = """\
The moves stand in `src/teduh/cases/rules.py` (`MOVES`), what a step tells the holder of a survivor's
own ticket in `src/teduh/cases/actions/working.py` (`PUBLIC`). A plain step leads only to the states
marked "by hand"; every other has a page of its own that brings it about."""
OF_A_REFERRAL = """\
The moves and the reasons stand in `src/teduh/services/rules.py` (`MOVES`, `REASONS`). Every end has
a reason, nothing leaves an end, and two people at once never both move one. The clock makes one
`silent` when the time of an answer is over. One that is refused, silent or not attended waits for
the office until another is offered in its place or somebody says why not."""
OF_A_LETTER = """\
The moves stand in `src/teduh/services/letters.py` (`MOVES`). A letter gets its number when a
supervisor has read it, and does not change from then on; a cancelled one keeps its number. It is
cancelled for a reason, and only while nobody outside has it."""
OF_A_VISUM = """\
What stands before a step is written in `src/teduh/cases/rules.py` (`VISUM_NEEDS`), what a step tells
the procedure there too (`visum_event`). Care and examination need no letter: they come first, and the
visum may be written later from the record (retrospective). Her no (`declined`) closes nothing for
good: every step may follow it. A delay stops no clock."""
OF_A_STATION = """\
The moves stand in `src/teduh/services/timetables.py` (`MOVES`). A visit is told by its stations
(`visit_state`): planned while all wait, done once none is left, under way in between; the office may
call it off with a reason until then. No station begins before its day. The agency that gives one
marks it, all but `moved`: which day it is on, the office says."""
OF_A_SESSION = """\
The moves stand in `src/teduh/services/bookings.py` (`MOVES`). Held and missed are said once the day
has come; one that was called off leaves its slot free. `missed` promises that she is reached again in
a safe way; a session held, or having reached her, keeps that."""
OF_A_MEETING = """\
The moves stand in `src/teduh/conferences/rules.py` (`MOVES`). A meeting begins once whoever leads it
has accepted the declaration, and is closed once each case on its agenda was discussed, with a safe
way to tell the survivor, or taken off with a reason. A case is discussed with her wishes, or the
reason why they are not written, and with her consent or a duty (`lacks`)."""
OF_A_TICKET = """\
Nothing but `tickets.actions.tell` changes a stage. The picture shows the stages that steps of triage
tell; what a case tells is drawn in `case.md`. Somebody else's ticket, a
neighbour's for example, never shows more than the third column and never goes back
(`src/teduh/tickets/rules.py`)."""
Cells = tuple[Any, ...]
Arrow = tuple[str, str, str]  # from, to, what is written on it


class Command(BaseCommand):
    """Write every page anew; a house test fails while one is stale."""

    help = __doc__

    def handle(self, *_args: Any, **_told: Any) -> None:
        """Write the pages."""
        PLACE.mkdir(parents=True, exist_ok=True)
        for name, text in pages().items():
            (PLACE / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"docs/states/{name}")


def pages() -> dict[str, str]:
    """File name and text of every page."""
    with translation.override("id"):
        return {
            "case.md": _case(),
            "letter.md": _letter(),
            "conference.md": _conference(),
            "referral.md": _referral(),
            "report.md": _report(),
            "session.md": _moves(
                "States of a counselling session", OF_A_SESSION, SessionState, MOVES_OF_A_SESSION
            ),
            "station.md": _moves(
                "States of a station of a visit", OF_A_STATION, StationState, MOVES_OF_A_STATION
            ),
            "ticket.md": _ticket(),
            "visum.md": _visum(),
        }


def _case() -> str:
    onward = {one: [to for to in CaseState if to in MOVES_OF_A_CASE[one]] for one in CaseState}
    rows = [
        (
            f"`{one}`",
            one.label,
            "yes" if one in BY_HAND else "–",
            _codes(onward[one]),
            *(said.label for said in PUBLIC_OF_A_CASE[one]),
        )
        for one in CaseState
    ]
    heads = ("state", "on the desk", "by hand", "may become", "public stage", "next step")
    return _page(
        "States of a case",
        OF_A_CASE,
        _diagram(
            [(one, one.label) for one in CaseState],
            [(one, to, "") for one in CaseState for to in onward[one]],
        ),
        _table(heads, rows),
    )


def _letter() -> str:
    onward = {
        one: [to for to in LetterState if to in MOVES_OF_A_LETTER[one]] for one in LetterState
    }
    return _page(
        "States of a letter",
        OF_A_LETTER,
        _diagram(
            [(one, one.label) for one in LetterState],
            [(one, to, "") for one in LetterState for to in onward[one]],
        ),
        _table(
            ("state", "on the page", "may become"),
            [(f"`{one}`", one.label, _codes(onward[one])) for one in LetterState],
        ),
    )


def _referral() -> str:
    onward = {
        one: [to for to in ReferralState if to in MOVES_OF_A_REFERRAL[one]] for one in ReferralState
    }
    rows = [
        (
            f"`{one}`",
            one.label,
            _codes(onward[one]),
            "; ".join(str(Reason(reason).label) for reason in REASONS.get(one, ())) or "–",
        )
        for one in ReferralState
    ]
    return _page(
        "States of a referral",
        OF_A_REFERRAL,
        _diagram(
            [(one, one.label) for one in ReferralState],
            [(one, to, "") for one in ReferralState for to in onward[one]],
        ),
        _table(("state", "on the page", "may become", "its reasons"), rows),
    )


def _moves(
    title: str, about: str, states: type[TextChoices], moves: Mapping[str, Container[str]]
) -> str:
    """A table of states that says nothing but where each may go."""
    onward = {one: [to for to in states if to in moves[one]] for one in states}
    rows = [(f"`{one}`", one.label, _codes(onward[one])) for one in states]
    boxes = [(str(one), one.label) for one in states]
    arrows = [(str(one), str(to), "") for one in states for to in onward[one]]
    heads = ("state", "on the page", "may become")
    return _page(title, about, _diagram(boxes, arrows), _table(heads, rows))


def _conference() -> str:
    onward = {
        one: [to for to in MeetingState if to in MOVES_OF_A_MEETING[one]] for one in MeetingState
    }
    rows = [(f"`{one}`", one.label, _codes(onward[one])) for one in MeetingState]
    return _page(
        "States of a meeting of agencies",
        OF_A_MEETING,
        _diagram(
            [(one, one.label) for one in MeetingState],
            [(one, to, "") for one in MeetingState for to in onward[one]],
        ),
        _table(("state", "on the page", "may become"), rows),
    )


def _report() -> str:
    boxes = [(state, state.label) for state in State]
    arrows = [(state, to, "") for state in State for to in _next(state)]
    rows = [
        (
            f"`{state}`",
            state.label,
            _codes(_next(state)),
            *(said.label for said in _told(state)),
            NextStep(next_step_of_others(_told(state)[1])).label,
        )
        for state in State
    ]
    heads = ("state", "on the desk", "may become", "public stage", "next step", "… to others")
    return _page(
        "States of a report",
        OF_A_REPORT,
        _diagram(boxes, arrows),
        _table(heads, rows),
    )


def _visum() -> str:
    rows = [
        (
            f"`{one}`",
            one.label,
            " and ".join(_codes(_in_order(each), " or ") for each in VISUM_NEEDS[one]) or "–",
            f"`{visum_event(one)}`" if visum_event(one) else "–",
        )
        for one in VisumStatus
    ]
    arrows = [
        (before, one, "")
        for one in VisumStatus
        for each in VISUM_NEEDS[one]
        for before in _in_order(each)
    ]
    diagram = _diagram([(one, one.label) for one in VisumStatus], arrows)
    free = [f"    [*] --> {one}" for one in VisumStatus if not VISUM_NEEDS[one]]
    begins = diagram.index(f"    [*] --> {VisumStatus.OFFERED}")
    diagram[begins : begins + 1] = free
    heads = ("step", "on the page", "stands before it", "tells the procedure")
    return _page("Steps of a visum", OF_A_VISUM, diagram, _table(heads, rows))


def _in_order(codes: frozenset[str]) -> list[VisumStatus]:
    return [one for one in VisumStatus if one in codes]


def _ticket() -> str:
    told_in = {stage: [state for state in State if _told(state)[0] == stage] for stage in Stage}
    boxes = [(stage, stage.label) for stage in Stage if told_in[stage]]
    rows = [
        (
            f"`{stage}`",
            stage.label,
            Stage(seen_by_others(stage)).label,
            _codes(told_in[stage]),
        )
        for stage in Stage
    ]
    return _page(
        "Stages of a ticket",
        OF_A_TICKET,
        _diagram(boxes, _stage_moves()),
        _table(("stage", "on her own ticket", "on another's ticket", "told in state"), rows),
    )


def _stage_moves() -> list[Arrow]:
    steps: dict[tuple[str, str], dict[str, None]] = {}  # a dict keeps the order of its keys
    for state in State:
        for to in _next(state):
            way = _told(state)[0], _told(to)[0]
            if way[0] != way[1]:
                steps.setdefault(way, {})[to] = None
    return [(*way, ", ".join(told)) for way, told in steps.items()]


def _next(state: State) -> list[State]:
    return [to for to in State if to in MOVES[state]]


def _told(state: State) -> tuple[Stage, NextStep]:
    return PUBLIC.get(state, FIRST)


def _codes(states: Sequence[TextChoices], between: str = ", ") -> str:
    return between.join(f"`{state}`" for state in states) or "–"


def _page(title: str, about: str, diagram: list[str], table: list[str]) -> str:
    return "\n".join((f"# {title}", "", DRAWN, "", about, "", *diagram, "", *table, ""))


def _diagram(boxes: Sequence[tuple[str, Any]], arrows: Sequence[Arrow]) -> list[str]:
    return [
        "```mermaid",
        "stateDiagram-v2",
        *(f'    state "{label}" as {code}' for code, label in boxes),
        f"    [*] --> {boxes[0][0]}",
        *(f"    {a} --> {b}" + (f": {why}" if why else "") for a, b, why in arrows),
        "```",
    ]


def _table(heads: Cells, rows: Sequence[Cells]) -> list[str]:
    lines = [heads, ["---"] * len(heads), *rows]
    return ["| " + " | ".join(str(cell) for cell in line) + " |" for line in lines]
