"""What is added under a ticket: new compartments, named by a statement only its holder can sign."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from teduh.audit.models import Row
from teduh.lib.actors import reporter
from teduh.vault import actions, queries, suite, without_script
from teduh.vault.bundles import OpenableItem
from teduh.vault.envelope import (
    Author,
    Place,
    Words,
    make_compartment,
    open_item,
    seal,
    unwrap,
    wrap,
)
from teduh.vault.models import Compartment, Envelope
from teduh.vault.packages import (
    SealedAddition,
    SealedCompartment,
    SealedItem,
    SealedWrap,
    compact,
    header_of,
    read_addition,
)
from teduh.vault.rules import ADDITION, Refused, kid_of
from tests.factories.reports import package_as_field
from tests.vault.reports import AT, CODE, DAY, TICKET, Office, chat_of, her, keep, sealed

pytestmark = pytest.mark.django_db
MORE, CALL = "Lanjutan contoh.", "Contoh: sore saja."
STORY, WHEN = "intake.report.story", "intake.report.contact_when"
HER = reporter(TICKET)
Changed = Callable[[SealedAddition], SealedAddition]


@pytest.fixture
def keys(office: Office) -> Office:
    """The keys of the office, which has her report."""
    keep(sealed())
    return office


def addition(gen: int = 2, team: str = "asesmen", **told: str) -> SealedAddition:
    """What she adds without script."""
    return without_script.seal_addition(
        ticket=TICKET,
        code=CODE,
        answers=told or {STORY: MORE, WHEN: CALL},
        files=[("bukti.txt", "text/plain", b"Contoh bukti")] if not told else [],
        team_code=team,
        gen=gen,
        at=AT,
    )


def add(package: SealedAddition, gen: int = 2) -> None:
    actions.add(by=HER, addition=package, gen=gen, team="asesmen", at=AT)


def text(keys: Office, item: OpenableItem) -> str:
    """An item as the team opens it, in the compartment its header names."""
    bundle = queries.office_bundle(TICKET, {"asesmen"})
    whole = SealedItem(item.hdr, item.ct, item.sig, header_of(item.hdr))
    place = Place(bundle.inst, TICKET, item.comp)
    for one in bundle.compartments:
        if one.comp == item.comp:
            ((kid, w),) = one.wraps
            made = unwrap(one.d, kid, w, keys.team_seed("asesmen"), place)
            if made.cmp == whole.said["cmp"]:
                return open_item(made, whole, item.what, her().keys.sign_public).decode()
    raise AssertionError


def test_what_is_added_lies_beside_the_report_under_its_own_keys(keys: Office) -> None:
    add(addition())
    add(addition(3, **{STORY: "Lagi."}), gen=3)
    bundle = queries.office_bundle(TICKET, {"asesmen"})
    assert [(one.gen, text(keys, one)) for one in bundle.of(STORY)] == [
        (1, "Kisah contoh untuk uji."),
        (2, MORE),
        (3, "Lagi."),
    ]
    generations = Compartment.objects.order_by("comp", "gen").values_list("comp", "gen")
    assert list(generations.exclude(gen=1)) == [
        ("file", 2),
        ("identity", 2),
        ("narrative", 2),
        ("narrative", 3),
    ]
    assert Row.objects.filter(verb="vault.added", by_code=TICKET).count() == 2


def test_her_statement_names_every_compartment_she_made(keys: Office) -> None:
    package = addition()
    add(package)
    (statement,) = queries.office_bundle(TICKET, {"asesmen"}).of(ADDITION)
    named = json.loads(text(keys, statement))
    hashes = Compartment.objects.filter(gen=2).order_by("id").values_list("cmp", flat=True)
    assert named == {"ticket": TICKET, "gen": 2, "d": list(hashes)}


def test_the_thread_of_the_ticket_shows_no_statement(keys: Office) -> None:
    add(addition())
    assert without_script.open_thread(ticket=TICKET, code=CODE) == {}


def test_an_upload_that_began_before_still_finds_its_place(keys: Office) -> None:
    package = addition()
    add(package)
    old = Compartment.objects.get(comp="file", gen=1)
    new = Compartment.objects.get(comp="file", gen=2)
    assert queries.compartment_named(TICKET, "file", old.cmp) == old
    assert queries.compartment_named(TICKET, "file", new.cmp) == new


def test_forgetting_a_report_forgets_what_was_added(
    keys: Office, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    add(addition())
    sealed_before = addition(3)
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(by=HER, subject=TICKET, at=AT)
    bundle = queries.office_bundle(TICKET, {"asesmen"})
    assert [one.wraps for one in bundle.compartments] == [()] * 7
    with pytest.raises(Refused, match="subject"):
        add(sealed_before, gen=3)


def test_the_number_of_queries_does_not_grow_with_additions(
    keys: Office,
) -> None:
    def count() -> int:
        with (
            CaptureQueriesContext(connections["default"]) as house,
            CaptureQueriesContext(connections["shred"]) as units,
        ):
            queries.office_bundle(TICKET, {"asesmen"})
        return len(house) + len(units)

    one = count()
    for gen in range(2, 6):
        add(addition(gen, **{STORY: MORE}), gen=gen)
    assert count() == one


def other_team(package: SealedAddition) -> SealedAddition:
    """Sealed to a team that does not have the report."""
    return addition(team="pendampingan")


def no_statement(package: SealedAddition) -> SealedAddition:
    """Compartments nobody stands for."""
    return replace(package, items=tuple(one for one in package.items if one.what != ADDITION))


def two_statements(package: SealedAddition) -> SealedAddition:
    """Two lists of names in one addition."""
    return replace(package, items=(*package.items, package.items[-1]))


def a_reader_more(package: SealedAddition) -> SealedAddition:
    """Wrapped to a key that nobody listed as well."""
    first, *rest = package.compartments
    more = replace(first, wraps=(*first.wraps, SealedWrap("penyusup.00000000", b"x" * 1168)))
    return replace(package, compartments=(more, *rest))


def without_recovery(package: SealedAddition) -> SealedAddition:
    """Wrapped to the team alone."""
    first, *rest = package.compartments
    return replace(package, compartments=(replace(first, wraps=first.wraps[:1]), *rest))


def a_chat_of_its_own(package: SealedAddition) -> SealedAddition:
    """A second chat beside the accepted one."""
    return replace(package, compartments=(*package.compartments, another("chat")))


def office_notes(package: SealedAddition) -> SealedAddition:
    """A compartment that is the office's."""
    return replace(package, compartments=(*package.compartments, another("work")))


