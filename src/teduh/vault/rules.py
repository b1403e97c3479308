"""Decisions about sealed things: pure functions."""

from datetime import date, datetime, timedelta
from enum import StrEnum

PREVIOUS_EPOCH_DAYS = 7  # sealing.md 10: the server takes the previous epoch that long
LATE_EPOCH_DAYS = 45  # and for what waited on a phone: well before old epochs end (decisions/0036)
REPORTERS_GRACE_DAYS = 90  # sealing.md 3: reporters may seal to an expired manifest that long
HUMAN_MINUTES = 10  # sealing.md 3: the tab key is given that long after a human request
SERIAL_DIGITS = 10  # a newer serial number makes a keyring longer by this at most
KEPT_DAYS = 7  # what was taken from somebody is destroyed after that; until then it can come back
REWRAP_AFTER_DAYS = 60  # sealing.md 10: so long after its end an epoch's wraps are made anew
ARCHIVE_AFTER_DAYS = 60  # so long after its case ended a subject goes to the archive; a proposal
SIDES = ("a", "b")  # of the archive: of each pair of halves, one
OWN_WORDS = ("identity", "narrative")  # of a report, what its filer may read again: never a file
OWN_WORDS_DAYS = ARCHIVE_AFTER_DAYS  # for so long: it is over before any of it can be archived
SETTLED_DAYS = 7  # after a new wrap was opened: every backup of unit keys then knows it
PARTS_AT_ONCE = 40  # compartments that a browser wraps or opens in one step: about a second
KEYRING_SECONDS = 120  # after an unlock, once, its keyring may be closed again
UNLOCKS_A_DAY, UNLOCKS_ALARM = 60, 30  # sealing.md 3
LINK_DAYS = 7  # a link that nobody opens ends then; a proposal
LINK_OPEN = timedelta(hours=24)  # so long after its first opening it opens again; a proposal
LINK_TRIES = 5  # sealing.md 9: wrong proofs that close a link
NEW_REPORT = ("identity", "narrative", "file", "chat")  # compartments of a new report
ADDED = ("identity", "narrative", "file")  # compartments an addition may make
NEW_CASE = ("identity", "care", "medical", "legal", "work")  # compartments of a case
PARTS = (
    tuple(  # of the shared assessment of a case, each made when it is first written (decision 29)
        f"part-{name}"
        for name in ("bio", "psych", "social", "spiritual", "legal", "disability", "needs")
    )
)
NEW_CALL = ("draft",)  # of a call: what an officer has written so far (decision 34)
CALL, CALL_DRAFT = "TLP-", "intake.call.draft"
CASE_ITEMS = 32  # most items that one form of a case brings
REPORT_ITEMS = 64  # most items of a new report, and of an addition, beside its files
# Of a form without script: 100 files (web.uploads), of a photo with its copy two bodies, two cards.
FORM_ITEMS = REPORT_ITEMS + 4 * 100
TAG = 16  # bytes that sealing adds to an item, and to each chunk of a file
SMALLEST, LARGEST = 4096, 256 * 1024  # bytes of a padded item before sealing, powers of two
FIXED = {"chat-1k": 1024, "card-256": 256}  # bytes of an item of fixed size before sealing
PIECE_MOST = 16 * (65_536 + TAG)  # bytes of one piece of a file
FILE_MOST = 26_250_000  # bytes of ciphertext: 25 MB and its tags
RESUME = 32 + TAG  # bytes of a file's content key, sealed to its sender and to the file itself
UNFINISHED_DAYS = 7  # without a new piece; then what came is cleared (decision 17)
UNFINISHED_SHOWN = 20  # unfinished files that a ticket's page is told of

CARDS_AT_ONCE = 1_000  # of a search, in one answer: about 900 KB
BOX_KEY, SIGN_KEY = "member", "sign"  # kinds of a member's public keys
HELLO, MESSAGE = "chat.thread.hello", "chat.message.text"
ADDITION = "chat.thread.addition"  # her statement that names compartments made later
RENEW = "teduh/v1/renew"  # the label under which one hello is said to follow another
BODY, CARD = "intake.evidence.body", "intake.evidence.card"
SENT, SENT_CARD = (
    "chat.file.body",
    "chat.file.card",
)  # of the office, in a conversation (decision 43)
SENT_MOST = 10 * 1024 * 1024  # bytes of ciphertext: what one form of the office can bring
SAVED_AS = "berkas"  # the name of a file of ours on her phone, with one of these endings or none
ENDINGS = frozenset({"pdf", "jpg", "png", "txt", "docx", "odt", "xlsx", "ods"})
AS_SENT, CLEANED = 0, 1  # seq of a file: as it was sent; a picture drawn anew, without camera data
LIST, LIST_CARD = "list", "intake.report.card"  # what a list shows of a report (sealing.md 13)
IDENTITY = frozenset(
    {"name", "contact_how", "contact_when", "contact_words", "unsafe_officer", "companion"}
)
NARRATIVE = frozenset(
    {
        *("story", "who_did", "where_note", "needs_note", "hopes", "access_needs", "child_voice"),
        "reference",
    }
)
IN_A_REPORT = frozenset(
    {HELLO, BODY, CARD, *(f"intake.report.{name}" for name in IDENTITY | NARRATIVE)}
)
IN_AN_ADDITION = IN_A_REPORT - {HELLO} | {ADDITION}
# Which compartment of a case holds a field of `cases` or `records`: model.field -> compartment.
CASES = {
    "person.card": "identity",
    "risk.answers": "care",
    "safety.plan": "care",
    "plan.wishes": "care",
    "goal.text": "care",
    "review.note": "care",
    "assessment.bio": "part-bio",
    "assessment.psych": "part-psych",
    "assessment.social": "part-social",
    "assessment.spiritual": "part-spiritual",
    "assessment.legal": "part-legal",
    "assessment.disability": "part-disability",
    "assessment.needs": "part-needs",
    "session.note": "part-psych",
    "protection.note": "legal",
    "justice.note": "legal",
    "visum.letter": "legal",
    "custody.mark": "legal",
    "health.result": "medical",
    "police_letter.number": "legal",
    "note.text": "work",
    "contact.note": "work",
    "task.text": "work",
    "incident.note": "work",
    "closure.note": "work",
    "conflict.note": "work",
    "request.note": "work",
    "breach.words": "work",
    "arrival.text": "work",
    "letter.text": "work",
    "care.note": "care",
    "care.legal_note": "legal",
    "takedown.address": "legal",
    "beneficiary.name": "work",
    "support.note": "work",
    "stay.place": "work",
    "measure.answers": "part-psych",
    "psych.note": "part-psych",
    "item.wishes": "care",
    "item.minutes": "work",
    "danger.note": "care",
    "contribution.legal": "legal",
    "contribution.medical": "medical",
    "contribution.care": "care",
    "contribution.work": "work",
    "decision.legal": "legal",
    "decision.medical": "medical",
    "decision.care": "care",
    "decision.work": "work",
}
OF_A_CASE = frozenset(
    {"cases", "records", "services", "conferences"}
)  # rooms that write into a case
VOUCHED = {"cases.risk.answers": "teduh/v1/risk"}  # label of what is told openly about an item


