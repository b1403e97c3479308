"""Every address of the office, for somebody whom a conflict of interest keeps from a report and its
case: none that names them answers, and no page shows that they are there.
"""

from collections.abc import Collection
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from teduh.access.models import Conflict, Member
from tests.factories import signed_in
from tests.house.urls import FILE, TABLE, TICKET, Place

pytestmark = pytest.mark.django_db
SHOWS = {"desk:report", "desk:worklist", "cases:case", "cases:list", "sop:board"}
OFFICE = {
    name
    for name, entry in TABLE.items()
    if not entry.open and not name.startswith(("account_", "mfa_", "vault:open"))
}


def answers(member: Member, at: Place, names: Collection[str]) -> dict[str, tuple[str, int, str]]:
    """Path, status and text of what the office answers this member, by the name of the address."""
    found = {}
    for name in sorted(names):
        entry = TABLE[name]
        path = reverse(name, kwargs=entry.names(at))
        with transaction.atomic():
            client = signed_in(Client(), member)
            answer = getattr(client, entry.method)(path, entry.data)
            transaction.set_rollback(True)
        body = "" if answer.streaming else answer.content.decode()
        found[name] = (path, answer.status_code, body)
    return found


def test_nothing_of_it_is_there_for_whom_a_conflict_keeps_from_it(place: Place) -> None:
    member, subjects = place.members["supervisor", "own team"], [TICKET, place.case.code]
    before = answers(member, place, SHOWS)
    assert all(any(one in body for one in subjects) for _path, _status, body in before.values())
    for subject in subjects:
        Conflict.objects.create(
            subject=subject,
            root=TICKET,
            team_code=place.team.code,
            member=member,
            kind="family",
            told_by=member,
            day=date(2026, 11, 24),
        )
    promised = {"sop:hear", "sop:pause", "sop:resume"}
    wrong = []
    for name, (path, status, body) in answers(member, place, OFFICE).items():
        if name in promised or any(one in path for one in [*subjects, FILE]):
            if status not in {403, 404}:
                wrong.append((name, status))
        elif any(one in body for one in subjects):
            wrong.append((name, "shown"))
    assert wrong == []


def test_a_partner_with_a_conflict_loses_what_was_passed_to_the_agency(place: Place) -> None:
    client = signed_in(Client(), place.members["partner_officer", "receiving agency"])
    page = f"/kantor/laporan/{TICKET}/"
    assert client.get(page).status_code == 200
    assert client.post(f"{page}kenal/", {"kind": "family"}).status_code == 302
    assert client.get(page).status_code == 404
    assert (
        TICKET not in client.get("/kantor/?keadaan=semua").content.decode().partition("<table")[2]
    )
