"""What the vault keeps, refuses, hands out and forgets."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from teduh.audit.models import Row
from teduh.lib.actors import COMMAND, reporter
from teduh.vault import actions, demo, queries, suite, units, without_script
from teduh.vault import office as making
from teduh.vault.envelope import (
    Author,
    Place,
    Words,
    make_compartment,
    seal,
    sign_statement,
    wrap,
)
from teduh.vault.models import (
    Acceptance,
    Compartment,
    Envelope,
    PublicKey,
    UnitKey,
    Wrap,
)
from teduh.vault.packages import (
    SealedCompartment,
    SealedItem,
    SealedPackage,
    SealedWrap,
    b64,
    compact,
    header_of,
    unb64,
)
from teduh.vault.rules import BODY, HELLO, Refused, kid_of
from tests.vault.reports import (
    AT,
    CODE,
    DAY,
    HER,
    STORY,
    TICKET,
    Office,
    chat_of,
    her,
    keep,
    melati,
    message,
    read,
    sealed,
    without,
)

pytestmark = pytest.mark.django_db

STRANGER = bytes(range(32))
Change = Callable[[SealedPackage], SealedPackage]


# --- a whole report --------------------------------------------------------------------------------


def test_a_report_opens_for_the_team_it_was_sealed_to(office: Office) -> None:
    assert keep(sealed()) == "asesmen"
    bundle = actions.hand_out(by=melati(), subject=TICKET, at=AT)
    seed, tanda = office.team_seed("asesmen"), her().keys.sign_public
    assert read(bundle, "intake.report.story", seed, tanda) == STORY
    assert read(bundle, "intake.report.name", seed, tanda) == "Contoh Mawar"


def test_a_report_gives_another_team_no_wrap(office: Office) -> None:
    keep(sealed())
    bundle = queries.office_bundle(TICKET, {"pendampingan"})
    assert [one.wraps for one in bundle.compartments] == [()] * 4
    assert not queries.may_open(Compartment.objects.get(comp="file"), {"pendampingan"})


def test_her_code_opens_her_chat_and_nothing_of_the_report(office: Office) -> None:
    keep(sealed())
    bundle = queries.reporter_bundle(TICKET)
    assert [one.comp for one in bundle.compartments] == ["chat"]
    assert not bundle.has("intake.report.story")
    keys = her().keys
    assert '"ticket":"TDH-7K2M-9QXR"' in read(bundle, HELLO, keys.box_seed, keys.sign_public)


def test_no_word_of_a_report_reaches_a_table(office: Office) -> None:
    keep(sealed())
    for model in (Compartment, Envelope, Wrap, UnitKey, Row):
        for row in model._default_manager.values_list():
            assert STORY.encode() not in b"".join(_bytes(value) for value in row)


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_keeping_and_reading_are_lines_of_the_trail(office: Office) -> None:
    keep(sealed())
    actions.hand_out(by=melati(), subject=TICKET, at=AT)
    trail = Row.objects.filter(subject=TICKET).order_by("number")
    assert [row.verb for row in trail] == ["vault.kept", "vault.read"]


def test_a_taken_ticket_is_never_written_over(office: Office) -> None:
    keep(sealed())
    with pytest.raises(IntegrityError), transaction.atomic():
        keep(sealed())
    assert Compartment.objects.count() == 4


def test_a_report_whose_transaction_fails_leaves_nothing(office: Office) -> None:
    with transaction.atomic():
        keep(sealed())
        transaction.set_rollback(True)
    assert not Compartment.objects.exists()
    assert not Wrap.objects.exists()
    assert not Row.objects.filter(verb="vault.kept").exists()


def rewrapped(package: SealedPackage, *kids: str) -> SealedPackage:
    """The package with the wraps of its first compartment under these names."""
    first, *rest = package.compartments
    wraps = tuple(SealedWrap(kid, first.wraps[0].w) for kid in kids)
    return replace(package, compartments=(replace(first, wraps=wraps), *rest))


def described(package: SealedPackage, **said: object) -> SealedPackage:
    """The package with a first descriptor that says something else."""
    first, *rest = package.compartments
    told = {**first.said, **said}
    changed = SealedCompartment(compact(told), first.wraps, told)
    return replace(package, compartments=(changed, *rest))


def with_item(package: SealedPackage, **changed: Any) -> SealedPackage:
    """The package with its first item changed."""
    first, *rest = package.items
    return replace(package, items=(replace(first, **changed), *rest))


def under_header(package: SealedPackage, **said: object) -> SealedPackage:
    """The package with its first item under another header."""
    hdr = compact({**package.items[0].said, **said})
    return with_item(package, hdr=hdr, said=header_of(hdr))


def one_more(package: SealedPackage) -> SealedPackage:
    """The package with a compartment nobody knows."""
    made = make_compartment(Place("tanjungpinang", TICKET, "medical"))
    extra = SealedCompartment(made.d, package.compartments[0].wraps, {"comp": "medical"})
    return replace(package, compartments=(*package.compartments, extra))


def two_hellos(package: SealedPackage) -> SealedPackage:
    """The package with its hello twice."""
    hello = next(item for item in package.items if item.what == HELLO)
    return replace(package, items=(*package.items, hello))


REFUSED: dict[str, tuple[Change, str]] = {
    "a compartment is missing": (lambda p: without(p, "file"), "compartments"),
    "a compartment too many": (one_more, "compartments"),
    "for another ticket": (lambda p: replace(p, ticket="TDH-0000-0000"), "descriptor"),
    "of another office": (lambda p: described(p, inst="kota-lain"), "descriptor"),
    "of a later generation": (lambda p: described(p, gen=2), "descriptor"),
    "without commitment": (lambda p: described(p, kc="AA"), "descriptor"),
    "without the team": (lambda p: rewrapped(p, p.compartments[0].wraps[1].kid), "readers"),
    "without recovery": (lambda p: rewrapped(p, p.compartments[0].wraps[0].kid), "recovery"),
    "for a stranger too": (
        lambda p: rewrapped(p, *(w.kid for w in p.compartments[0].wraps), "mata.00000000"),
        "readers",
    ),
    "twice for the same": (
        lambda p: rewrapped(p, *(w.kid for w in p.compartments[0].wraps[:1] * 2)),
        "readers",
    ),
    "a flipped ciphertext": (
        lambda p: with_item(p, ct=bytes([p.items[0].ct[0] ^ 1]) + p.items[0].ct[1:]),
        "signature",
    ),
    "another item's signature": (lambda p: with_item(p, sig=p.items[1].sig), "signature"),
    "no signature": (lambda p: with_item(p, sig=b""), "signature"),
    "another day": (lambda p: under_header(p, day="2020-01-01"), "signature"),
    "another author": (lambda p: under_header(p, by="tanda-melati.00000000"), "author"),
    "another compartment": (lambda p: under_header(p, cmp="A" * 43), "place"),
    "a field of the other compartment": (
        lambda p: under_header(p, what="intake.report.name"),
        "place",
    ),
    "a field nobody asked for": (lambda p: under_header(p, what="intake.report.salary"), "items"),
    "a message": (lambda p: under_header(p, what="chat.message.text"), "items"),
    "a file that is no file": (lambda p: under_header(p, what=BODY), "place"),
    "staff's label": (lambda p: under_header(p, orig="staff"), "origin"),
    "the browser's label": (lambda p: under_header(p, orig="browser"), "origin"),
    "not padded": (lambda p: with_item(p, ct=p.items[0].ct[:500]), "size"),
    "padded as a message": (lambda p: under_header(p, pad="chat-1k"), "size"),
    "two hellos": (two_hellos, "hello"),
    "no hello": (lambda p: replace(p, items=p.items[:-1]), "hello"),
    "an item twice": (lambda p: replace(p, items=(p.items[0], *p.items)), "items"),
    "another signing key": (lambda p: replace(p, tanda=suite.sign_public(STRANGER)), "author"),
    "another box": (lambda p: replace(p, kotak=suite.box_public(STRANGER)), "readers"),
}


@pytest.mark.parametrize(("change", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_report_is_refused_whole(office: Office, change: Change, reason: str) -> None:
    package = change(sealed())
    with pytest.raises(Refused, match=f"^{reason}$"):
        keep(package)
    assert not Compartment.objects.exists()
    assert not Envelope.objects.exists()
    assert not Row.objects.filter(verb="vault.kept").exists()


def test_a_report_of_two_teams_is_refused(office: Office) -> None:
    mine = sealed()
    theirs = without_script.seal_report(
        ticket=TICKET, code=CODE, answers={}, files=[], team_code="pendampingan", at=AT
    )
    mixed = (*mine.compartments[:2], *theirs.compartments[2:])
    with pytest.raises(Refused, match="readers"):
        keep(replace(mine, compartments=mixed))


# --- keys that are taken ---------------------------------------------------------------------------


def test_the_epoch_before_is_taken_for_seven_days(office: Office) -> None:
    package = sealed()
    start_new_epoch("asesmen", STRANGER)
    with transaction.atomic():
        assert keep(package, AT + timedelta(days=7)) == "asesmen"
        transaction.set_rollback(True)
    with pytest.raises(Refused, match="readers"):
        keep(package, AT + timedelta(days=8))


def start_new_epoch(team: str, seed: bytes) -> None:
    """A new epoch of a team and a manifest that lists it."""
    making.start_epoch(team, {}, seed, AT.date())
    making.sign_manifest("melati", demo.seed("sign:melati"), demo.seed("root"), AT.date())


def test_a_key_no_manifest_lists_is_never_offered(office: Office) -> None:
    before = queries.team_key("asesmen")
    plant("tim-asesmen-202611", "team", "asesmen")
    assert queries.team_key("asesmen") == before
    assert "asesmen" in queries.taken(AT.date()).teams.values()


def plant(name: str, kind: str, owner: str) -> PublicKey:
    """A key of somebody who writes into the database."""
    public = suite.box_public(STRANGER)
    return PublicKey.objects.create(
        kid=kid_of(name, suite.sha256(public)),
        kind=kind,
        owner=owner,
        public=public,
        since=AT.date(),
    )


@pytest.mark.parametrize("kind", ["team", "recovery"])
def test_the_server_does_not_seal_to_a_swapped_key(office: Office, kind: str) -> None:
    PublicKey.objects.filter(kind=kind).update(public=suite.box_public(STRANGER))
    with pytest.raises(Refused, match="key"):
        sealed()


def test_the_server_does_not_seal_to_a_planted_recovery_key(office: Office) -> None:
    plant("pemulihan", "recovery", "")
    with pytest.raises(Refused, match="key"):
        sealed()


def test_the_server_does_not_seal_under_another_root(office: Office, settings: Settings) -> None:
    settings.TEDUH_ROOT_PUBLIC = b64(suite.sign_public(STRANGER))
    with pytest.raises(Refused, match="cert"):
        sealed()


def test_reports_are_sealed_for_90_days_after_the_manifest_ended(office: Office) -> None:
    assert sealed(at=AT + timedelta(days=35 + 90))
    with pytest.raises(Refused, match="date"):
        sealed(at=AT + timedelta(days=35 + 91))


# --- later items -----------------------------------------------------------------------------------


def keep_item(item: SealedItem, by: Any = HER, comp: str = "chat") -> None:
    """Keep one more item."""
    actions.keep_item(by=by, subject=TICKET, comp=comp, item=item, at=AT)


def test_both_sides_write_into_the_chat(office: Office) -> None:
    keep(sealed())
    chat = chat_of(office)
    keep_item(message(chat, her().author, "browser"))
    keep_item(message(chat, office.signer("melati"), "staff"), by=melati().actor)
    assert len(queries.reporter_bundle(TICKET).of("chat.message.text")) == 2
    assert list(without_script.open_thread(ticket=TICKET, code=CODE).values()) == ["Halo."] * 2


def test_nobody_writes_under_another_name(office: Office) -> None:
    keep(sealed())
    chat, member = chat_of(office), melati().actor
    staff, own = office.signer("melati"), her().author
    for item, by, reason in (
        (message(chat, own, "staff"), member, "author"),
        (message(chat, office.signer("cempaka"), "staff"), member, "author"),
        (message(chat, Author(staff.kid, own.seed), "staff"), member, "signature"),
        (message(chat, staff, "browser"), HER, "author"),
        (message(chat, Author(own.kid, staff.seed), "browser"), HER, "signature"),
        (message(chat, own, "browser"), reporter("TDH-0000-0000"), "author"),
        (message(chat, staff, "browser"), member, "origin"),
        (message(chat, own, "staff"), HER, "origin"),
        (message(chat, own, "browser"), COMMAND, "origin"),
    ):
        with pytest.raises(Refused, match=f"^{reason}$"):
            keep_item(item, by=by)
    assert not Row.objects.filter(verb="vault.item_kept").exists()


def test_an_item_out_of_place_is_refused(office: Office) -> None:
    keep(sealed())
    chat, own = chat_of(office), her().author
    elsewhere = make_compartment(Place("tanjungpinang", TICKET, "chat"))
    item = message(chat, own, "browser")
    keep_item(item)
    for wrong, comp, reason in (
        (item, "chat", "again"),
        (message(elsewhere, own, "browser"), "chat", "place"),
        (message(chat, own, "browser"), "file", "place"),
        (message(chat, own, "browser", what=HELLO), "chat", "place"),
        (message(chat, own, "browser"), "medical", "subject"),
        (
            seal(chat, own, Words("chat.message.text", 2, "browser", DAY, "pow2-4k"), b"a"),
            "chat",
            "size",
        ),
    ):
        with pytest.raises(Refused, match=f"^{reason}$"):
            keep_item(wrong, comp=comp)


# --- acceptance ------------------------------------------------------------------------------------


def acceptance(office: Office, member: str = "melati", **changed: object) -> str:
    """A member's signature of the hello that is kept."""
    by = office.signer(member)
    told = {"v": 1, "ticket": TICKET, "hello": queries.hello_hash(TICKET), "by": by.kid, **changed}
    body = compact(told)
    sig = sign_statement(by.seed, "teduh/v1/accept", body)
    return compact({"body": b64(body), "sig": b64(sig), "by": by.kid}).decode()


