"""Every address × every role × every relation; an address that is missing here fails.

Relations of the member who asks to the object that is asked for: in its team, in another team of
the same agency, in another agency, in the agency it was passed to. Without the right: 403, whatever
the object. With the right but no business with it: 404, as if it were not there.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone, translation
from pytest_django.plugin import DjangoDbBlocker

from teduh.access.models import Absence, Conflict, Duty, Elevation, LostFactor, Member, Team
from teduh.access.roles import ROLES
from teduh.access.words import AgencyKind, Right
from teduh.cases.models import BreakGlass, Case, Crew, Goal, Person, Sample
from teduh.directory.models import Channel, Helper
from teduh.intake.channels.outreach.actions import begin
from teduh.intake.channels.outreach.words import Occasion
from teduh.intake.channels.referral.models import Filing
from teduh.intake.models import Report
from teduh.records.models import (
    Breach,
    Consent,
    DataRequest,
    Erasure,
    Packet,
    PacketGrant,
    Retained,
    Touched,
)
from teduh.sop.books import sha_of, shipped
from teduh.sop.models import Promise, Version
from teduh.tickets.models import Ticket
from teduh.vault.models import Compartment, Envelope, PublicKey, Wrap
from teduh.vault.packages import compact
from tests.factories import AgencyFactory, MemberFactory, TeamFactory, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

RELATIONS = ("own team", "other team", "other agency", "receiving agency")
TICKET, FILE = "TDH-0000-0001", "A" * 22
DRAFT = shipped()["penanganan", "2025-1"].text.replace('"2025-1"', '"2030-1"')
LET_IN = frozenset({200, 204, 302, 303, 400, 409, 422, 429})


@dataclass(frozen=True)
class Place:
    """Everything an address may name, and who stands where."""

    team: Team
    target: Member
    duty: Duty
    asked: Elevation
    lost: LostFactor
    channel: Channel
    helper: Helper
    promise: Promise
    case: Case
    away: Absence
    version: Version
    conflict: Conflict
    glass: BreakGlass
    sample: Sample
    erasure: Erasure
    retained: Retained
    request: DataRequest
    touched: Touched
    packet: Packet
    consent: Consent
    members: dict[tuple[str, str], Member]


Named = Callable[[Place], dict[str, object]]


def nothing(_place: Place) -> dict[str, object]:
    """The address names no object."""
    return {}


@dataclass(frozen=True)
class Entry:
    """What an address does with whom."""

    method: str = "get"
    roles: frozenset[str] = frozenset(ROLES)
    relations: frozenset[str] = frozenset(RELATIONS)
    also: frozenset[tuple[str, str]] = frozenset()
    names: Named = nothing
    open: bool = False
    let_in: frozenset[int] = LET_IN
    data: dict[str, object] = field(default_factory=dict)

    def answers(self, role: str, relation: str) -> str:
        """One of: in, forbidden, not there."""
        if role not in self.roles and not any(role == one for one, _relation in self.also):
            return "forbidden"
        at_home = role in self.roles and relation in self.relations
        return "in" if at_home or (role, relation) in self.also else "not there"


READERS = frozenset({"officer", "case_manager", "counsellor", "legal_companion", "supervisor"})
TRIAGE = frozenset({"officer", "case_manager", "supervisor"})
KEEPERS, SIGNERS = frozenset({"archive_keeper"}), frozenset({"key_officer"})
RENEWERS = frozenset({"case_manager", "supervisor"}) | KEEPERS
KEY_PEOPLE = RENEWERS | SIGNERS
SUPERVISORS = frozenset({"supervisor"})
PARTNERS = frozenset({"partner_officer"})
MANAGERS = frozenset({"supervisor", "head"})
AGENCY = frozenset({"own team", "other team"})
OWN = frozenset({"own team"})
PARTNER = frozenset({("partner_officer", "receiving agency")})
NOBODYS = frozenset[tuple[str, str]]()
NO_KEYRING = LET_IN | {403}  # a member without a keyring or a closed padlock gets nothing


def gathering(place: Place) -> dict[str, object]:
    """An occasion of the team."""
    made = begin(
        by=place.members["officer", "own team"],
        occasion=Occasion.VISIT,
        place="",
        area_code="",
        at=timezone.now(),
    )
    return {"number": made.pk}


def ticket(_place: Place) -> dict[str, object]:
    """The report."""
    return {"number": TICKET}


def call(_place: Place) -> dict[str, object]:
    """The code of a call nobody has begun."""
    return {"code": "TLP-0000-0001"}


def target(place: Place) -> dict[str, object]:
    """The colleague."""
    return {"code": place.target.code}


def reports(roles: frozenset[str], *, method: str = "post", partner: bool = False) -> Entry:
    """An address of a report: own team, and perhaps the agency it was passed to."""
    return Entry(method, roles, OWN, PARTNER if partner else NOBODYS, names=ticket)


def members(method: str = "post") -> Entry:
    """An address of a member, for managers of the same agency."""
    return Entry(method, MANAGERS, AGENCY, names=target)


def elevations(method: str = "post") -> Entry:
    """An address of a request for a temporary right, for approvers of the same agency."""
    return Entry(method, MANAGERS, AGENCY, names=lambda place: {"number": place.asked.pk})


def lost_factors(method: str = "post") -> Entry:
    """An address of a request to take a lost factor, for managers of the same agency."""
    return Entry(method, MANAGERS, AGENCY, names=lambda place: {"number": place.lost.pk})


def promises(roles: frozenset[str]) -> Entry:
    """An address of a promise: its own team, and whoever answers for the whole office."""
    everywhere = frozenset(
        (role, relation) for role in roles & MANAGERS for relation in ("own team", "other team")
    )
    return Entry("post", roles, OWN, everywhere, names=lambda place: {"number": place.promise.pk})


def cases(method: str = "post", roles: frozenset[str] = READERS, **named: object) -> Entry:
    """An address of a case: whoever works on it; its team is everybody of the own team here."""
    return Entry(method, roles, OWN, names=lambda place: {"code": place.case.code, **named})


def packets(
    roles: frozenset[str], number: Callable[[Place], int] = lambda _at: 1, method: str = "post"
) -> Entry:
    """An address of a packet, by its number in the case, or of what was asked for it."""
    return Entry(method, roles, OWN, names=lambda at: {"code": at.case.code, "number": number(at)})


def consents(method: str = "post") -> Entry:
    """An address of a consent, by its number in the case."""
    return Entry(
        method, READERS, OWN, names=lambda at: {"code": at.case.code, "number": at.consent.number}
    )


def shared() -> Entry:
    """An address of what is shared of a case: there for no partner without a grant of their own."""
    return Entry(
        roles=PARTNERS, relations=frozenset(), names=lambda place: {"code": place.case.code}
    )


def breaches(method: str = "post", *, number: bool = False) -> Entry:
    """An address of a breach: whoever answers for the whole office."""

    def named(at: Place) -> dict[str, object]:
        told: dict[str, object] = {"code": at.touched.breach.code}
        return {**told, "number": at.touched.pk} if number else told

    return Entry(method, MANAGERS, AGENCY, names=named)


def asked_of_case(roles: frozenset[str]) -> Entry:
    """An address of what a survivor asked of her data, below her case."""
    return Entry(
        "post", roles, OWN, names=lambda at: {"code": at.case.code, "number": at.request.pk}
    )


def helpers(method: str = "post") -> Entry:
    """An address of a helper, for whoever keeps their list in the office."""
    return Entry(method, MANAGERS, AGENCY, names=lambda place: {"number": place.helper.pk})


def kept(name: str) -> Entry:
    """An address of what was asked about a kept record: whoever answers for the whole office."""
    return Entry("post", MANAGERS, AGENCY, names=lambda place: {"number": getattr(place, name).pk})


def versions(roles: frozenset[str]) -> Entry:
    """An address of a drafted version: members of the office."""
    return Entry("post", roles, AGENCY, names=lambda place: {"number": place.version.pk})


OPEN, OPEN_POST = Entry(open=True), Entry("post", open=True)
STAFF, STAFF_POST = Entry(), Entry("post")

TABLE: dict[str, Entry] = {
    # public pages
    "intake:front": OPEN,
    "intake:doors": OPEN,
    "intake:report": OPEN,
    "intake:report_other": OPEN,
    "intake:report_young": OPEN,
    "intake:ask": OPEN,
    "intake:asked": OPEN,
    "intake:attaching": OPEN,
    "intake:standing": OPEN_POST,
    "intake:answer": OPEN,
    "intake:recorder": OPEN,
    "intake:pieces": OPEN_POST,
    "intake:add": OPEN,
    "intake:inbound": OPEN_POST,
    "intake:ways": OPEN,
    "intake:change": OPEN,
    "intake:safety": OPEN,
    "intake:online": OPEN,
    "intake:safe_point": Entry(open=True, names=lambda _place: {"area": "2172011002"}),
    "intake:field": OPEN,
    "intake:field_manifest": OPEN,
    "intake:field_worker": OPEN,
    "intake:field_supplies": OPEN,
    "intake:field_send": OPEN_POST,
    "tickets:status": OPEN,
    "tickets:quiet": OPEN_POST,
    "tickets:opinion": OPEN_POST,
    "hers:data": OPEN_POST,
    "chat:messages": OPEN,
    "web:leave": OPEN,
    "web:left": OPEN_POST,
    "vault:public_keys": OPEN,
    # coming in
    "access:entrance": OPEN,
    "access:invitation": Entry(
        open=True, names=lambda place: {"code": place.target.code, "token": "x-y"}
    ),
    "account_login": OPEN,
    "account_inactive": OPEN,
    "mfa_authenticate": OPEN,
    "account_logout": OPEN,  # also leaves a sign-in that waits for its code
    "account_reauthenticate": STAFF,
    "account_change_password": STAFF,
    "mfa_reauthenticate": STAFF,
    "mfa_reauthenticate_webauthn": STAFF,
    "mfa_view_recovery_codes": Entry(let_in=LET_IN | {404}),  # who has no codes sees none
    "mfa_generate_recovery_codes": STAFF,
    "access:second_factor": STAFF,
    "access:add_passkey": STAFF,
    # Nobody but its owner knows of a passkey.
    "access:passkey": Entry(relations=frozenset(), names=lambda _place: {"number": 1}),
    "access:remove_passkey": Entry(
        "post", relations=frozenset(), names=lambda _place: {"number": 1}
    ),
    # every member
    "access:own": STAFF,
    "access:end_other_sessions": STAFF_POST,
    "access:duty": STAFF,
    "access:elevation": STAFF,
    "look:gallery": STAFF,
    "desk:worklist": STAFF,
    "vault:unlock": STAFF,
    "vault:open": Entry("post", let_in=NO_KEYRING),
    "vault:keyring": Entry("post", let_in=NO_KEYRING),
    "vault:tab": Entry("post", let_in=NO_KEYRING),
    "vault:touch": Entry("post", let_in=NO_KEYRING),
    "vault:close": Entry("post", let_in=NO_KEYRING),
    # reports
    "desk:report": reports(READERS, method="get", partner=True),
    "desk:step": reports(TRIAGE),
    "desk:classify": reports(TRIAGE),
    "desk:screen": reports(TRIAGE, method="get"),
    # Tickets one may not see are as if they had not been chosen: tests/intake/test_sweeping.py.
    "phone:by_phone": Entry(roles=READERS),
    "phone:opinions": Entry(roles=frozenset({"supervisor", "head", "data_officer"})),
    "desk:flood": Entry(roles=TRIAGE),
    "desk:message": reports(READERS),
    "desk:chats": Entry(roles=READERS),
    "desk:chat_rows": Entry(roles=READERS),
    "desk:chat_loads": Entry(roles=SUPERVISORS),
    # There is no conversation yet: tests/intake/channels/test_chat.py.
    "desk:chat": Entry("get", READERS, frozenset(), names=ticket),
    "desk:chat_send": reports(READERS),
    "desk:chat_step": reports(READERS),
    "desk:conflict": reports(READERS, partner=True),
    "desk:hand_over": reports(READERS),
    "desk:card": reports(READERS),
    "desk:reissue": reports(READERS, method="get"),
    "desk:reissue_looked": reports(SUPERVISORS),
    "desk:cards": Entry(roles=READERS),
    "desk:copy": Entry(roles=READERS),
    # There is no such link: tests/intake/channels/test_callcenter.py.
    "intake:centre_report": Entry(
        open=True, let_in=LET_IN | {404}, names=lambda _place: {"link": "A" * 22}
    ),
    "desk:call_centres": Entry(roles=MANAGERS),
    "desk:close_call_centre": Entry(
        "post", MANAGERS, frozenset(), names=lambda _place: {"number": 1}
    ),
    "desk:partners": Entry(roles=READERS | {"partner_officer"}),
    "desk:on_behalf": Entry(
        roles=READERS | {"partner_officer"},
        relations=AGENCY,
        names=lambda _place: {"paper": "lapor"},
    ),
    "desk:filing": Entry(
        roles=PARTNERS,
        relations=frozenset({"receiving agency"}),
        names=lambda _place: {"number": TICKET},
    ),
    # Only agencies of the network: tests/intake/channels/test_referral.py.
    "desk:network": Entry(roles=frozenset({"partner_officer"}), relations=frozenset()),
    "desk:network_answer": Entry("post", TRIAGE),
    # A call that broke is its team's alone: tests/intake/channels/test_phone.py.
    "desk:calls": Entry(roles=READERS),
    "desk:call": Entry(roles=READERS, relations=frozenset(), names=call),
    "desk:keep_call": Entry("post", READERS, names=call),
    "desk:end_call": Entry("post", READERS, names=call),
    "desk:call_counts": Entry(roles=READERS),
    "desk:call_counts_file": Entry("post", READERS),
    "desk:gatherings": Entry(roles=READERS),
    "desk:gathering": Entry(roles=READERS, relations=OWN, names=gathering),
    "desk:walkin": Entry(roles=READERS),
    "desk:walkin_worker": Entry(roles=READERS),
    "desk:walkin_supplies": Entry(roles=READERS),
    "desk:walkin_pass": Entry(roles=READERS),
    "desk:walkin_send": Entry("post", roles=READERS),
    "vault:keys": Entry(roles=KEY_PEOPLE),
    "vault:epoch": Entry("post", RENEWERS),
    "vault:give": Entry("post", RENEWERS),
    "vault:old_keys": Entry(roles=READERS),
    "vault:take_old": Entry("post", READERS),
    "vault:keep_new": Entry("post", READERS),
    "vault:take_new": Entry("post", READERS),
    "vault:keep_opened": Entry("post", READERS),
    "vault:take_single": Entry("post", READERS),
    "vault:keep_pairs": Entry("post", READERS),
    "vault:archive": Entry(roles=READERS | KEEPERS),
    "vault:take_halves": Entry("post", KEEPERS),
    "vault:keep_halves": Entry("post", KEEPERS),
    "vault:take_joined": Entry("post", READERS),
    "vault:keep_joined": Entry("post", READERS),
    "vault:take_back_recall": Entry("post", READERS, names=lambda _place: {"number": 1}),
    "vault:sign": Entry("post", SIGNERS),
    "vault:certificate": Entry("post", SIGNERS),
    "vault:take_back": Entry("post", SIGNERS, names=lambda place: {"code": place.target.code}),
    "vault:new_phrase": STAFF,
    "vault:begin": Entry("post", let_in=NO_KEYRING),
    "vault:finish": Entry("post", let_in=NO_KEYRING),
    "vault:file": Entry("get", READERS, OWN, names=lambda _place: {"item": FILE}),
    # promises
    "sop:board": Entry(roles=READERS | MANAGERS),
    "sop:explain": promises(TRIAGE | MANAGERS),
    "sop:list": Entry(roles=READERS | MANAGERS),
    "sop:procedure": Entry(roles=READERS | MANAGERS),
    "sop:difference": Entry(roles=READERS | MANAGERS),
    "sop:versions": Entry(roles=READERS | MANAGERS),
    "sop:approve": versions(MANAGERS),
    "sop:withdraw": versions(TRIAGE | MANAGERS),
    "sop:hear": promises(TRIAGE | MANAGERS),
    "sop:pause": promises(TRIAGE),
    "sop:resume": promises(TRIAGE),
    # cases
    "cases:list": Entry(roles=READERS),
    "cases:open": Entry(roles=READERS, relations=OWN, names=lambda _place: {"ticket": TICKET}),
    "cases:case": cases("get"),
    "cases:card": cases(),
    "cases:step": cases(),
    "cases:conference": cases(),
    "cases:conflict": cases(),
    "cases:break_glass": cases(),
    "cases:who": cases("get"),
    "cases:glasses": Entry(roles=SUPERVISORS),
    "cases:look_at_glass": Entry(
        "post", SUPERVISORS, OWN, names=lambda place: {"number": place.glass.pk}
    ),
    "cases:hand_over": Entry(roles=SUPERVISORS),
    "cases:samples": Entry(roles=SUPERVISORS),
    # Only the supervisor for whom a case was drawn: tests/cases/test_supervising.py.
    "cases:sample": Entry(
        roles=SUPERVISORS, relations=frozenset(), names=lambda place: {"number": place.sample.pk}
    ),
    "cases:burdens": Entry(roles=READERS),
    "cases:crew": cases(),
    "cases:tell_also": cases(),
    "cases:add_person": cases("get"),
    "cases:mend_person": cases("get", number=1),
    "cases:add_incident": cases("get"),
    "cases:tasks": Entry(roles=READERS),
    "cases:add_task": cases(),
    "cases:end_task": Entry(
        "post",
        READERS,
        frozenset(),
        names=lambda place: {"code": place.case.code, "number": 1},
    ),  # there is none: tests/cases/test_tasks.py
    "cases:timeline": cases("get"),
    "cases:notes": cases("get"),
    "cases:contact": cases(),
    "cases:risk": cases("get"),
    "cases:decide_risk": cases(roles=frozenset({"supervisor"})),
    "cases:retaliation": cases(),
    "cases:assessment": cases("get"),
    "cases:part": cases("get", name="needs"),
    # Nothing is written yet: tests/cases/test_assessing.py.
    "cases:part_beside": Entry(
        "get", READERS, frozenset(), names=lambda place: {"code": place.case.code, "name": "needs"}
    ),
    "cases:ask_part": cases(name="needs"),
    "cases:answer_part": Entry(
        "post", READERS, frozenset(), names=lambda place: {"code": place.case.code, "number": 1}
    ),
    "cases:legal": cases("get"),
    "cases:visum": cases(),
    "cases:justice": cases(),
    "cases:police_later": cases(roles=frozenset({"supervisor"})),
    "cases:protection": cases(),
    "cases:protection_step": cases(),
    "cases:plan": cases("get"),
    "cases:plan_beside": cases("get"),
    "cases:plan_print": cases("get"),
    "cases:agree_plan": cases(),
    "cases:add_goal": cases("get"),
    "cases:mend_goal": cases("get", number=1),
    "cases:set_goal": cases(number=1),
    "cases:reviews": cases("get"),
    "cases:closing": cases("get"),
    "cases:peers": Entry(roles=READERS),
    "cases:office_card": Entry(roles=READERS),
    "cases:approve_peer": Entry(
        "post",
        SUPERVISORS,
        frozenset(),  # there is none: tests/cases/test_transferring.py
        names=lambda _place: {"number": 1},
    ),
    "cases:take_in": Entry(roles=READERS),
    "cases:transfer": cases("get"),
    "cases:withdraw_transfer": cases(),
    "cases:confirm_transfer": cases(),
    "cases:receipt": Entry(
        roles=READERS, relations=frozenset(), names=lambda place: {"code": place.case.code}
    ),  # it came from nowhere else: tests/cases/test_transferring.py
    "cases:links": Entry(
        roles=READERS, relations=OWN, names=lambda place: {"subject": place.case.code}
    ),
    "cases:links_brief": Entry(
        roles=READERS, relations=OWN, names=lambda _place: {"subject": TICKET}
    ),
    "cases:links_waiting": Entry(roles=READERS),
    "cases:answer_link": Entry(
        "post", READERS, frozenset(), names=lambda _place: {"number": 1}
    ),  # there is none: tests/cases/test_linking.py
    "cases:merge": cases("get"),
    "cases:answer_merge": cases(roles=frozenset({"supervisor"})),
    "cases:answer_closure": cases(roles=frozenset({"supervisor"})),
    "cases:reopen": cases(),
    "cases:ask_archive": cases(),
    "cases:rights": cases("get"),
    "cases:mark_right": cases(),
    "cases:tell_rights": cases(),
    "cases:rights_print": cases("get"),
    # what is kept
    "records:due": Entry(roles=MANAGERS),
    "records:waiting": Entry(roles=MANAGERS),
    "records:held": Entry(roles=MANAGERS),
    "records:erased": Entry(roles=MANAGERS),
    "records:schedule": Entry(roles=MANAGERS),
    "records:ask_erasure": Entry(
        "post", MANAGERS, frozenset(), data={"subject": "KSS-0000-0001"}
    ),  # not ended yet: there for nobody; tests/records/test_keeping.py
    "records:approve_erasure": kept("erasure"),
    "records:refuse_erasure": kept("erasure"),
    "records:let_go": kept("retained"),
    "records:requests": Entry(roles=MANAGERS),
    "records:breaches": Entry(roles=MANAGERS),
    "records:new_breach": Entry(roles=MANAGERS),
    "records:breach": breaches("get"),
    "records:breach_touch": breaches(),
    "records:breach_told": breaches(number=True),
    "records:breach_authority": breaches(),
    "records:close_breach": breaches(),
    "records:of_case": cases("get"),
    "records:consents": cases("get"),
    "records:withdraw_consent": consents(),
    "records:consent_print": consents("get"),
    "records:give": consents(),
    "records:new_keys": cases(),
    "records:shared": Entry(roles=PARTNERS),
    # Only to whom something was granted: tests/records/test_granting.py.
    "records:shared_case": shared(),
    "records:still_shared": shared(),
    "records:packets": cases("get"),
    "records:make_packet": cases(),
    "records:answer_packet": packets(SUPERVISORS, lambda at: at.packet.grant.pk),
    "records:hand_packet": packets(READERS),
    "records:packet_print": packets(READERS, method="get"),
    "records:answer_request": asked_of_case(SUPERVISORS),
    "records:tell_request": asked_of_case(READERS),
    # the directory
    "directory:channels": Entry(roles=MANAGERS, relations=AGENCY),
    "directory:mend_channel": Entry(
        "post", MANAGERS, AGENCY, names=lambda place: {"number": place.channel.pk}
    ),
    "directory:helpers": Entry(roles=MANAGERS, relations=AGENCY),
    "directory:helper": helpers("get"),
    "directory:qualify": helpers(),
    "directory:revoke_cards": helpers(),
    "desk:issue_card": helpers(),
    # members
    "access:members": Entry(roles=MANAGERS),
    "access:invite": Entry(roles=MANAGERS),
    "access:member": members("get"),
    "access:deactivate": members(),
    "access:reactivate": members(),
    "access:invite_again": members(),
    "access:lost_factor": members("get"),
    "access:approve_reset": lost_factors(),
    # Its owner may say no to their own; of others' requests only managers of the agency know.
    "access:refuse_reset": Entry(
        "post",
        frozenset(ROLES),
        frozenset(),
        frozenset((role, relation) for role in MANAGERS for relation in AGENCY),
        names=lambda place: {"number": place.lost.pk},
    ),
    "access:on_call": Entry("post", MANAGERS),
    "access:cancel_duty": Entry(
        "post", MANAGERS, AGENCY, names=lambda place: {"number": place.duty.pk}
    ),
    "access:plan_absence": Entry("post", MANAGERS),
    "access:cancel_absence": Entry(
        "post", MANAGERS, AGENCY, names=lambda place: {"number": place.away.pk}
    ),
    "access:approve_elevation": elevations(),
    "access:refuse_elevation": elevations(),
    # Anybody may end their own; of others' requests only approvers of the agency know.
    "access:end_elevation": Entry(
        "post",
        frozenset(ROLES),
        frozenset(),
        frozenset((role, relation) for role in MANAGERS for relation in AGENCY),
        names=lambda place: {"number": place.asked.pk},
    ),
    "access:conflicts": Entry(roles=SUPERVISORS),
    "access:lift_conflict": Entry(
        "post", SUPERVISORS, OWN, names=lambda place: {"number": place.conflict.pk}
    ),
    "access:trail": Entry(roles=frozenset({"auditor"})),
    "config:morning": Entry(roles=READERS),
    "config:system": Entry(roles=frozenset({"city_it"})),
}


def walk(resolver: URLResolver, inside: tuple[str, ...] = ()) -> Iterator[str]:
    """The full name of every address below a resolver."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            deeper = (*inside, pattern.namespace) if pattern.namespace else inside
            yield from walk(pattern, deeper)
        else:
            assert isinstance(pattern, URLPattern)
            yield ":".join((*inside, pattern.name or str(pattern.pattern)))


