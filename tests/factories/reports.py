"""Reports as they come in without script, sealed to a team that has its keys."""

import itertools
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from teduh.access.models import Member, Team
from teduh.intake import actions
from teduh.intake.answers import Answers
from teduh.intake.models import Report
from teduh.intake.words import Channel
from teduh.lib.codes import CROCKFORD
from teduh.vault import actions as vault
from teduh.vault import demo, office, queries, reporter, rules, suite, without_script
from teduh.vault.envelope import (
    Author,
    Compartment,
    Place,
    Words,
    make_compartment,
    seal,
    seal_file,
)
from teduh.vault.keywork import MadeList
from teduh.vault.models import PublicKey
from teduh.vault.packages import (
    SealedAddition,
    SealedFile,
    SealedItem,
    SealedPackage,
    SealedRenewal,
    b64,
    compact,
)

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 1)
CODE = 7_431_916_255_073_388  # a secret code; what it spells is of no matter
STORY = "intake.report.story"
_numbers = itertools.count()


def keys_for(*teams: Team) -> None:
    """An epoch for each team, the recovery key, the signed list: what sealing a report needs."""
    for team in teams:
        office.start_epoch(team.code, {}, suite.sha256(team.code.encode()), DAY)
    office.recovery_key(suite.sha256(b"recovery of a test"), DAY)
    sign_list()


def sign_list() -> None:
    """The list of all keys there are now, signed."""
    office.sign_manifest("uji", suite.sha256(b"key officer of a test"), demo.seed("root"), DAY)


def ticket_number() -> str:
    """A ticket nobody has yet."""
    number, symbols = next(_numbers), ""
    for _place in range(4):
        number, rest = divmod(number, len(CROCKFORD))
        symbols = CROCKFORD[rest] + symbols
    return f"TDH-9999-{symbols}"


def sealed_report(
    team: Team,
    *,
    ticket: str = "",
    code: int = CODE,
    written: Mapping[str, str] | None = None,
    files: Sequence[without_script.File] = (),
) -> SealedPackage:
    """A report, sealed as the path without script does."""
    return without_script.seal_report(
        ticket=ticket or ticket_number(),
        code=code,
        answers={STORY: "Contoh cerita."} if written is None else written,
        files=files,
        team_code=team.code,
        at=AT,
    )


def filed_package(
    team: Team,
    *,
    ticket: str = "",
    code: int = CODE,
    written: Mapping[str, str] | None = None,
) -> SealedPackage:
    """A report as an officer's browser seals it for somebody: `orig: staff`, signed by her own key."""
    ticket = ticket or ticket_number()
    stem = reporter.stretched(code, settings.TEDUH_INSTANCE, ticket)
    her = reporter.keys(stem, reporter.relay(settings.TEDUH_SERVER_SECRET, ticket))
    to = queries.readers(team.code, DAY)
    own = [*to, (her.box_kid, her.box_public)]
    made = {
        comp: make_compartment(Place(settings.TEDUH_INSTANCE, ticket, comp))
        for comp in rules.NEW_REPORT
    }
    hello = {
        "ticket": ticket,
        "kotak": b64(her.box_public),
        "tanda": b64(her.sign_public),
        "d": [one.cmp for one in made.values()],
    }
    answers = {STORY: "Contoh cerita."} if written is None else written
    told = {what: text.encode() for what, text in answers.items()}
    told[rules.HELLO] = compact(hello)
    return SealedPackage(
        ticket,
        reporter.auth_token(stem),
        her.box_public,
        her.sign_public,
        tuple(
            without_script.wrapped(one, own if comp == "chat" else to) for comp, one in made.items()
        ),
        tuple(
            seal(
                made[rules.compartment_of(what)],
                her.author,
                Words(what, 0, "staff", str(DAY), "pow2-4k"),
                text,
            )
            for what, text in told.items()
        ),
        "staff",
    )


def received(team: Team, *, code: int = CODE, at: datetime = AT, **answers: str) -> Report:
    """A report that was received by a team with keys."""
    return actions.receive(
        answers=Answers(**{"door": "self", **answers}),
        package=sealed_report(team, code=code),
        rights_version="2026-01-01",
        flood=False,
        at=at,
    )


def asked(
    team: Team, *, danger: str = "", text: str = "Contoh pertanyaan.", at: datetime = AT
) -> Report:
    """A question that began a conversation."""
    package, words = without_script.seal_question(
        ticket=ticket_number(), code=CODE, text=text, team_code=team.code, at=at
    )
    return actions.receive(
        answers=Answers(door="ask", danger=danger),
        package=package,
        words=words,
        channel=Channel.CHAT,
        rights_version="2026-01-01",
        flood=False,
        at=at,
    )


def message_of(report: Report, member: Member, text: str, *, seq: int = 1) -> SealedItem:
    """A message of the office to the holder of the ticket, signed by this member."""
    return seal(
        chat_of(report),
        signer(member),
        Words("chat.message.text", seq, "staff", str(DAY), "chat-1k", ""),
        text.encode(),
    )


