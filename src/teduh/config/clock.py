"""The clock: one thread that does what is due, again and again, and survives its failures."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from django.db import close_old_connections
from django.utils import timezone

from teduh.access.actions import clear_sendings, clear_sessions
from teduh.cases.actions import look_at_days
from teduh.conferences.actions import climb, prepare
from teduh.config.actions import beat
from teduh.config.sqlite import journal
from teduh.config.words import Unseen
from teduh.directory.actions import remind_memoranda
from teduh.intake.actions.chatting import end_quiet
from teduh.intake.channels.phone.actions import end_old
from teduh.intake.channels.referral.actions import admit_late, end_words
from teduh.intake.channels.whatsapp.actions import forget_talks
from teduh.outbox.actions import deliver_due
from teduh.records.actions.granting import end_over
from teduh.records.actions.talking import erase_ended_talks
from teduh.services.actions.kits import look_at_kits
from teduh.services.actions.silence import look_at_referrals
from teduh.services.actions.staying import look_at_stays
from teduh.sop.actions import tick as see_to_promises
from teduh.vault.actions import clear_unfinished
from teduh.vault.actions.arriving import clear_strays
from teduh.vault.actions.renewing import revoke_gone
from teduh.vault.actions.rewrapping import end_epochs

BEAT = 5.0  # seconds between two looks
log = logging.getLogger("teduh.clock")
CHORES: tuple[Callable[[datetime], object], ...] = (
    lambda at: beat(Unseen.CLOCK, at=at),
    lambda at: see_to_promises(at=at),
    lambda at: look_at_days(at=at),
    lambda at: deliver_due(at=at),
    lambda at: look_at_kits(at=at),
    lambda at: clear_sessions(at=at),
    lambda at: clear_sendings(at=at),
    lambda at: revoke_gone(at=at),
    lambda at: end_over(at=at),
    lambda at: end_words(at=at),
    lambda at: end_epochs(at=at),
    lambda at: clear_unfinished(at=at),
    lambda at: clear_strays(at=at),
    lambda at: end_old(at=at),
    lambda at: forget_talks(at=at),
    lambda at: admit_late(at=at),
    lambda at: end_quiet(at=at),
    lambda at: erase_ended_talks(at=at),
    lambda at: look_at_referrals(at=at),
    lambda at: look_at_stays(at=at),
    lambda at: remind_memoranda(at=at),
    lambda at: prepare(at=at),
    lambda at: climb(at=at),
    lambda _at: journal.empty(),
)


def tick(at: datetime) -> None:
    """Do every chore once; a chore that fails is logged by kind and does not stop the others."""
    for chore in CHORES:
        close_old_connections()
        try:
            chore(at)
        except Exception:  # the clock must not stop; the next beat tries again
            log.exception("chore failed")


def start() -> threading.Event:
    """Start the clock beside the web process; set the event it returns to stop it."""
    stop = threading.Event()
    threading.Thread(target=run, args=(stop,), name="clock", daemon=True).start()
    return stop


def run(stop: threading.Event) -> None:
    """Look again and again until `stop` is set."""
    while not stop.wait(BEAT):
        tick(timezone.now())