@cache
def addresses() -> frozenset[str]:
    """Every address of the house."""
    return frozenset(walk(get_resolver(settings.ROOT_URLCONF)))


def test_every_address_is_in_the_table() -> None:
    assert addresses() == frozenset(TABLE)


def test_the_office_has_no_second_address_in_another_language(place: Place) -> None:
    paths = [reverse(name, kwargs=entry.names(place)) for name, entry in TABLE.items()]
    office = [path for path in paths if path.startswith("/kantor/")]
    assert office
    with translation.override("en"):
        for path in office:
            with pytest.raises(Resolver404):
                resolve(f"/en{path}")


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    """What every test of a module finds; whatever a test does to it is undone after the test."""
    with django_db_blocker.unblock(), ExitStack() as open_now:
        for alias in connections:
            open_now.enter_context(transaction.atomic(using=alias))
        yield _place()
        for alias in connections:
            transaction.set_rollback(True, using=alias)


def _place() -> Place:
    """A report of one team, passed to another agency, and one member per role and relation."""
    team = TeamFactory()
    other = TeamFactory(agency=team.agency)
    away = TeamFactory(agency=AgencyFactory(kind=AgencyKind.POLICE))
    receiving = TeamFactory(agency=AgencyFactory(kind=AgencyKind.HEALTH))
    stand = dict(zip(RELATIONS, (team, other, away, receiving), strict=True))
    _report(team, passed_to=receiving.agency.code)
    filed = Report.objects.get()
    filed.ticket.reached.create(stage="review", day=filed.day)
    Filing.objects.create(
        report=filed,
        agency=receiving.agency,
        member=MemberFactory(role="partner_officer", team=receiving),
        paper="agency",
        agreed="herself",
    )
    colleague = MemberFactory(team=team)
    now = timezone.now()
    members = {
        (role, relation): MemberFactory(role=role, team=stand[relation])
        for role in ROLES
        for relation in RELATIONS
    }
    return Place(
        team=team,
        target=colleague,
        duty=Duty.objects.create(
            team=team, member=colleague, starts=now, ends=now + timedelta(hours=1)
        ),
        asked=Elevation.objects.create(
            member=colleague, right=Right.SEE_FIGURES, reason="x" * 20, hours=1, asked_at=now
        ),
        lost=LostFactor.objects.create(
            member=colleague,
            reason="x" * 20,
            asked_by=MemberFactory(role="head", agency=team.agency),
            asked_at=now,
            until=now + timedelta(hours=1),
        ),
        away=Absence.objects.create(member=colleague, starts=now, ends=now + timedelta(hours=1)),
        version=Version.objects.create(
            book="penanganan",
            version="2030-1",
            since=date(2030, 1, 1),
            sha=sha_of(DRAFT),
            text=DRAFT,
            drafted_by=colleague.code,
            drafted_at=now,
        ),
        channel=Channel.objects.create(kind="phone", label="Telepon", target="0800-000-0000"),
        helper=Helper.objects.create(
            name="Contoh", profile="pkk", area_code="21.72.01.1001", until=date(2030, 1, 1)
        ),
        promise=Promise.objects.create(
            subject=TICKET,
            team_code=team.code,
            book="penanganan",
            version="2025-1",
            step="triage",
            band="high",
            began_at=now,
            due_at=now,
        ),
        case=(
            case := _case(
                team, [one for (_role, relation), one in members.items() if relation == "own team"]
            )
        ),
        sample=Sample.objects.create(case=case, by=colleague, day=date(2026, 11, 24)),
        glass=BreakGlass.objects.create(
            case=case,
            member=colleague,
            reason="danger",
            since=now,
            until=now + timedelta(minutes=30),
        ),
        erasure=Erasure.objects.create(
            subject="KSS-0000-0001",
            team_code=team.code,
            kind="case",
            why="term",
            asker=colleague,
            asked_day=date(2026, 11, 24),
        ),
        retained=Retained.objects.create(
            subject="KSS-0000-0001",
            team_code=team.code,
            reason="court",
            member=colleague,
            since=date(2026, 11, 24),
        ),
        request=DataRequest.objects.create(
            case=case, kind="copy", came="met", asked_at=now, due_at=now, member=colleague
        ),
        packet=Packet.objects.create(
            grant=PacketGrant.objects.create(
                case=case,
                receiver="court",
                basis="agreed",
                asker=colleague,
                asked_day=date(2026, 11, 24),
            ),
            number=1,
            sha="0" * 64,
            size=1,
        ),
        consent=Consent.objects.create(
            case=case,
            number=1,
            agency=receiving.agency,
            purpose="share_health",
            comps="identity medical",
            given_by="self",
            how="spoken",
            day=date(2026, 11, 24),
            until=date(2030, 1, 1),
            member=colleague,
        ),
        touched=Touched.objects.create(
            breach=Breach.objects.create(
                code="BCR-0000-0001",
                team_code=team.code,
                kind="lost",
                known_at=now,
                due_at=now,
                item="",
                member=colleague,
            ),
            subject=TICKET,
        ),
        conflict=Conflict.objects.create(
            subject="TDH-0000-0002",
            root="TDH-0000-0002",
            team_code=team.code,
            member=colleague,
            kind="friend",
            told_by=colleague,
            day=date(2026, 11, 24),
        ),
        members=members,
    )


