"""Writing cases: the only place where their rows change."""

from teduh.cases.actions.assessing import (
    ask_part,
    grant_part,
    keep_part,
    refuse_part,
    withdraw_part,
)
from teduh.cases.actions.conflicts import declare_conflict
from teduh.cases.actions.erasing import erase
from teduh.cases.actions.guarding import break_glass, look_at_glass
from teduh.cases.actions.handing import hand_over
from teduh.cases.actions.linking import answer_link, ask_link
from teduh.cases.actions.listing import show_in_list
from teduh.cases.actions.merging import approve_merge, ask_merge, refuse_merge
from teduh.cases.actions.opening import (
    IncidentFacts,
    NewCase,
    PersonFacts,
    add_incident,
    add_person,
    mend_person,
    open_case,
    tell_also,
)
from teduh.cases.actions.planning import (
    GoalFacts,
    PlanFacts,
    add_goal,
    agree_plan,
    keep_plan,
    mend_goal,
    set_goal,
)
from teduh.cases.actions.risk import Assessed, assess, confirm_lower, refuse_lower, retaliation
from teduh.cases.actions.supervising import draw_samples, review_sample
from teduh.cases.actions.working import (
    agree_day,
    hold_conference,
    join,
    leave,
    look_at_days,
    move,
)

__all__ = [
    "Assessed",
    "GoalFacts",
    "IncidentFacts",
    "NewCase",
    "PersonFacts",
    "PlanFacts",
    "add_goal",
    "add_incident",
    "add_person",
    "agree_day",
    "agree_plan",
    "answer_link",
    "approve_merge",
    "ask_link",
    "ask_merge",
    "ask_part",
    "assess",
    "break_glass",
    "confirm_lower",
    "declare_conflict",
    "draw_samples",
    "erase",
    "grant_part",
    "hand_over",
    "hold_conference",
    "join",
    "keep_part",
    "keep_plan",
    "leave",
    "look_at_days",
    "look_at_glass",
    "mend_goal",
    "mend_person",
    "move",
    "open_case",
    "refuse_lower",
    "refuse_merge",
    "refuse_part",
    "retaliation",
    "review_sample",
    "set_goal",
    "show_in_list",
    "tell_also",
    "withdraw_part",
]
