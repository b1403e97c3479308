"""Cases: whoever works on them."""

from tests.house.urls.entries import OWN, READERS, SUPERVISORS, Entry, cases
from tests.house.urls.place import TICKET

TABLE: dict[str, Entry] = {
    "cases:list": Entry(roles=READERS),
    "cases:open": Entry(roles=READERS, relations=OWN, names=lambda _place: {"ticket": TICKET}),
    "cases:case": cases("get"),
    "cases:card": cases(),
    "cases:step": cases(),
    "cases:conference": cases(),
    "cases:conflict": cases(),
    "cases:break_glass": cases(),
    "cases:who": cases("get"),
    "cases:glasses": Entry(roles=SUPERVISORS),
    "cases:look_at_glass": Entry(
        "post", SUPERVISORS, OWN, names=lambda place: {"number": place.glass.pk}
    ),
    "cases:hand_over": Entry(roles=SUPERVISORS),
    "cases:samples": Entry(roles=SUPERVISORS),
    # Only the supervisor for whom a case was drawn: tests/cases/test_supervising.py.
    "cases:sample": Entry(
        roles=SUPERVISORS, relations=frozenset(), names=lambda place: {"number": place.sample.pk}
    ),
    "cases:burdens": Entry(roles=READERS),
    "cases:crew": cases(),
    "cases:tell_also": cases(),
    "cases:add_person": cases("get"),
    "cases:mend_person": cases("get", number=1),
    "cases:add_incident": cases("get"),
    "cases:tasks": Entry(roles=READERS),
    "cases:add_task": cases(),
    "cases:end_task": Entry(
        "post",
        READERS,
        frozenset(),
        names=lambda place: {"code": place.case.code, "number": 1},
    ),  # there is none: tests/cases/test_tasks.py
    "cases:timeline": cases("get"),
    "cases:notes": cases("get"),
    "cases:contact": cases(),
    "cases:risk": cases("get"),
    "cases:decide_risk": cases(roles=frozenset({"supervisor"})),
    "cases:retaliation": cases(),
    "cases:assessment": cases("get"),
    "cases:part": cases("get", name="needs"),
    # Nothing is written yet: tests/cases/test_assessing.py.
    "cases:part_beside": Entry(
        "get", READERS, frozenset(), names=lambda place: {"code": place.case.code, "name": "needs"}
    ),
    "cases:ask_part": cases(name="needs"),
    "cases:answer_part": Entry(
        "post", READERS, frozenset(), names=lambda place: {"code": place.case.code, "number": 1}
    ),
    "cases:legal": cases("get"),
    "cases:visum": cases(),
    "cases:justice": cases(),
    "cases:police_later": cases(roles=frozenset({"supervisor"})),
    "cases:protection": cases(),
    "cases:protection_step": cases(),
    "cases:plan": cases("get"),
    "cases:plan_beside": cases("get"),
    "cases:plan_print": cases("get"),
    "cases:agree_plan": cases(),
    "cases:add_goal": cases("get"),
    "cases:mend_goal": cases("get", number=1),
    "cases:set_goal": cases(number=1),
    "cases:reviews": cases("get"),
    "cases:closing": cases("get"),
    "cases:peers": Entry(roles=READERS),
    "cases:office_card": Entry(roles=READERS),
    "cases:approve_peer": Entry(
        "post",
        SUPERVISORS,
        frozenset(),  # there is none: tests/cases/test_transferring.py
        names=lambda _place: {"number": 1},
    ),
    "cases:take_in": Entry(roles=READERS),
    "cases:transfer": cases("get"),
    "cases:withdraw_transfer": cases(),
    "cases:confirm_transfer": cases(),
    "cases:receipt": Entry(
        roles=READERS, relations=frozenset(), names=lambda place: {"code": place.case.code}
    ),  # it came from nowhere else: tests/cases/test_transferring.py
    "cases:links": Entry(
        roles=READERS, relations=OWN, names=lambda place: {"subject": place.case.code}
    ),
    "cases:links_brief": Entry(
        roles=READERS, relations=OWN, names=lambda _place: {"subject": TICKET}
    ),
    "cases:links_waiting": Entry(roles=READERS),
    "cases:answer_link": Entry(
        "post", READERS, frozenset(), names=lambda _place: {"number": 1}
    ),  # there is none: tests/cases/test_linking.py
    "cases:merge": cases("get"),
    "cases:answer_merge": cases(roles=frozenset({"supervisor"})),
    "cases:answer_closure": cases(roles=frozenset({"supervisor"})),
    "cases:reopen": cases(),
    "cases:ask_archive": cases(),
    "cases:rights": cases("get"),
    "cases:mark_right": cases(),
    "cases:tell_rights": cases(),
    "cases:rights_print": cases("get"),
}
