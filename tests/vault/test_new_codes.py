"""A new code for a ticket: what it opens, who may stand for it, and that the old one is over."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from teduh.audit.models import Row
from teduh.lib.actors import reporter as holder
from teduh.vault import actions, queries, reporter, suite, without_script
from teduh.vault.envelope import (
    Author,
    Compartment,
    Place,
    Words,
    make_compartment,
    seal,
    sign_statement,
    unwrap,
    wrap,
)
from teduh.vault.models import Envelope, Renewal, ReporterKey, Wrap
from teduh.vault.packages import (
    SealedCompartment,
    SealedRenewal,
    SealedWrap,
    SignedStatement,
    b64,
    compact,
    read_renewal,
)
from teduh.vault.rules import HELLO, RENEW, Refused
from tests.factories import MemberFactory
from tests.factories.reports import renewal_as_field
from tests.vault.reports import AT, CODE, DAY, TICKET, Office, chat_of, her, keep, message, sealed

pytestmark = pytest.mark.django_db
NEW, THIRD = CODE + 1, CODE + 2
HER = holder(TICKET)


@pytest.fixture
def keys(office: Office) -> Office:
    """The keys of the office, which has her report."""
    keep(sealed())
    return office


def changed(gen: int = 2, code: int = CODE, new: int = NEW) -> SealedRenewal:
    """The code that its holder puts in place of another, without script."""
    return without_script.seal_renewal(
        ticket=TICKET, code=code, new_code=new, team_code="asesmen", gen=gen, at=AT
    )


def renew(package: SealedRenewal, by: Any = HER, team: str = "asesmen") -> None:
    actions.renew(by=by, new=actions.NewCode(TICKET, team, package), at=AT)


def write(text: str, code: int, seq: int) -> None:
    """A message of hers under a code."""
    for item in without_script.seal_message(ticket=TICKET, code=code, text=text, seq=seq, at=AT):
        actions.keep_item(by=holder(TICKET), subject=TICKET, comp="chat", item=item, at=AT)


def thread(code: int) -> list[str]:
    return list(without_script.open_thread(ticket=TICKET, code=code).values())


def made_by(author: Author, orig: str = "browser", **other: object) -> SealedRenewal:
    """A new code with everything right but what is said otherwise."""
    own = her(code=NEW).keys
    taken = {"gen": 2, "subject": TICKET, "to": ("asesmen", "pemulihan", "own"), **other}
    chat = make_compartment(
        Place(settings.TEDUH_INSTANCE, str(taken["subject"]), "chat"), int(str(taken["gen"]))
    )
    readers = dict(
        zip(("asesmen", "pemulihan"), queries.readers("asesmen", AT.date()), strict=True)
    )
    readers["own"] = (own.box_kid, own.box_public)
    readers["stranger"] = ("asing.00000000", own.box_public)
    to = [readers[name] for name in taken["to"]]  # type: ignore[attr-defined]
    wraps = tuple(SealedWrap(kid, wrap(chat, kid, public)) for kid, public in to)
    hello = seal(
        chat, own.author, Words(HELLO, 0, orig, DAY, "pow2-4k", ""), compact({"ticket": TICKET})
    )
    said = {
        "v": 1,
        "inst": settings.TEDUH_INSTANCE,
        "ticket": TICKET,
        "gen": 2,
        "before": queries.newest_hello(TICKET),
        "hello": b64(suite.sha256(hello.hdr + hello.ct)),
        "day": DAY,
        "by": author.kid,
    }
    body = compact({**said, **{name: other[name] for name in said if name in other}})
    statement = SignedStatement(body, sign_statement(author.seed, RENEW, body))
    sealed_chat = SealedCompartment(chat.d, wraps, dict(json.loads(chat.d)))
    auth = reporter.auth_token(reporter.stretched(NEW, settings.TEDUH_INSTANCE, TICKET))
    return SealedRenewal(auth, own.box_public, own.sign_public, sealed_chat, hello, statement)


def test_her_new_code_reads_on_and_the_old_one_opens_nothing(keys: Office) -> None:
    write("Sebelum.", CODE, 1)
    renew(changed())
    write("Sesudah.", NEW, 2)
    assert thread(NEW) == ["Sebelum.", "Sesudah."]
    with pytest.raises(Refused):
        thread(CODE)
    old = her().keys.box_kid
    assert not Wrap.objects.filter(kid=old).exists()
    assert bytes(ReporterKey.objects.get().tanda) == her(code=NEW).keys.sign_public
    assert Row.objects.filter(verb="vault.renewed", by_code=TICKET).count() == 1


def test_a_code_may_be_changed_again_and_again(keys: Office) -> None:
    write("Satu.", CODE, 1)
    renew(changed())
    write("Dua.", NEW, 2)
    renew(changed(3, NEW, THIRD))
    write("Tiga.", THIRD, 3)
    assert thread(THIRD) == ["Satu.", "Dua.", "Tiga."]
    bodies = [json.loads(one.body) for one in queries.office_bundle(TICKET, {"asesmen"}).renewals]
    assert [one["gen"] for one in bodies] == [2, 3]
    assert bodies[0]["hello"] == bodies[1]["before"]


def test_a_code_the_office_gives_opens_only_what_comes_after(keys: Office) -> None:
    write("Sebelum.", CODE, 1)
    member = MemberFactory.create(code="melati")
    renew(made_by(keys.signer("melati"), "staff"), by=member.actor)
    chat = Wrap.objects.filter(kid__startswith="pelapor.").values_list(
        "compartment__gen", flat=True
    )
    assert list(chat) == [2]


def test_the_old_code_writes_no_more(keys: Office) -> None:
    late = message(chat_of(keys), her().author, "browser")
    renew(changed())
    for by, item in [
        (holder(TICKET), late),
        (
            MemberFactory.create(code="melati").actor,
            message(first_chat(keys), keys.signer("melati"), "staff"),
        ),
    ]:
        with pytest.raises(Refused, match="generation"):
            actions.keep_item(by=by, subject=TICKET, comp="chat", item=item, at=AT)


def first_chat(keys: Office) -> Compartment:
    """The chat that came with the report, as the team opens it."""
    bundle = queries.office_bundle(TICKET, {"asesmen"}, {"chat"})
    ((kid, w),) = bundle.compartments[0].wraps
    place = Place(bundle.inst, TICKET, "chat")
    return unwrap(bundle.compartments[0].d, kid, w, keys.team_seed("asesmen"), place)


STRANGER = Author("tanda-asing.00000000", b"\7" * 32)
WRONG: dict[str, tuple[dict[str, object], str]] = {
    "a skipped generation": ({"gen": 3}, "generation"),
    "another ticket": ({"subject": "TDH-0000-0000"}, "descriptor"),
    "a reader more": ({"to": ("asesmen", "pemulihan", "own", "stranger")}, "readers"),
    "no recovery": ({"to": ("asesmen", "own")}, "recovery"),
    "not to its holder": ({"to": ("asesmen", "pemulihan")}, "readers"),
    "after another hello": ({"before": "A" * 43}, "statement"),
    "a word for another ticket": ({"ticket": "TDH-0000-0000"}, "statement"),
    "another day": ({"day": "2026-11-25"}, "statement"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_fit_is_refused(keys: Office, name: str) -> None:
    other, reason = WRONG[name]
    before = counted()
    with pytest.raises(Refused, match=reason):
        renew(made_by(her().author, **other))
    assert counted() == before


@pytest.mark.parametrize(
    "author", [STRANGER, Author(her(code=NEW).author.kid, her(code=NEW).author.seed)]
)
def test_only_who_held_the_code_exchanges_it(keys: Office, author: Author) -> None:
    with pytest.raises(Refused, match="signature"):
        renew(made_by(author))
    posing = Author(her().author.kid, author.seed)
    with pytest.raises(Refused, match="signature"):
        renew(made_by(posing))


def test_a_member_stands_under_their_own_name_only(keys: Office) -> None:
    member = MemberFactory.create(code="melati")
    with pytest.raises(Refused, match="signature"):
        renew(made_by(keys.signer("cempaka"), "staff"), by=member.actor)
    with pytest.raises(Refused, match="origin"):
        renew(made_by(keys.signer("melati")), by=member.actor)
    with pytest.raises(Refused, match="readers"):
        renew(made_by(keys.signer("melati"), "staff"), by=member.actor, team="pendampingan")


def test_of_two_at_once_the_first_one_counts(keys: Office) -> None:
    first, second = changed(), changed(new=THIRD)
    renew(first)
    with pytest.raises(Refused, match="generation"):
        renew(second)


def test_nobody_exchanges_the_code_of_what_was_forgotten(
    keys: Office, django_capture_on_commit_callbacks: Any
) -> None:
    package = changed()
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(by=holder(TICKET), subject=TICKET, at=AT)
    with pytest.raises(Refused, match="subject"):
        renew(package)


def test_nothing_stays_when_it_is_rolled_back(keys: Office) -> None:
    before = counted()
    with transaction.atomic():
        renew(changed())
        transaction.set_rollback(True)
    assert counted() == before
    assert thread(CODE) == []


def counted() -> tuple[int, int, int, bytes]:
    """What a new code changes."""
    return (
        Renewal.objects.count(),
        Wrap.objects.count(),
        Envelope.objects.count(),
        bytes(ReporterKey.objects.get().tanda),
    )


def test_a_form_field_of_another_shape_is_refused(keys: Office) -> None:
    for text in ("", "{}", "[]", '{"auth":"AA"}'):
        with pytest.raises(Refused):
            read_renewal(text)
    package = changed()
    assert read_renewal(renewal_as_field(package)) == package
    with pytest.raises(Refused, match="size"):
        read_renewal(renewal_as_field(replace(package, kotak=b"short")))