class Refused(Exception):
    """Sealed bytes the vault does not take. The reason is a code, never content."""


class Tried(StrEnum):
    """What became of a proof of a link and its words."""

    OPEN = "open"
    WRONG = "wrong"
    SPENT = "spent"  # wrong once too often: the link is to end
    ELSEWHERE = "elsewhere"  # right, but another device has opened it first
    OVER = "over"


class Locked(Exception):
    """No share or key is handed out to this session now."""


def kid_of(name: str, digest: bytes) -> str:
    """The name of a key: who, and the first 8 hex of the SHA-256 of its public part."""
    return f"{name}.{digest.hex()[:8]}"


def compartment_of(what: str) -> str:
    """The compartment in which a field lies. Raises Refused for what is no field."""
    parts = what.split(".")
    if len(parts) != 3:
        raise Refused("place")
    if what == LIST_CARD:
        return LIST
    if what == CALL_DRAFT:
        return NEW_CALL[0]
    room, model, name = parts
    if room in OF_A_CASE:
        found = CASES.get(f"{model}.{name}")
        if found is None:
            raise Refused("place")
        return found
    if room == "chat":
        return "chat"
    if model == "evidence":
        return "file"
    return "identity" if name in IDENTITY else "narrative"


def rewrap_due(ended: date, day: date) -> bool:
    """Whether what is wrapped to an epoch that ended on that day must be wrapped anew."""
    return (day - ended).days >= REWRAP_AFTER_DAYS


def is_case(subject: str) -> bool:
    """Whether a subject is a case, a breach or a call: an officer's browser makes its compartments."""
    return subject.startswith(("KSS-", "BCR-", CALL))


def is_ticket(subject: str, comp: str) -> bool:
    """Whether a compartment is a report's, which its reporter made."""
    return comp != LIST and not is_case(subject)


def compartments_of(subject: str) -> tuple[str, ...]:
    """The compartments with which a subject begins."""
    if subject.startswith(CALL):
        return NEW_CALL
    return NEW_CASE if is_case(subject) else NEW_REPORT


def belongs(what: str, subject: str) -> bool:
    """Whether a field is one of this kind of subject: a case keeps no report, a ticket no case."""
    by_staff = what == CALL_DRAFT or what.split(".")[0] in OF_A_CASE
    return by_staff == is_case(subject)


def pad_of(what: str) -> str:
    """How an item of this kind hides its length (sealing.md 5)."""
    return {MESSAGE: "chat-1k", BODY: "none", SENT: "none", LIST_CARD: "card-256"}.get(
        what, "pow2-4k"
    )


def saved_as(name: str) -> str:
    """The name under which her phone keeps a file of ours: it tells what opens it, and nothing else."""
    ending = name.rpartition(".")[2].lower()
    return f"{SAVED_AS}.{ending}" if ending in ENDINGS else SAVED_AS


def link_until(opened: datetime) -> datetime:
    """The hour from which a link that was opened first then opens no more."""
    return opened + LINK_OPEN


def list_of(team: str, day: date) -> str:
    """The name of a team's list of one month; cards are sealed under it (sealing.md 13)."""
    return f"{team}.{day:%Y-%m}"


def fits(pad: str, size: int) -> bool:
    """Whether `size` bytes of ciphertext are an item padded so; a file body is not padded."""
    plain = size - TAG
    if pad == "none":
        return 0 <= plain <= FILE_MOST
    if pad in FIXED:
        return plain == FIXED[pad]
    return pad == "pow2-4k" and SMALLEST <= plain <= LARGEST and plain & (plain - 1) == 0


def origins_of(kind: str) -> frozenset[str]:
    """The labels of origin an item may carry, by the kind of hand that brings it."""
    return {"member": frozenset({"staff"}), "reporter": frozenset({"browser", "server"})}.get(
        kind, frozenset()
    )
