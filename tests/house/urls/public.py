"""Public pages: everybody comes in, without an account."""

from tests.house.urls.entries import LET_IN, OPEN, OPEN_POST, Entry

TABLE: dict[str, Entry] = {
    "intake:front": OPEN,
    "intake:doors": OPEN,
    "intake:report": OPEN,
    "intake:report_other": OPEN,
    "intake:report_young": OPEN,
    "intake:ask": OPEN,
    "intake:asked": OPEN,
    "intake:attaching": OPEN,
    "intake:sent": OPEN,
    "intake:standing": OPEN_POST,
    "intake:answer": OPEN,
    "intake:recorder": OPEN,
    "intake:pieces": OPEN_POST,
    "intake:add": OPEN,
    "intake:inbound": OPEN_POST,
    "intake:ways": OPEN,
    "intake:change": OPEN,
    "intake:safety": OPEN,
    "intake:online": OPEN,
    "intake:safe_point": Entry(open=True, names=lambda _place: {"area": "2172011002"}),
    "intake:field": OPEN,
    "intake:field_manifest": OPEN,
    "intake:field_worker": OPEN,
    "intake:field_supplies": OPEN,
    "intake:field_send": OPEN_POST,
    "tickets:status": OPEN,
    "tickets:quiet": OPEN_POST,
    "tickets:opinion": OPEN_POST,
    "hers:data": OPEN_POST,
    "chat:messages": OPEN,
    "web:leave": OPEN,
    "web:left": OPEN_POST,
    # There is no such link: tests/intake/channels/test_callcenter.py.
    "intake:centre_report": Entry(
        open=True, let_in=LET_IN | {404}, names=lambda _place: {"link": "A" * 22}
    ),
    # There is no such link: tests/records/test_linking.py.
    "link:open": Entry(open=True, let_in=LET_IN | {404}, names=lambda _place: {"name": "A" * 22}),
    "answers:by_link": Entry(
        open=True, let_in=LET_IN | {404}, names=lambda _place: {"name": "A" * 22}
    ),
    "link:still": Entry(open=True, let_in=LET_IN | {404}, names=lambda _place: {"name": "A" * 22}),
}
