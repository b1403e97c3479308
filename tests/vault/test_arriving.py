"""Files whose row never came are cleared; those that stand in a row never are."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as now_set
from django.db import transaction
from pytest_django import Settings

from teduh.lib import store
from teduh.lib.actors import reporter
from teduh.vault import actions
from teduh.vault.actions.arriving import LONGEST, clear_strays
from teduh.vault.models import Arriving, Envelope
from teduh.vault.packages import SealedPackage
from teduh.vault.rules import BODY
from tests.factories.reports import as_field
from tests.vault.reports import AT, TICKET, Office, sealed
from tests.vault.test_files import a_file, send

pytestmark = pytest.mark.django_db
LATER = AT + LONGEST
FILE = ("contoh.txt", "text/plain", b"x" * 1_200_000)  # two pieces


class PowerCut(Exception):
    """The moment between the last byte of a file and its row."""


@pytest.fixture(autouse=True)
def own_store(settings: Settings, tmp_path: Path) -> None:
    settings.TEDUH_FILES = str(tmp_path / "files")


def keep(package: SealedPackage) -> None:
    by = reporter(package.ticket)
    actions.keep(by=by, ready=actions.make_ready(by=by, package=package, at=AT), at=AT)


def keep_in_vain() -> list[str]:
    """Files in the store whose row was never written; answers their keys."""
    with pytest.raises(PowerCut), transaction.atomic():
        keep(sealed(files=[FILE]))
        raise PowerCut
    return sorted(store.all_keys())


@pytest.mark.usefixtures("office")
def test_a_file_whose_row_never_came_is_cleared_after_a_day() -> None:
    left = keep_in_vain()
    assert len(left) == 2
    clear_strays(at=LATER - timedelta(seconds=1))
    assert sorted(store.all_keys()) == left
    clear_strays(at=LATER)
    assert list(store.all_keys()) == []
    assert not Arriving.objects.exists()


@pytest.mark.usefixtures("office")
def test_what_stands_in_a_row_is_never_cleared() -> None:
    keep(sealed(files=[FILE]))
    kept = sorted(store.all_keys())
    clear_strays(at=LATER)
    assert sorted(store.all_keys()) == kept
    body = Envelope.objects.get(what=BODY)
    assert body.pieces == len(kept)
    assert not Arriving.objects.exists()


def test_a_first_piece_whose_row_never_came_is_cleared_and_the_next_piece_is_not(
    office: Office,
) -> None:
    keep(sealed())
    body, card = a_file(office)
    with pytest.raises(PowerCut), transaction.atomic():
        send(body, 0, body.ct[:1000], as_field(card))
        raise PowerCut
    assert len(list(store.all_keys())) == 1
    clear_strays(at=LATER)
    assert list(store.all_keys()) == []
    send(body, 0, body.ct[:1000], as_field(card))
    with pytest.raises(PowerCut), transaction.atomic():
        send(body, 1, body.ct[1000:2000])
        raise PowerCut
    clear_strays(at=LATER)
    assert len(list(store.all_keys())) == 2


@pytest.mark.usefixtures("office")
def test_a_write_that_was_cut_off_is_cleared_too() -> None:
    keep(sealed(files=[FILE]))
    item = Envelope.objects.get(what=BODY).item
    kept = sorted(store.all_keys())
    half = Path(now_set.TEDUH_FILES, item, "00001#1")
    half.write_bytes(b"half")
    clear_strays(at=LATER)
    assert not half.exists()
    assert sorted(store.all_keys()) == kept


@pytest.mark.usefixtures("office")
def test_two_clocks_clear_the_same_without_an_error() -> None:
    keep_in_vain()
    marks = list(Arriving.objects.all())
    clear_strays(at=LATER)
    Arriving.objects.bulk_create(marks)
    clear_strays(at=LATER)
    assert not Arriving.objects.exists()
    assert TICKET not in str(list(store.all_keys()))