def _case(team: Team, crew: list[Member]) -> Case:
    case = Case.objects.create(
        code="KSS-0000-0001",
        team_code=team.code,
        opened_day=date(2026, 11, 1),
        band="high",
        urgency=1,
        manager=crew[0],
    )
    Person.objects.create(case=case, number=1, role="survivor")
    Goal.objects.create(case=case, number=1, who="crew", since=date(2026, 11, 1))
    for member in crew:
        Crew.objects.create(case=case, member=member, role="officer", since=date(2026, 11, 1))
    return case


def _report(team: Team, *, passed_to: str) -> None:
    day = date(2026, 11, 24)
    opened = Ticket.objects.create(
        number=TICKET, auth="0" * 64, stage_day=day, opened_day=day, rights_version="1"
    )
    Report.objects.create(
        ticket=opened,
        door="self",
        day=day,
        origin="browser",
        team_code=team.code,
        passed_to=passed_to,
    )
    kid = f"tim-{team.code}.00000000"
    PublicKey.objects.create(kid=kid, kind="team", owner=team.code, public=b"", since=day)
    sealed = Compartment.objects.create(subject=TICKET, comp="file", gen=1, d=b"", cmp="c" * 43)
    Wrap.objects.create(compartment=sealed, kid=kid, stored=b"")
    said = {"v": 1, "cmp": "A" * 43, "item": "A" * 22, "what": "intake.evidence.body", "seq": 1}
    rest = {"n": "A" * 22, "orig": "browser", "day": str(day), "pad": "none", "by": "pelapor.0"}
    Envelope.objects.create(
        compartment=sealed,
        item=FILE,
        what="intake.evidence.body",
        seq=1,
        hdr=compact(said | rest),
    )


