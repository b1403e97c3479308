"""Reading grants: who of an agency may be given what, who has it and how often they read it."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from teduh.access.models import Conflict, Member
from teduh.access.words import Right
from teduh.audit.queries import openings_of, touching
from teduh.cases import sharing
from teduh.cases.models import Case
from teduh.lib.actors import ActorKind
from teduh.lib.timing import local_day
from teduh.records.models import Consent
from teduh.records.queries.consenting import Agreed, labelled
from teduh.records.rules import AT_THE_TABLE
from teduh.vault import queries as vault
from teduh.vault.bundles import Bundle
from teduh.vault.grants import Wanted
from teduh.vault.models import Grant, PartnerLink, PublicKey, Resting
from teduh.vault.packages import WRONG_SHAPE, SignedStatement, b64
from teduh.vault.rules import ARCHIVE_AFTER_DAYS, BOX_KEY, LINK_DAYS, LINK_TRIES, NEW_CASE, PARTS

READ, ENDED = "vault.granted_read", "vault.grant_ended"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody of an agency who could read; `kid` is empty while they have no key in the list."""

    member: Member
    kid: str = ""
    key: bytes = b""


@dataclass(frozen=True, slots=True)
class Given:
    """A grant as the page of a case shows it; `name` is the recipient's, `times` how often they read.

    `put_back`: a restore has ended it, and its recipient has no other under this consent.
    """

    row: Grant
    name: str
    parts: list[str | Promise]
    standing: bool
    times: int
    last: datetime | None
    put_back: bool

    @property
    def proof(self) -> str:
        """What the browser compares the columns of its row with."""
        return proof_of(self.row)

    @property
    def link(self) -> PartnerLink | None:
        """How whoever has no account opens it; nothing for a member."""
        return getattr(self.row, "link", None)

    @property
    def shut(self) -> bool:
        """Whether wrong words have closed its link."""
        return self.link is not None and self.link.wrong >= LINK_TRIES


def proof_of(row: Grant) -> str:
    """The statement of a grant, and what its columns say of it, for the browser to compare."""
    signed = {"body": b64(bytes(row.body)), "sig": b64(bytes(row.sig))}
    told = {"to": row.kid, "comps": row.comps, "consent": row.consent}
    return json.dumps({**signed, **told, "until": str(row.until)})


def keys_of(grants: Iterable[SignedStatement]) -> list[tuple[str, bytes]]:
    """The public keys of whom these statements name; whether they may be believed, browsers check."""
    named: set[str] = set()
    for one in grants:
        with suppress(*WRONG_SHAPE):  # a forged row stands in nobody's way
            named.add(str(json.loads(one.body)["to"]))
    return vault.public_of(named) + vault.linked_keys(named)


def readers_of(consent: Consent, at: datetime) -> list[Reader]:
    """Whoever answers for the agency of a consent, whom nothing keeps from this case."""
    members = list(
        Member.objects.active()
        .holding(Right.ANSWER_PARTNER, at)
        .free_for(consent.case.code)
        .filter(agency=consent.agency)
        .order_by("name")
    )
    boxes = vault.boxes_of([one.code for one in members])
    return [Reader(one, *boxes.get(one.code, ("", b""))) for one in members]


def to_give(member: Member, consent: Consent, at: datetime) -> tuple[str, ...]:
    """The parts of a consent that this member's browser can open, and that stand in the case."""
    opens = concerning(member, consent.case, at)
    there = {row.comp for row in vault.wrapped_for(consent.case.code, consent.parts)}
    return tuple(comp for comp in consent.parts if comp in opens & there)