def file_of(
    report: Report, member: Member, body: bytes, *, name: str = "contoh.pdf", seq: int = 1
) -> SealedFile:
    """A file that goes with such a message, sealed as this member's browser does it."""
    chat, by = chat_of(report), signer(member)
    sealed = seal_file(chat, by, Words(rules.SENT, seq, "staff", str(DAY), "none"), body)
    card = compact(
        {
            "item": sealed.item,
            "name": name,
            "type": "application/pdf",
            "size": len(body),
            "sha256": b64(suite.sha256(body)),
            "ct_sha256": b64(suite.sha256(sealed.ct)),
            "at": AT.isoformat(),
        }
    )
    about = Words(rules.SENT_CARD, seq, "staff", str(DAY), "pow2-4k")
    return SealedFile(seal(chat, by, about, card), sealed)


def file_as_form(file: SealedFile) -> dict[str, Any]:
    """The same as a form brings it."""
    body = SimpleUploadedFile("body", file.body.ct, "application/octet-stream")
    return {"card": as_field(file.card), "hdr": b64(file.body.hdr), "body": body}


def chat_of(report: Report, code: int = CODE) -> Compartment:
    """The open chat compartment of a report."""
    return without_script.her_thread(report.ticket.number, code).chat


def signer(member: Member) -> Author:
    """The member's signing key, which the signed list names."""
    seed = suite.sha256(b"sign of a test" + member.code.encode())
    office._public(f"tanda-{member.code}", "sign", member.code, suite.sign_public(seed), DAY)
    if not any(one["kid"].startswith(f"tanda-{member.code}.") for one in queries.listed_entries()):
        sign_list()
    return Author(PublicKey.objects.get(kind="sign", owner=member.code).kid, seed)


def carded(report: Report, member: Member, name: str = "Contoh Nama", *, at: datetime = AT) -> None:
    """Put a report's card into its team's list; needs the keys of the demo office."""
    number = report.ticket.number
    card, made = demo.seal_card(
        subject=number, team=report.team_code, member=member.code, name=name, at=at
    )
    vault.keep_card(by=member, team=report.team_code, subject=number, card=card, made=made, at=at)


def as_field(item: SealedItem) -> str:
    """An envelope as a form field."""
    return compact({"hdr": b64(item.hdr), "ct": b64(item.ct), "sig": b64(item.sig)}).decode()


def list_as_field(made: MadeList | None) -> str:
    """A new list as a form field."""
    if made is None:
        return ""
    only = {"kid": made.wrap.kid, "w": b64(made.wrap.w)}
    return compact({"d": b64(made.d), "by": made.by, "sig": b64(made.sig), "wrap": only}).decode()


def report_as_field(package: SealedPackage) -> str:
    """A whole report as a form field."""
    named = {name: getattr(package, name) for name in ("auth", "kotak", "tanda")}
    told = {name: b64(value) for name, value in named.items()}
    return compact({"v": 1, "ticket": package.ticket, **told, **_spelled(package)}).decode()


def package_as_field(package: SealedAddition) -> str:
    """An addition as a form field."""
    return compact(_spelled(package)).decode()


def renewal_as_field(package: SealedRenewal) -> str:
    """A new code as a form field."""
    named = {name: getattr(package, name) for name in ("auth", "kotak", "tanda")}
    wraps = [{"kid": one.kid, "w": b64(one.w)} for one in package.chat.wraps]
    hello, statement = package.hello, package.statement
    told = {
        **{name: b64(value) for name, value in named.items()},
        "chat": {"d": b64(package.chat.d), "wraps": wraps},
        "hello": {"hdr": b64(hello.hdr), "ct": b64(hello.ct), "sig": b64(hello.sig)},
        "statement": {"body": b64(statement.body), "sig": b64(statement.sig)},
    }
    return compact(told).decode()


def _spelled(package: SealedAddition | SealedPackage) -> dict[str, object]:
    return {
        "compartments": [
            {"d": b64(one.d), "wraps": [{"kid": w.kid, "w": b64(w.w)} for w in one.wraps]}
            for one in package.compartments
        ],
        "items": [
            {"hdr": b64(item.hdr), "ct": b64(item.ct), "sig": b64(item.sig)}
            for item in package.items
        ],
    }


def spelled(package: SealedPackage) -> str:
    """A package as a browser sends it."""
    told = {
        "v": 1,
        "ticket": package.ticket,
        "auth": b64(package.auth),
        "kotak": b64(package.kotak),
        "tanda": b64(package.tanda),
        "compartments": [
            {"d": b64(one.d), "wraps": [{"kid": w.kid, "w": b64(w.w)} for w in one.wraps]}
            for one in package.compartments
        ],
        "items": [
            {"hdr": b64(item.hdr), "ct": b64(item.ct), "sig": b64(item.sig)}
            for item in package.items
        ],
    }
    return compact(told).decode()