def test_the_first_acceptance_stays(office: Office) -> None:
    keep(sealed())
    member = melati()
    actions.accept(by=member, subject=TICKET, acceptance=acceptance(office), at=AT)
    first = Acceptance.objects.get()
    actions.accept(by=member, subject=TICKET, acceptance=acceptance(office), at=AT)
    assert Acceptance.objects.get().pk == first.pk
    assert Row.objects.filter(verb="vault.accepted").count() == 1
    told = queries.office_bundle(TICKET, set()).accept
    assert told is not None
    assert unb64(told["body"]) == bytes(first.body)


def test_an_acceptance_of_something_else_is_refused(office: Office) -> None:
    keep(sealed())
    member = melati()
    for wrong in (
        acceptance(office, hello="A" * 43),
        acceptance(office, ticket="TDH-0000-0000"),
        acceptance(office, by="tanda-cempaka.00000000"),
        acceptance(office, v=2),
        acceptance(office, "cempaka"),
        "{}",
        "",
        "[" * 100_000,
    ):
        with pytest.raises(Refused, match="acceptance"):
            actions.accept(by=member, subject=TICKET, acceptance=wrong, at=AT)
    assert not Acceptance.objects.exists()


# --- forgetting ------------------------------------------------------------------------------------


def test_what_is_forgotten_opens_for_nobody_nor_from_a_backup(
    office: Office, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    keep(sealed())
    backup = list(Wrap.objects.all())
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(by=COMMAND, subject=TICKET, at=AT)
    assert not Wrap.objects.exists()
    Wrap.objects.bulk_create(backup)
    assert [one.wraps for one in queries.office_bundle(TICKET, {"asesmen"}).compartments] == [
        ()
    ] * 4
    assert queries.reporter_bundle(TICKET).compartments[0].wraps == ()
    for comp in ("identity", "narrative", "file", "chat"):
        assert units.find(units.unit_of(TICKET, comp)) is None
    assert Row.objects.filter(verb="vault.forgotten", subject=TICKET).count() == 1


def test_forgetting_that_is_taken_back_destroys_nothing(office: Office) -> None:
    keep(sealed())
    with transaction.atomic():
        actions.forget(by=COMMAND, subject=TICKET, at=AT)
        transaction.set_rollback(True)
    assert units.find(units.unit_of(TICKET, "chat"))


def test_forgetting_one_subject_leaves_the_others(
    office: Office, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    keep(sealed())
    other = "TDH-0000-0001"
    keep(sealed(ticket=other))
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(by=COMMAND, subject=other, at=AT)
    assert all(one.wraps for one in queries.office_bundle(TICKET, {"asesmen"}).compartments)


def test_a_wrap_moved_to_another_row_is_refused(office: Office) -> None:
    keep(sealed())
    one, two = Wrap.objects.filter(kid__startswith="tim-asesmen").order_by("pk")[:2]
    Wrap.objects.filter(pk=two.pk).update(stored=one.stored)
    with pytest.raises(suite.CannotOpen):
        queries.office_bundle(TICKET, {"asesmen"})


def test_a_wrap_planted_with_the_unit_key_is_refused_by_its_reader(office: Office) -> None:
    """Even somebody with both databases cannot make staff write under a key of their own."""
    keep(sealed())
    row = Compartment.objects.get(comp="chat")
    kid = Wrap.objects.get(compartment=row, kid__startswith="tim-asesmen").kid
    known = replace(make_compartment(Place("tanjungpinang", TICKET, "chat")), d=bytes(row.d))
    unit = units.find(units.unit_of(TICKET, "chat"))
    assert unit
    planted = wrap(known, kid, suite.box_public(office.team_seed("asesmen")))
    stored = suite.enclose(unit, planted, suite.sha256(bytes(row.d)) + kid.encode())
    Wrap.objects.filter(compartment=row, kid=kid).update(stored=stored)
    with pytest.raises(Refused, match="key"):
        chat_of(office)