def ask(client: Client, name: str, place: Place) -> int:
    """The status of one request; whatever it wrote is undone."""
    entry = TABLE[name]
    path = reverse(name, kwargs=entry.names(place))
    with transaction.atomic():
        response = getattr(client, entry.method)(path, entry.data)
        transaction.set_rollback(True)
    if response.headers.get("Location", "").startswith(f"{settings.LOGIN_URL}?next="):
        return 401
    return int(response.status_code)


def meets(entry: Entry, expected: str, status: int) -> bool:
    """Whether a status is what the table expects."""
    if expected == "in":
        return status in entry.let_in
    return status == {"forbidden": 403, "not there": 404}[expected]


@pytest.fixture(scope="module")
def cookies(place: Place) -> dict[tuple[str, str], str]:
    """The session of every member of the place."""
    name = settings.SESSION_COOKIE_NAME
    return {
        who: signed_in(Client(), member).cookies[name].value
        for who, member in place.members.items()
    }


@pytest.mark.parametrize("name", sorted(name for name, entry in TABLE.items() if not entry.open))
def test_an_address_lets_in_whom_the_table_says(
    name: str, place: Place, cookies: dict[tuple[str, str], str]
) -> None:
    entry = TABLE[name]
    wrong = []
    for (role, relation), cookie in cookies.items():
        client = Client(headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"})
        status, expected = ask(client, name, place), entry.answers(role, relation)
        if not meets(entry, expected, status):
            wrong.append((role, relation, expected, status))
    assert wrong == []


@pytest.mark.parametrize("name", sorted(TABLE))
def test_without_sign_in_only_the_open_pages_answer(name: str, place: Place) -> None:
    status = ask(Client(), name, place)
    assert (status != 401) == TABLE[name].open
    assert status < 500


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_password_alone_opens_no_page_of_the_office(name: str, place: Place) -> None:
    entry = TABLE[name]
    path = reverse(name, kwargs=entry.names(place))
    member = place.members["supervisor", "own team"]
    if entry.open or "reauthenticate" in name:
        return
    client = Client()
    client.force_login(member)
    response = getattr(client, entry.method)(path, entry.data)
    assert response.status_code == 302
    assert "/2fa/reauthenticate/" in response.headers["Location"]
