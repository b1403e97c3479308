"""Keeping what the field page sends, and printing the cards it may be signed with."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from teduh.access.models import Member
from teduh.directory import actions as directory
from teduh.directory.models import Helper
from teduh.directory.queries import card_numbered, counts
from teduh.intake import actions, texts
from teduh.intake.answers import Answers
from teduh.intake.models import FieldNote, Report
from teduh.intake.words import Channel, Proof
from teduh.lib.timing import local_day
from teduh.vault import helpercards
from teduh.vault.packages import SealedPackage


@dataclass(frozen=True, slots=True)
class Tapped:
    """What came beside the sealed words: coded answers, level of the signs, a card's signature."""

    answers: Answers
    level: str
    card: str = ""
    sig: str = ""


@transaction.atomic
def refer(*, told: Tapped, package: SealedPackage, flood: bool, at: datetime) -> Report:
    """Keep a referral from the field, which may have waited for days, with what was tapped.

    A card that does not prove itself costs the referral nothing. The same referral again changes
    nothing. Raises TicketTaken, vault.rules.Refused.
    """
    report = actions.receive(
        answers=told.answers,
        package=package,
        rights_version=texts.rights_version(),
        flood=flood,
        at=at,
        channel=Channel.RESPONDER,
    )
    if not FieldNote.objects.filter(report=report).exists():
        _note(report, told, package, at)
    return report


def issue_card(*, by: Member, helper: Helper, at: datetime) -> helpercards.NewCard:
    """A new card for a helper; its secret and PIN are in the answer and nowhere else.

    Raises Forbidden, directory.rules.NotReady.
    """
    drawn = helpercards.draw(settings.TEDUH_INSTANCE)
    directory.issue_card(by=by, helper=helper, number=drawn.number, public=drawn.public, at=at)
    return drawn


def _note(report: Report, told: Tapped, package: SealedPackage, at: datetime) -> None:
    card = card_numbered(told.card) if told.card else None
    note = FieldNote(report=report, level=told.level)
    if told.card:
        note.proof = Proof.UNPROVEN
    if card and counts(card, local_day(at)):
        ticket, inst = report.ticket.number, settings.TEDUH_INSTANCE
        body = helpercards.statement(inst, card.number, ticket, package.tanda)
        if helpercards.signed(bytes(card.public), body, told.sig):
            note.proof, note.card = Proof.PROVEN, card.number
            note.profile, note.area_code = card.helper.profile, card.helper.area_code
            directory.note_use(card=card, at=at)
        else:
            directory.note_miss(card=card, at=at)
    note.save()
