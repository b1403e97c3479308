"""Keeping what the field page sends."""

from datetime import datetime

from teduh.intake import actions, texts
from teduh.intake.answers import Answers
from teduh.intake.models import FieldNote, Report
from teduh.intake.words import Channel
from teduh.vault.packages import SealedPackage


def refer(
    *, answers: Answers, level: str, package: SealedPackage, flood: bool, at: datetime
) -> Report:
    """Keep a referral from the field, which may have waited for days, and how grave its signs were.

    The same referral again changes nothing. Raises TicketTaken, vault.rules.Refused.
    """
    report = actions.receive(
        answers=answers,
        package=package,
        rights_version=texts.rights_version(),
        flood=flood,
        at=at,
        channel=Channel.RESPONDER,
    )
    # By itself: what a crash leaves out here comes with the next try, which the phone makes.
    FieldNote.objects.get_or_create(report=report, defaults={"level": level})
    return report