def another(comp: str) -> SealedCompartment:
    made = make_compartment(Place("tanjungpinang", TICKET, comp), 2)
    readers = queries.readers("asesmen", AT.date())
    wraps = tuple(SealedWrap(kid, wrap(made, kid, key)) for kid, key in readers)
    return SealedCompartment(made.d, wraps, json.loads(made.d))


def of_another_ticket(package: SealedAddition) -> SealedAddition:
    """Made for somebody else's report."""
    first, *rest = package.compartments
    said = {**first.said, "subject": "TDH-0000-0001"}
    return replace(package, compartments=(replace(first, d=compact(said), said=said), *rest))


def an_item_elsewhere(package: SealedAddition) -> SealedAddition:
    """An item in a compartment that came with the report."""
    return replace(package, compartments=package.compartments[1:])


def signed_by_another(package: SealedAddition) -> SealedAddition:
    """Written by somebody who holds another code."""
    made = make_compartment(Place("tanjungpinang", TICKET, "narrative"), 2)
    seed = suite.sha256(b"another")
    author = Author(kid_of("pelapor", suite.sha256(suite.sign_public(seed))), seed)
    words = Words(STORY, 0, "server", DAY, "pow2-4k")
    forged = seal(made, author, words, b"Bukan dia.")
    readers = queries.readers("asesmen", AT.date())
    wraps = tuple(SealedWrap(kid, wrap(made, kid, key)) for kid, key in readers)
    narrative = SealedCompartment(made.d, wraps, json.loads(made.d))
    return SealedAddition((narrative,), (forged, package.items[-1]))


def a_flipped_bit(package: SealedAddition) -> SealedAddition:
    """One bit of one ciphertext."""
    first, *rest = package.items
    wrong = bytes([first.ct[0] ^ 1]) + first.ct[1:]
    return replace(package, items=(replace(first, ct=wrong), *rest))


def greeting_again(package: SealedAddition) -> SealedAddition:
    """A second hello."""
    hello = Envelope.objects.get(what="chat.thread.hello")
    hdr = bytes(hello.hdr)
    again = SealedItem(hdr, bytes(hello.ct), bytes(hello.sig), header_of(hdr))
    return replace(package, items=(*package.items, again))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (other_team, "readers"),
        (no_statement, "statement"),
        (two_statements, "statement"),
        (a_reader_more, "readers"),
        (without_recovery, "recovery"),
        (a_chat_of_its_own, "compartments"),
        (office_notes, "compartments"),
        (of_another_ticket, "descriptor"),
        (an_item_elsewhere, "place"),
        (signed_by_another, "author"),
        (a_flipped_bit, "signature"),
        (greeting_again, "items"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_an_addition_is_refused_whole(keys: Office, change: Changed, reason: str) -> None:
    package = change(addition())
    before = Compartment.objects.count(), Envelope.objects.count()
    with pytest.raises(Refused, match=f"^{reason}$"), transaction.atomic():
        add(package)
    assert (Compartment.objects.count(), Envelope.objects.count()) == before


@pytest.mark.parametrize("gen", [1, 3])
def test_an_addition_carries_the_next_number_and_no_other(keys: Office, gen: int) -> None:
    with pytest.raises(Refused, match=r"^generation$"):
        add(addition(gen))


def test_a_statement_cannot_be_slipped_in_as_a_message(keys: Office) -> None:
    words = Words(ADDITION, 2, "browser", DAY, "pow2-4k")
    statement = seal(chat_of(keys), her().author, words, b"{}")
    with pytest.raises(Refused, match=r"^place$"):
        actions.keep_item(by=HER, subject=TICKET, comp="chat", item=statement, at=AT)


def test_a_subject_that_is_not_there_takes_no_addition(keys: Office) -> None:
    package = addition()
    with pytest.raises(Refused, match=r"^subject$"):
        actions.add(by=reporter("TDH-0000-0001"), addition=package, gen=2, team="asesmen", at=AT)


def test_an_addition_travels_as_a_form_field(keys: Office) -> None:
    package = addition()
    assert read_addition(package_as_field(package)) == package


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"compartments":[],"items":1}', "[" * 100_000])
def test_what_is_no_addition_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_addition(text)
