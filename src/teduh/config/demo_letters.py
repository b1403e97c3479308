"""Letters of the demo: one handed over, one to be signed, one still written, one cancelled."""

import json
from datetime import datetime, timedelta

from django.db import transaction

from teduh.access.models import Member
from teduh.cases import queries as cases
from teduh.cases.models import Case
from teduh.cases.words import ConsentBy, ConsentHow
from teduh.directory.models import Provider
from teduh.lib.timing import begin_of, local_day
from teduh.services import letter_table as table
from teduh.services.actions import lettering
from teduh.services.models import Letter
from teduh.services.words import LetterReason
from teduh.vault import demo as keys

TEAM, WRITER, SUPERVISOR, HEAD = "asesmen", "melati", "seroja", "teratai"
WRITTEN = (  # template, provider by its kind, service, days ago, what became of it, what was typed
    ("visum", "police", "", 6, "handed", {"facts": "Contoh: perlu diperiksa hari ini juga."}),
    ("referral", "lbh", "svc_legal", 3, "issued", {"needs": "Contoh: siang, ditemani adiknya."}),
    ("assignment", "", "", 2, "cancelled", {"task": "Contoh: menemani ke rumah sakit."}),
    ("school", "", "", 1, "drafted", {"to": "Kepala sekolah contoh", "asked": "Ujian susulan."}),
)


@transaction.atomic
def seed(at: datetime) -> None:
    """Once, and only where melati works on a case that goes on."""
    writer = Member.objects.get(code=WRITER)
    mine = Case.objects.going_on().filter(team_code=TEAM, crew__member=writer)
    case = mine.order_by("opened_day", "pk").distinct().first()
    if case is None or Letter.objects.exists():
        return
    for kind, place, service, days, to, words in WRITTEN:
        then = max(at - timedelta(days=days), begin_of(case.opened_day + timedelta(days=1)))
        _write(writer, case, kind, place, service, to, words, then)


def _write(
    by: Member,
    case: Case,
    kind: str,
    place: str,
    service: str,
    to: str,
    words: dict[str, str],
    at: datetime,
) -> None:
    template = table.templates()[kind]
    told = lettering.Told(
        signatory=Member.objects.get(code=HEAD),
        person=cases.people_of(case)[0] if template.consent else None,
        provider=Provider.objects.filter(kind=place).first() if place else None,
        assigned=by if template.to == "member" else None,
        service=service,
        agreed_by=ConsentBy.SELF if template.consent else "",
        agreed_how=ConsentHow.SPOKEN if template.consent else "",
        agreed_day=local_day(at) if template.consent else None,
    )
    text = json.dumps(words)
    item = keys.seal_for_case(
        subject=case.code, team=TEAM, member=WRITER, what=lettering.TEXT, text=text, at=at
    )
    letter = lettering.draft_letter(
        by=by, case=case, template=template, told=told, items=[item], at=at
    )
    if to == "cancelled":
        reason = LetterReason.OTHER_WAY
        lettering.cancel_letter(by=by, letter=letter, reason=reason, at=at)
    elif to != "drafted":
        second = Member.objects.get(code=SUPERVISOR)
        lettering.issue_letter(by=second, letter=letter, seen=letter.item, at=at)
    if to == "handed":
        lettering.hand_letter(by=by, letter=letter, at=at)
