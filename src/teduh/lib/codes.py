"""Tickets: short, speakable, unguessable numbers."""

import re
import secrets

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TICKET_SYMBOLS = 8  # 40 random bits (sealing.md 4)
CASE = "KSS"  # before the code of a case, as TDH before a ticket
BREACH = "BCR"  # before the code of a breach of data
TRANSFER = "ALH"  # and of a case that goes to another office
CALL = "TLP"  # and of a call on the hotline
LETTER = "SRT"  # and of a letter of the office
PROVIDER = "PYD"  # and of one that gives services
REFERRAL = "RJK"  # and of a referral
CARE = "PDP"  # and of help that goes on over time
HEARING = "SDG"  # and of a hearing or legal deadline
ORDER = "PLK"  # and of medical care
SUPPORT = "DKG"  # and of economic support
STAY = "TGL"  # and of a stay in a shelter
VISIT = "KJG"  # and of a one-stop visit
SESSION = "KNS"  # and of a counselling session
MEETING = "RPT"  # and of a meeting of agencies
DECISION = "KPT"  # and of what one decided
_TICKET = re.compile(r"^TDH-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$")
_CASE = re.compile(r"^KSS-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$")
_BREACH = re.compile(r"^BCR-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$")
_TRANSFER = re.compile(r"^ALH-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$")
_CALL = re.compile(r"^TLP-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$")
_PROVIDER = re.compile(r"^PYD-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$")
_REFERRAL = re.compile(r"^RJK-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$")
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_ticket() -> str:
    """A fresh ticket `TDH-XXXX-XXXX` of 40 random bits; never sequential, not secret."""
    return _spell("".join(secrets.choice(CROCKFORD) for _ in range(TICKET_SYMBOLS)))


def new_case() -> str:
    """A fresh code `KSS-XXXX-XXXX` of a case, drawn like a ticket: its pseudonym among offices."""
    return _spell("".join(secrets.choice(CROCKFORD) for _ in range(TICKET_SYMBOLS)), CASE)


def new_breach() -> str:
    """A fresh code `BCR-XXXX-XXXX` of a breach of data, drawn like a ticket."""
    return _spell("".join(secrets.choice(CROCKFORD) for _ in range(TICKET_SYMBOLS)), BREACH)


def is_breach(text: str) -> bool:
    """Whether a text is the code of a breach, in its one spelling."""
    return bool(_BREACH.match(text))


def new_transfer() -> str:
    """A fresh code `ALH-XXXX-XXXX` of a transfer: two offices name it so, and it names nobody."""
    return _spell("".join(secrets.choice(CROCKFORD) for _ in range(TICKET_SYMBOLS)), TRANSFER)


def new_call() -> str:
    """A fresh code `TLP-XXXX-XXXX` of a call, drawn like a ticket; it is told to nobody outside."""
    return _spell("".join(secrets.choice(CROCKFORD) for _ in range(TICKET_SYMBOLS)), CALL)


def new_letter() -> str:
    """A fresh code `SRT-XXXX-XXXX` of a letter; the number it is sent under comes later."""
    return _spell("".join(secrets.choice(CROCKFORD) for _ in range(TICKET_SYMBOLS)), LETTER)


def new_provider() -> str:
    """A fresh code `PYD-XXXX-XXXX` of a provider of services, drawn like a ticket."""
    return _spell("".join(secrets.choice(CROCKFORD) for _ in range(TICKET_SYMBOLS)), PROVIDER)


def is_provider(text: str) -> bool:
    """Whether a text is the code of a provider."""
    return bool(_PROVIDER.match(text))


def new_visit() -> str:
    """A fresh code `KJG-XXXX-XXXX` of a one-stop visit: stations know it by this, not by the case."""
    return _spell("".join(secrets.choice(CROCKFORD) for _ in range(TICKET_SYMBOLS)), VISIT)


def new_session() -> str:
    """A fresh code `KNS-XXXX-XXXX` of a counselling session, drawn like a ticket."""
    return _spell("".join(secrets.choice(CROCKFORD) for _ in range(TICKET_SYMBOLS)), SESSION)


def new_meeting() -> str:
    """A fresh code `RPT-XXXX-XXXX` of a meeting of agencies, drawn like a ticket."""
    return _spell("".join(secrets.choice(CROCKFORD) for _ in range(TICKET_SYMBOLS)), MEETING)


def new_decision() -> str:
    """A fresh code `KPT-XXXX-XXXX` of what a conference decided: agencies name it so."""
    return _spell("".join(secrets.choice(CROCKFORD) for _ in range(TICKET_SYMBOLS)), DECISION)


def is_call(text: str) -> bool:
    """Whether a text is the code of a call."""
    return bool(_CALL.match(text))


def new_support() -> str:
    """A fresh code `DKG-XXXX-XXXX` of economic support: the ledger names it so, and it names nobody."""
    return _spell("".join(secrets.choice(CROCKFORD) for _ in range(TICKET_SYMBOLS)), SUPPORT)


def new_stay() -> str:
    """A fresh code `TGL-XXXX-XXXX` of a stay: the shelter knows who stays by it alone."""
    return _spell("".join(secrets.choice(CROCKFORD) for _ in range(TICKET_SYMBOLS)), STAY)


def new_referral() -> str:
    """A fresh code `RJK-XXXX-XXXX` of a referral: office and partner name it so on the telephone."""
    return _spell("".join(secrets.choice(CROCKFORD) for _ in range(TICKET_SYMBOLS)), REFERRAL)


def new_order() -> str:
    """A fresh code `PLK-XXXX-XXXX` of medical care that is asked for, drawn like a ticket."""
    return _spell("".join(secrets.choice(CROCKFORD) for _ in range(TICKET_SYMBOLS)), ORDER)


def is_referral(text: str) -> bool:
    """Whether a text is the code of a referral, in its one spelling."""
    return bool(_REFERRAL.match(text))


def new_care() -> str:
    """A fresh code `PDP-XXXX-XXXX` of help that goes on over time."""
    return _spell("".join(secrets.choice(CROCKFORD) for _ in range(TICKET_SYMBOLS)), CARE)


def new_hearing() -> str:
    """A fresh code `SDG-XXXX-XXXX` of a hearing or legal deadline."""
    return _spell("".join(secrets.choice(CROCKFORD) for _ in range(TICKET_SYMBOLS)), HEARING)


def is_case(text: str) -> bool:
    """Whether a text is the code of a case, in its one spelling."""
    return bool(_CASE.match(text))


def is_transfer(text: str) -> bool:
    """Whether a text is the code of a transfer."""
    return bool(_TRANSFER.match(text))


def read_ticket(text: str) -> str | None:
    """The ticket in what somebody typed (any case, spaces, O for 0, I or L for 1), or None."""
    ticket = _read(text, "TDH")
    return ticket if _TICKET.match(ticket) else None


def read_case(text: str) -> str | None:
    """The code of a case in what somebody typed, read just as kindly, or None."""
    code = _read(text, CASE)
    return code if is_case(code) else None


def read_referral(text: str) -> str | None:
    """The code of a referral in what somebody typed, read just as kindly, or None."""
    code = _read(text, REFERRAL)
    return code if is_referral(code) else None


def _read(text: str, kind: str) -> str:
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    plain = plain.removeprefix(kind).translate(_ALIKE)
    return _spell(plain, kind) if len(plain) == TICKET_SYMBOLS else ""


def _spell(symbols: str, kind: str = "TDH") -> str:
    return f"{kind}-{symbols[:4]}-{symbols[4:]}"