def wanted_by(
    member: Member,
    consent: Consent,
    to: str,
    at: datetime,
    *,
    until: date | None = None,
    key: str = "",
) -> Wanted:
    """What a grant by this member to the key of this name says under a consent; until the consent's
    last day where no other is told. `key`: of a link.
    """
    return Wanted(
        inst=settings.TEDUH_INSTANCE,
        subject=consent.case.code,
        to=to,
        comps=to_give(member, consent, at),
        purpose=consent.purpose,
        consent=consent.sha,
        day=local_day(at),
        until=until or consent.until,
        key=key,
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """What a page offers to give under a consent: to whom, and everything the browser signs.

    `link`: what it signs for a link, which ends on `link_until`; empty where none is made. `readers`: who does not read all of it already; `all_read`: everybody there does.
    """

    readers: list[Reader]
    all_read: bool
    parts: list[str | Promise]
    told: dict[str, object]
    link: dict[str, object]
    link_until: date


def link_ends(consent: Consent, day: date) -> date:
    """The last day of a link that is made on `day`."""
    return min(consent.until, day + timedelta(days=LINK_DAYS))


def offer_of(member: Member, consent: Consent, given: Iterable[Given], at: datetime) -> Offer:
    """What this member's browser may give under a consent that holds; `given`: what it rests on."""
    comps, everybody = to_give(member, consent, at), readers_of(consent, at)
    reading = {one.row.kid for one in given if one.standing and {*comps} <= {*one.row.parts}}
    readers = [one for one in everybody if not one.kid or one.kid not in reading]
    said: dict[str, object] = {
        "subject": consent.case.code,
        "comps": list(comps),
        "purpose": consent.purpose,
        "consent": consent.sha,
        "day": str(local_day(at)),
    }
    keys = [{"kid": one.kid, "key": b64(one.key)} for one in readers if one.kid]
    told = {**said, "until": str(consent.until), "keys": keys}
    ends = link_ends(consent, local_day(at))
    all_read = bool(everybody) and not readers
    link = {} if consent.purpose == AT_THE_TABLE else {**said, "until": str(ends)}
    return Offer(readers, all_read, labelled(comps), told, link, ends)


def strays(given: Mapping[str, list[Given]], agreed: Iterable[Agreed]) -> list[Given]:
    """Grants that rest on no consent of the case: nobody of the office wrote them."""
    known = {one.row.sha for one in agreed}
    return [one for sha, some in given.items() if sha not in known for one in some if one.standing]


def with_grants(bundle: Bundle, given: Mapping[str, list[Given]]) -> Bundle:
    """The same bundle with the keys of whoever signed these grants, so that a browser can check."""
    hands = {one.row.by for some in given.values() for one in some}
    known = dict(bundle.signers) | dict(vault.signers(hands))
    return replace(bundle, signers=tuple(sorted(known.items())))


def parts_to_open(
    member: Member, case: Case, consents: Iterable[Consent], at: datetime
) -> list[str]:
    """The compartments a page needs so that its browser can give what these consents name."""
    wanted = {comp for one in consents for comp in to_give(member, one, at)}
    return [*NEW_CASE, *sorted(wanted & set(PARTS))]


def given_of(case: Case, day: date) -> dict[str, list[Given]]:
    """Every grant of a case by the hash of its consent, the newest first."""
    rows = vault.grants_of(case.code)
    names = _names({one.member_code for one in rows})
    reads = _reads(case.code)
    standing = {one.pk for one in rows if one.ended_at is None and one.until >= day}
    reading = {(one.consent, one.member_code) for one in rows if one.pk in standing}
    put_back = _put_back(case.code) if len(standing) < len(rows) else set()
    found: dict[str, list[Given]] = defaultdict(list)
    for one in rows:
        times = reads.get(one.name, [])
        found[one.consent].append(
            Given(
                one,
                names.get(one.member_code, one.member_code) or _("Tautan sekali pakai"),
                labelled(one.parts),
                one.pk in standing,
                len(times),
                max(times, default=None),
                one.name in put_back and (one.consent, one.member_code) not in reading,
            )
        )
    return found


def _reads(code: str) -> dict[str, list[datetime]]:
    """When something was read, by the name of the grant."""
    found: dict[str, list[datetime]] = defaultdict(list)
    for row in openings_of([code], [READ]):
        found[str(json.loads(row.detail or "{}").get("grant", ""))].append(row.at)
    return found


def _put_back(code: str) -> set[str]:
    """The names of grants that a restore has ended."""
    rows = touching(code).filter(verb=ENDED, by_kind=ActorKind.COMMAND)
    return {str(json.loads(row.detail)["grant"]) for row in rows}


def _names(codes: Collection[str]) -> dict[str, str]:
    return dict(Member.objects.get_queryset().filter(code__in=codes).values_list("code", "name"))


def locked_under(consent: Consent) -> list[Grant]:
    """The grants that rest on a consent and have not ended, locked: always before the trail."""
    rows = Grant.objects.filter(subject=consent.case.code, consent=consent.sha)
    return list(rows.filter(ended_at__isnull=True).select_for_update())


def running() -> list[Grant]:
    """Every grant that has not ended."""
    return list(Grant.objects.filter(ended_at__isnull=True))


def over(at: datetime) -> list[Grant]:
    """Grants that nobody may read by any more, and that have not ended."""
    day = local_day(at)
    holding = Consent.objects.holding(day).filter(
        sha=OuterRef("consent"), case__code=OuterRef("subject")
    )
    reading = Member.objects.active().holding(Right.ANSWER_PARTNER, at)
    kept_out = Conflict.objects.standing().filter(
        member__code=OuterRef("member_code"), subject=OuterRef("subject")
    )
    in_use = PublicKey.objects.filter(kind=BOX_KEY, kid=OuterRef("kid"), gone=None)
    link = PartnerLink.objects.filter(grant=OuterRef("pk"), wrong__lt=LINK_TRIES).exclude(
        until__lte=at
    )
    archived = Resting.objects.filter(
        subject=OuterRef("subject"), since__lte=day - timedelta(days=ARCHIVE_AFTER_DAYS)
    )
    reader = Q(member_code__in=reading.values("code")) & Q(Exists(in_use)) & ~Q(Exists(kept_out))
    stands = Q(until__gte=day) & Q(Exists(holding)) & ~Q(Exists(archived))
    stands &= reader | Q(Exists(link))
    return list(Grant.objects.filter(~stands, ended_at__isnull=True))


def emails(codes: Collection[str]) -> list[str]:
    """Where to tell these members that something waits."""
    return list(Member.objects.active().filter(code__in=codes).values_list("email", flat=True))


def concerning(member: Member, case: Case, at: datetime) -> set[str]:
    """The compartments of a case that this member reads or writes."""
    mine = sharing.parts_for(member, case, at)
    return {*NEW_CASE, *(f"part-{code}" for code in mine.reads | mine.writes)}


def is_spent(case: Case) -> bool:
    """Whether a new generation is to begin with the next words."""
    return bool(vault.spent_of(case.code))


def to_begin(member: Member, case: Case, at: datetime) -> Bundle | None:
    """What a browser needs to begin the next generation of what a withdrawal has spent: descriptors,
    keys, the grants that stand; nothing where nothing is spent.

    Raises vault.rules.Refused where the team has no key in the list.
    """
    comps = concerning(member, case, at)
    standing = vault.standing_of(case.code, local_day(at))
    bundle = vault.to_begin(case.code, case.team_code, comps, standing)
    return bundle if bundle.compartments else None


def shared_with(member: Member, day: date, code: str = "") -> list[tuple[Consent, list[Grant]]]:
    """What stands for a member on `day`: each consent of theirs that holds, with its grants.

    None of a case from which a conflict of interest keeps them. `code`: of this case only.
    """
    rows = Consent.objects.holding(day).filter(agency=member.agency)
    rows = rows.exclude(case__code__in=member.barred())
    if code:
        rows = rows.filter(case__code=code)
    granted: dict[tuple[str, str], list[Grant]] = defaultdict(list)
    for one in vault.granted_to(member.code, day):
        granted[one.subject, one.consent].append(one)
    found = [
        (row, granted.get((row.case.code, row.sha), []))
        for row in rows.select_related("case", "agency", "guardian").order_by("-day", "-id")
    ]
    return [(row, grants) for row, grants in found if grants]
