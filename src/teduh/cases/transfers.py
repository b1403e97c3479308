"""Reading transfers: other offices, what may leave with a case, what has come."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teduh.access.models import Member
from teduh.cases import queries
from teduh.cases.facts import way_of
from teduh.cases.models import Arrival, Case, PeerOffice, Person, Transfer
from teduh.cases.words import PersonRole, TransferState
from teduh.intake.facts import WRITTEN
from teduh.lib.timing import local_day
from teduh.vault import peers
from teduh.vault.bundles import Bundle
from teduh.vault.packages import SignedStatement, b64, unb64
from teduh.vault.queries import package, public_of, team_key
from teduh.vault.rules import Refused

PARTS: dict[str, str | Promise] = {  # in the order of the page
    "person": gettext_lazy("Nama dan kontak aman penyintas"),
    "story": gettext_lazy("Yang ditulis di laporan"),
    "others": gettext_lazy("Orang lain dalam kasus"),
    "risk": gettext_lazy("Penilaian risiko"),
    "safety": gettext_lazy("Rencana keselamatan"),
    "wishes": gettext_lazy("Kebutuhan dan harapannya"),
    "goals": gettext_lazy("Tujuan yang disepakati"),
    "way": gettext_lazy("Jalannya kasus"),
}
OF_A_PERSON = (
    *("sex", "age_band", "disability", "education", "occupation", "marital"),
    *("nationality", "interpreter", "returned"),
)
OF_AN_INCIDENT = ("main_kind", "gbv", "place", "online")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a case that may leave."""

    part: str
    title: str | Promise
    text: str
    asked: Sequence[dict[str, str]]

    @property
    def given(self) -> dict[str, object]:
        """As the browser gets it."""
        return {"part": self.part, "text": self.text, "asked": list(self.asked)}


def own_card(member: Member, at: datetime) -> peers.Card:
    """What this office gives to another: the key of the first of the member's teams.

    Raises Refused where it has none yet.
    """
    told = package()
    for team in sorted(member.team_codes()):
        key = team_key(team)
        if key and told:
            return peers.Card(
                settings.TEDUH_INSTANCE,
                member.agency.name,
                unb64(settings.TEDUH_ROOT_PUBLIC),
                told,
                key.kid,
                bytes(key.public),
            )
    raise Refused("no keys")


def own_print() -> str:
    """The code of this office's root key, to be read out."""
    return peers.print_of(settings.TEDUH_INSTANCE, unb64(settings.TEDUH_ROOT_PUBLIC))


def print_of(peer: PeerOffice) -> str:
    """The code of another office's root key, to be heard from its people."""
    return peers.print_of(peer.inst, bytes(peer.root))


def all_peers() -> list[PeerOffice]:
    """Every office that is known, approved or not."""
    return list(PeerOffice.objects.select_related("added_by", "approved_by"))


def approved() -> list[PeerOffice]:
    """Those to which a case may go, and from which one may come."""
    return list(PeerOffice.objects.exclude(approved_by=None))


def peer(number: int) -> PeerOffice | None:
    """One office that is known."""
    return PeerOffice.objects.filter(pk=number).first()


def for_browser(rows: Sequence[PeerOffice]) -> dict[str, object]:
    """Offices with the word about each and the keys that signed it, as a page carries them."""
    words = [json.loads(bytes(one.body)) for one in rows]
    return {
        "peers": [
            {
                "inst": one.inst,
                "root": b64(bytes(one.root)),
                "approval": {"body": b64(bytes(one.body)), "sig": b64(bytes(one.sig))},
                "package": json.loads(one.card)["package"],
                "team": json.loads(one.card)["team"],
            }
            for one in rows
        ],
        "signers": [
            {"kid": kid, "key": b64(key)} for kid, key in public_of({one["by"] for one in words})
        ],
    }


def sent(case: Case) -> Transfer | None:
    """The transfer of this case that waits for its receipt."""
    return Transfer.objects.filter(case=case, state=TransferState.SENT).first()


def of_case(case: Case) -> list[Transfer]:
    """Every transfer of a case, oldest first."""
    return list(Transfer.objects.filter(case=case).select_related("peer", "member"))


def arrival_of(case: Case) -> Arrival | None:
    """From where a case came, if from elsewhere."""
    return Arrival.objects.filter(case=case).select_related("peer").first()


def receipt_of(row: Arrival) -> str:
    """Our word that we have it, as a file."""
    ((kid, key),) = public_of({row.by})
    return peers.receipt_file(SignedStatement(bytes(row.body), bytes(row.sig)), kid, key, package())


def parts_of(case: Case, bundle: Bundle, reports: Sequence[Bundle]) -> list[Part]:
    """Everything of a case that may leave and is there, with where each piece lies."""
    people = queries.people_of(case)
    survivor = _survivor(people)
    others = [one for one in people if one is not survivor and one.item]
    found = {
        "person": ("", [_of(bundle, "cases.person.card", survivor.item)] if survivor else []),
        "story": (
            "",
            [
                _written(one, label, what)
                for one in reports
                for label, what in WRITTEN
                if one.has(what)
            ],
        ),
        "others": (
            "",
            [
                _of(bundle, "cases.person.card", one.item, str(one.get_role_display()))
                for one in others
            ],
        ),
        "risk": (_risk(case), []),
        "safety": ("", _newest(bundle, "cases.safety.plan")),
        "wishes": ("", _newest(bundle, "cases.plan.wishes")),
        "goals": ("", [_of(bundle, "cases.goal.text", one.item) for one in queries.goals_of(case)]),
        "way": (_way(case), []),
    }
    return [
        Part(part, PARTS[part], text, asked)
        for part, (text, asked) in found.items()
        if text or asked
    ]


def facts_of(case: Case) -> dict[str, Any]:
    """The open codes that go with every slice."""
    survivor = _survivor(queries.people_of(case))
    incident = next(iter(queries.incidents_of(case)), None)
    told: dict[str, Any] = {"band": case.band, "case": case.code}
    for row, names in ((survivor, OF_A_PERSON), (incident, OF_AN_INCIDENT)):
        told |= {name: getattr(row, name) for name in names if row is not None}
    if incident and incident.day:
        told["day"] = str(incident.day)
    return told


def _survivor(people: Sequence[Person]) -> Person | None:
    return next((one for one in people if one.role == PersonRole.SURVIVOR and one.item), None)


def _of(bundle: Bundle, what: str, item: str, label: str = "") -> dict[str, str]:
    comp = next((one.comp for one in bundle.items if one.item == item), "")
    return {"subject": bundle.subject, "comp": comp, "what": what, "item": item, "label": label}


def _newest(bundle: Bundle, what: str) -> list[dict[str, str]]:
    found = bundle.newest(what)
    return [_of(bundle, what, found.item)] if found else []


def _written(bundle: Bundle, label: str | Promise, what: str) -> dict[str, str]:
    found = bundle.first(what)
    return _of(bundle, what, found.item if found else "", str(label))


def _risk(case: Case) -> str:
    last = queries.last_assessment(case)
    if last is None:
        return ""
    told = _("%(band)s, dihitung %(score)d dengan %(instrument)s %(version)s pada %(day)s.")
    return told % {
        "band": last.get_counts_display,
        "score": last.score,
        "instrument": last.instrument,
        "version": last.version,
        "day": date_format(last.day, "j F Y"),
    }


def _way(case: Case) -> str:
    return "\n".join(f"{date_format(one.day, 'j F Y')}: {one.text}" for one in way_of(case))


def today(at: datetime) -> str:
    """The day as scripts and statements have it."""
    return str(local_day(at))
