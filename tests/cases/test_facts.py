"""How the page of a case tells what is in it."""

from teduh.audit.models import Row
from teduh.cases.facts import folded


def line(number: int, by: str, verb: str) -> Row:
    return Row(number=number, by_kind="member", by_code=by, verb=verb)


def test_what_one_hand_did_again_and_again_is_told_once_with_a_count() -> None:
    trail = [
        line(5, "melati", "vault.read"),
        line(4, "melati", "vault.read"),
        line(3, "seroja", "vault.read"),
        line(2, "melati", "vault.read"),
        line(1, "melati", "vault.file_read"),
    ]
    assert [(row.number, times) for row, times in folded(trail)] == [(5, 2), (3, 1), (2, 1), (1, 1)]
    assert folded([]) == []
