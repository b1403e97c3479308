"""A partner with keys beside the office of the cases, and what is granted to them."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from teduh.access.models import Agency, Member
from teduh.access.words import AgencyKind
from teduh.cases.models import Case
from teduh.cases.words import ConsentBy, ConsentHow
from teduh.lib.timing import local_day
from teduh.records.actions import consenting, granting
from teduh.records.models import Consent
from teduh.records.words import Purpose, TakenBack
from teduh.vault import demo, queries
from teduh.vault import office as making
from teduh.vault.bundles import Bundle
from teduh.vault.checks import DESCRIPTOR
from teduh.vault.envelope import (
    Place,
    make_compartment,
    open_item,
    sign_statement,
    unwrap,
    wrap,
)
from teduh.vault.grants import GivenOn, SealedGrant, Wanted
from teduh.vault.keywork import NewWrap
from teduh.vault.models import Grant, PublicKey
from teduh.vault.packages import MadeCompartment, SealedItem, SealedWrap, header_of
from tests.factories.access import AgencyFactory, MemberFactory
from tests.factories.cases import AT, CaseOffice

PARTS = ("identity", "care")


@dataclass(frozen=True)
class Partners:
    """Two people of one hospital with keys, and one of the police; the list names all of them."""

    hospital: Agency
    flamboyan: Member
    cendana: Member
    bakung: Member


def partners() -> Partners:
    """Beside an office whose list is made already."""
    hospital = AgencyFactory(kind=AgencyKind.HEALTH, name="RS Contoh")
    police = AgencyFactory(kind=AgencyKind.POLICE, name="Polres Contoh")
    codes = ("flamboyan", "cendana", "bakung")
    found = [
        MemberFactory(code=code, role="partner_officer", agency=agency, name=f"Contoh {code}")
        for code, agency in zip(codes, (hospital, hospital, police), strict=True)
    ]
    day = local_day(AT)
    for code in codes:
        making.member_keys(code, demo.seed, day)
    making.sign_manifest(
        "melati", demo.seed("sign:melati"), demo.seed("root"), day, {"melati": ["asesmen"]}
    )
    return Partners(hospital, *found)


def agreed(office: CaseOffice, case: Case, agency: Agency, **other: Any) -> Consent:
    """A survivor's yes for thirty days, to name and plan."""
    day = local_day(AT)
    told: dict[str, Any] = {
        "agency": agency,
        "purpose": Purpose.HEALTH,
        "comps": PARTS,
        "given_by": ConsentBy.SELF,
        "how": ConsentHow.SPOKEN,
        "day": day,
        "until": day + timedelta(days=30),
    }
    yes = consenting.Told(**{**told, **other})
    return consenting.keep_consent(by=office.melati, case=case, told=yes, at=AT)


def kid_of(member: Member) -> str:
    """The name of a member's box key."""
    return PublicKey.objects.get(kind="member", owner=member.code).kid


def wanted(consent: Consent, to: Member, at: datetime = AT, **other: Any) -> Wanted:
    """What a grant under a consent says."""
    told: dict[str, Any] = {
        "inst": demo.settings.TEDUH_INSTANCE,
        "subject": consent.case.code,
        "to": kid_of(to),
        "comps": consent.parts,
        "purpose": consent.purpose,
        "consent": consent.sha,
        "day": local_day(at),
        "until": consent.until,
    }
    return Wanted(**{**told, **other})


def sealed(consent: Consent, to: Member, at: datetime = AT, **other: Any) -> SealedGrant:
    """The same as melati's browser makes it."""
    return demo.make_grant(team="asesmen", member="melati", wanted=wanted(consent, to, at, **other))


def granted(office: CaseOffice, consent: Consent, *to: Member, at: datetime = AT) -> list[Grant]:
    """Given by melati to these people of the agency."""
    grants = [sealed(consent, one, at) for one in to]
    return granting.give(by=office.melati, consent=consent, sealed=grants, at=at)


def begun(case: Case, by: Member) -> tuple[list[MadeCompartment], list[GivenOn]]:
    """The next generation of what is spent of a case, as this member's browser would make it."""
    made: list[MadeCompartment] = []
    given: list[GivenOn] = []
    keys = queries.case_to_make(case.code, case.team_code)
    readers = [key for key in (keys.epoch, keys.recovery) if key]
    kid = PublicKey.objects.get(kind="sign", owner=by.code).kid
    for old in queries.spent_of(case.code):
        one = make_compartment(Place(keys.inst, case.code, old.comp), old.gen + 1)
        wraps = tuple(SealedWrap(to, wrap(one, to, public)) for to, public in readers)
        sig = sign_statement(demo.seed(f"sign:{by.code}"), DESCRIPTOR, one.d)
        made.append(MadeCompartment(one.d, kid, sig, wraps, dict(json.loads(one.d))))
        for row in queries.standing_of(case.code, date.min):
            kids = {row.kid}
            ((_kid, public),) = queries.public_of(kids) or queries.linked_keys(kids)
            if old.comp in row.parts:
                given.append(
                    GivenOn(row.name, NewWrap(one.cmp, row.kid, wrap(one, row.kid, public)))
                )
    return made, given


def withdraw(office: CaseOffice, consent: Consent, at: datetime) -> None:
    """She takes it back; melati writes it down."""
    who = TakenBack.SURVIVOR
    consenting.withdraw_consent(by=office.melati, consent=consent, who=who, at=at)


def begin(office: CaseOffice, case: Case, at: datetime) -> None:
    """A browser of the team begins the next generation."""
    made, given = begun(case, office.melati)
    granting.begin(by=office.melati, case=case, made=made, given=given, at=at)


def texts(member: Member, bundle: Bundle) -> list[str]:
    """What a member's own key opens of a bundle, in its order."""
    found, seed, kid = [], demo.seed(f"box:{member.code}"), kid_of(member)
    keys = dict(bundle.signers)
    for one in bundle.compartments:
        place = Place(bundle.inst, bundle.subject, one.comp)
        for name, wrapped in one.wraps:
            assert name == kid
            opened = unwrap(one.d, kid, wrapped, seed, place)
            for item in bundle.items:
                said = header_of(item.hdr)
                if said["cmp"] == opened.cmp:
                    whole = SealedItem(item.hdr, item.ct, item.sig, said)
                    text = open_item(opened, whole, item.what, keys[str(said["by"])])
                    found.append(text.decode())
    return found


def read(member: Member, case: Case, at: datetime = AT) -> list[str]:
    """What the page of a partner opens now. Raises Forbidden where nothing stands."""
    return texts(member, granting.read(by=member, code=case.code, at=at).bundle)


__all__ = [
    "PARTS",
    "Partners",
    "agreed",
    "begin",
    "begun",
    "granted",
    "partners",
    "read",
    "sealed",
    "texts",
    "wanted",
    "withdraw",
]
