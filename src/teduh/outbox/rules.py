"""How long a message may wait, when it is tried again, and what an address looks like."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

KEPT = timedelta(hours=24)  # sealing.md 9: an address is erased on delivery or after 24 hours
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
LONGEST_WAIT_IN_DANGER = timedelta(minutes=5)
TRIES = 20  # about 14 hours: a way that closes in the evening is open again in the morning
TRIES_IN_DANGER = 200  # about 16 hours
HOURS = re.compile(r"([01]\d|2[0-3])[.:]([0-5]\d)\s*[-–]\s*([01]\d|2[0-3])[.:]([0-5]\d)")
EMAIL = re.compile(r"[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z0-9-]{2,}")
PHONE = re.compile(r"\+(?:628[0-9]{8,11}|(?!62)[1-9][0-9]{7,14})")  # E.164; of Indonesia: mobile


class UnknownTemplate(Exception):
    """There is no such message: nothing but the written texts may leave."""


class WrongAddress(Exception):
    """No telephone number or e-mail address that a message could go to."""


class NoWay(Exception):
    """This house has no such way out."""


class NotDelivered(Exception):
    """The way out is closed for now."""


class Refused(Exception):
    """The way out says that this message will never leave by it."""


class Unreadable(Exception):
    """What is stored was made under another server secret, or was changed."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From when to when, in the city's time, nothing rings that can wait."""

    begins: time
    ends: time
    zone: ZoneInfo

    def hold(self, at: datetime) -> bool:
        """Whether `at` lies in them."""
        now = at.astimezone(self.zone).time()
        if self.begins <= self.ends:
            return self.begins <= now < self.ends
        return now >= self.begins or now < self.ends


def quiet_hours(told: str, zone: str) -> QuietHours | None:
    """Quiet hours as the setting tells them, `22.00-05.00`; none where it is empty.

    Raises ValueError.
    """
    if not told.strip():
        return None
    found = HOURS.fullmatch(told.strip())
    if not found:
        raise ValueError("not two times")
    first, second, third, fourth = map(int, found.groups())
    return QuietHours(time(first, second), time(third, fourth), ZoneInfo(zone))


def next_try(*, at: datetime, tries: int, danger: bool = False) -> datetime:
    """When a message that failed `tries` times is tried again.

    1, 2, 4… minutes; an hour at most, and five minutes where there is danger.
    """
    wait: timedelta = FIRST_WAIT * 2 ** min(max(tries - 1, 0), 10)
    return at + min(wait, LONGEST_WAIT_IN_DANGER if danger else LONGEST_WAIT)


def tried_enough(tries: int, *, danger: bool) -> bool:
    """Whether a message that failed `tries` times is given up."""
    return tries >= (TRIES_IN_DANGER if danger else TRIES)


def address_for(way: str, told: str) -> str:
    """An address as one way wants it; raises WrongAddress."""
    return email_address(told) if way == "email" else phone_number(told)


def phone_number(told: str) -> str:
    """A mobile number as gateways want it: +62812…; raises WrongAddress."""
    bare = re.sub(r"[\s().-]", "", told)
    if bare.startswith("0"):
        bare = "+62" + bare[1:]
    elif bare.startswith("62"):
        bare = "+" + bare
    if not PHONE.fullmatch(bare):
        raise WrongAddress
    return bare


def email_address(told: str) -> str:
    """An e-mail address that can stand in a letter's head; raises WrongAddress."""
    bare = told.strip()
    if not EMAIL.fullmatch(bare):
        raise WrongAddress
    return bare
