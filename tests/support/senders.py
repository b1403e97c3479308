"""Everybody who sends something to the office, once: what is sent, and the rows it must make.

Only inside an office without members: see tests/support/crashing.py.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from teduh.access.models import Member, Team
from teduh.chat.models import Message
from teduh.config import upgrading
from teduh.intake import seeds
from teduh.intake.channels.callcenter import actions as callcenter
from teduh.intake.channels.outreach import actions as outreach
from teduh.intake.channels.outreach.models import Gathered
from teduh.intake.channels.outreach.words import Occasion
from teduh.intake.channels.phone.models import Call
from teduh.intake.channels.referral.models import Filing
from teduh.intake.channels.whatsapp.models import Heard
from teduh.intake.models import Addition, FieldNote, Report
from teduh.lib.codes import new_call
from teduh.outbox.models import Message as Post
from teduh.sop.models import Promise
from teduh.tickets.models import Ticket
from teduh.vault import demo, office, parcels, without_script
from teduh.vault.codes import spell_digits
from teduh.vault.models import Compartment, Envelope, ReporterKey
from teduh.vault.packages import SealedPackage, b64, unb64
from teduh.vault.rules import BODY, CALL_DRAFT, NEW_CALL, SENT, SENT_CARD
from tests.factories import AgencyFactory, MemberFactory, TeamFactory, signed_in
from tests.factories.reports import (
    AT,
    CODE,
    DAY,
    as_field,
    file_as_form,
    file_of,
    filed_package,
    message_of,
    package_as_field,
    received,
    report_as_field,
    sealed_report,
    spelled,
    ticket_number,
)
from tests.support.crashing import HOST, TEXT, Sender

SAVED = {"accept": "application/json"}
Count = Callable[[], int]


def every() -> dict[str, Sender]:
    """Each sender by name, and the office they send to."""
    if upgrading.is_new():
        upgrading.upgrade()
    office.open_keys(
        teams={"asesmen": ["melati"]},
        phrases={"melati": demo.phrase_of("melati")},
        key_officers=["melati"],
        seeds=demo.seed,
        day=DAY,
    )
    team = TeamFactory(code="asesmen")
    melati = MemberFactory(code="melati", role=("officer", "supervisor"), team=team)
    desk = signed_in(Client(SERVER_NAME=HOST), melati)
    desk.get("/kantor/hotline/", secure=True)  # all is loaded
    return {
        **from_open_pages(team),
        **into_a_ticket(team),
        **from_desks(team, melati),
        **from_elsewhere(team, melati),
    }


def from_open_pages(team: Team) -> dict[str, Sender]:
    """A report and a question, sealed in the browser and by the server."""
    report = sealed_report(team)
    bare, asked_bare = ticket_number(), ticket_number()
    question, words = without_script.seal_question(
        ticket=ticket_number(), code=CODE, text=TEXT, team_code=team.code, at=AT
    )
    asked = {**paired(question), "words": [as_field(one) for one in words]}
    return {
        "report": sender("/lapor/", {**paired(report), "door": "self"}, of_report(report.ticket)),
        "report by server": sender("/lapor/", {**drawn(bare), "story": TEXT}, of_report(bare)),
        "question": sender("/tanya/", asked, [*of_report(question.ticket), hers(question.ticket)]),
        "question by server": sender(
            "/tanya/",
            {**drawn(asked_bare), "text": TEXT},
            [*of_report(asked_bare), hers(asked_bare)],
        ),
    }


def into_a_ticket(team: Team) -> dict[str, Sender]:
    """Messages of both sides, and what is added to a report."""
    colleague = MemberFactory(role="officer", team=team)
    written, bare, filed, answered, given, added = (received(team) for _ticket in range(6))
    number, bare_number = written.ticket.number, bare.ticket.number
    filed_number, file = filed.ticket.number, SimpleUploadedFile("contoh.txt", b"Contoh isi.")
    reply = without_script.seal_message(ticket=number, code=CODE, text=TEXT, seq=1, at=AT)
    auth = b64(without_script.auth_of(number, CODE))
    more = without_script.seal_addition(
        ticket=added.ticket.number,
        code=CODE,
        answers={"intake.report.story": TEXT},
        files=[],
        team_code=team.code,
        gen=2,
        at=AT,
    )
    shown = {
        "ticket": added.ticket.number,
        "auth": b64(without_script.auth_of(added.ticket.number, CODE)),
        "sealed": package_as_field(more),
    }
    return {
        "message": sender(
            "/status/pesan/",
            {"ticket": number, "auth": auth, "sealed": [as_field(one) for one in reply]},
            [hers(number)],
        ),
        "message by server": sender(
            "/status/pesan/",
            {"ticket": bare_number, "code": spell_digits(CODE), "text": TEXT, "first": "1"},
            [hers(bare_number)],
        ),
        "file by server": sender(
            "/status/pesan/",
            {
                "ticket": filed_number,
                "code": spell_digits(CODE),
                "text": TEXT,
                "first": "1",
                "files": file,
            },
            [
                hers(filed_number),
                rows(Addition, report=filed),
                rows(Envelope, compartment__subject=filed_number, what=BODY),
            ],
        ),
        "message of the office": sender(
            f"/kantor/obrolan/{answered.ticket.number}/kirim/",
            {"sealed": as_field(message_of(answered, colleague, TEXT))},
            [rows(Message, subject=answered.ticket.number, side="office")],
            colleague,
        ),
        "file of the office": sender(
            f"/kantor/obrolan/{given.ticket.number}/kirim/",
            {
                "sealed": as_field(message_of(given, colleague, TEXT)),
                **file_as_form(file_of(given, colleague, b"Contoh isi.")),
            },
            [
                rows(Message, subject=given.ticket.number, side="office"),
                rows(Envelope, compartment__subject=given.ticket.number, what=SENT),
                rows(Envelope, compartment__subject=given.ticket.number, what=SENT_CARD),
            ],
            colleague,
        ),
        "addition": sender("/status/tambah/", shown, [rows(Addition, report=added)]),
    }


def from_desks(team: Team, melati: Member) -> dict[str, Sender]:
    """What members write down for somebody."""
    code, draft = new_call(), new_call()
    called, met, copied, came = (filed_package(team) for _person in range(4))
    ship = outreach.begin(
        by=melati, occasion=Occasion.RETURNED, place="public", area_code="", at=AT
    )
    of = {"subject": draft, "team": team.code, "member": melati.code}
    made = demo.make_case(**of, comps=NEW_CALL)
    item = demo.seal_for_case(**of, what=CALL_DRAFT, text="{}", at=AT, made=made)
    begun = {"kind": "help", "seconds": "75", "after": melati.code}
    kept = {**begun, "made": json.dumps([_made(one) for one in made]), "sealed": as_field(item)}
    talk = {"kind": "walkin", **inside(came), "answers": {"door": ["self"]}}
    return {
        "call": sender(
            f"/kantor/hotline/{code}/",
            {**paired(called), **begun, "door": "self"},
            [*of_report(called.ticket), rows(Call, code=code, filed=True)],
            melati,
        ),
        "draft of a call": sender(
            f"/kantor/hotline/{draft}/simpan/",
            kept,
            [rows(Call, code=draft), rows(Envelope, compartment__subject=draft)],
            melati,
        ),
        "talk in the room": sender(
            "/kantor/datang/kirim/", parcel(talk), of_report(came.ticket), melati
        ),
        "person met": sender(
            f"/kantor/jemput/{ship.pk}/",
            {**paired(met), "door": "self"},
            [*of_report(met.ticket), rows(Gathered, report__ticket__number=met.ticket)],
            melati,
        ),
        "copy": sender(
            "/kantor/salin/",
            {**paired(copied), "door": "self", "channel": "letter"},
            of_report(copied.ticket),
            melati,
        ),
    }


def from_elsewhere(team: Team, melati: Member) -> dict[str, Sender]:
    """A helper in the field, an agency, a call centre, and a gateway."""
    police = MemberFactory(role="partner_officer", agency=AgencyFactory(kind="police"))
    referred, filed, handed = (
        sealed_report(team),
        filed_package(team),
        sealed_report(team),
    )
    field = {"level": "red", "area": "", "reach": True, "number": "", "sig": "", **inside(referred)}
    link = callcenter.open_link(by=melati, name="112 Kota Contoh", at=AT)
    gateways = Report.objects.filter(channel="whatsapp")
    return {
        "referral from the field": sender(
            "/lapangan/kirim/",
            parcel(field),
            [*of_report(referred.ticket), rows(FieldNote, report__ticket__number=referred.ticket)],
        ),
        "filing of an agency": sender(
            "/kantor/mitra/lapor/police/",
            {
                **paired(filed),
                "door": "self",
                "agreed": "herself",
                "reference": "LP/B/0142/XI/2026",
            },
            [*of_report(filed.ticket), rows(Filing, report__ticket__number=filed.ticket)],
            police,
        ),
        "hand-over of a call centre": sender(
            f"/112/{link}/", {**paired(handed), "door": "other"}, of_report(handed.ticket)
        ),
        "message on the telephone": gateway(
            "satu", [gateways.count, rows(Heard), rows(Post, template="heard")]
        ),
        "another within a day": gateway("dua", [rows(Addition, report__channel="whatsapp")]),
    }


def sender(
    path: str, told: dict[str, Any], kept: list[Count], member: Member | None = None
) -> Sender:
    """Somebody who sends this form, and again until it is answered."""
    client = Client(raise_request_exception=False, SERVER_NAME=HOST)
    if member:
        signed_in(client, member)
    accept = {} if "text" in told or "seed" in told else SAVED

    def send() -> int:
        return int(client.post(path, told, secure=True, headers=accept).status_code)

    return Sender(_view(path), send, lambda: [count() for count in kept])


def gateway(name: str, kept: list[Count]) -> Sender:
    """A gateway that brings one message, signed anew each time."""
    path, client = "/masuk/pesan/", Client(raise_request_exception=False, SERVER_NAME=HOST)
    message = {"v": 1, "id": name, "way": "whatsapp", "from": "+6281200007431", "text": TEXT}
    body = json.dumps(message).encode()

    def send() -> int:
        moment = str(int(time.time()))
        key = bytes(settings.TEDUH_INBOUND_KEY)
        mac = hmac.new(key, moment.encode() + b"." + body, hashlib.sha256)
        heads = {"teduh-time": moment, "teduh-signature": f"v1={mac.hexdigest()}"}
        told = client.post(path, body, "application/json", secure=True, headers=heads)
        return int(told.status_code)

    return Sender(_view(path), send, lambda: [count() for count in kept])


def rows(model: type[Model], **of: object) -> Count:
    """How many rows there are of this kind."""
    return lambda: int(model._base_manager.filter(**of).count())


def of_report(ticket: str) -> list[Count]:
    """What a report is: ticket, facts, sealed parts with their key, and a promise."""
    promised = {"subject": ticket, "step": "first_contact"}
    return [
        rows(Ticket, number=ticket),
        rows(Report, ticket__number=ticket),
        rows(ReporterKey, subject=ticket),
        rows(Compartment, subject=ticket, comp="narrative"),
        rows(Promise, **promised),
    ]


def hers(ticket: str) -> Count:
    """Messages of the holder of a ticket."""
    return rows(Message, subject=ticket, side="reporter")


def paired(package: SealedPackage) -> dict[str, Any]:
    """A sealed report with its ticket, as a form carries them."""
    relay = without_script.relay(package.ticket)
    return {"ticket": package.ticket, "r": relay, "sealed": report_as_field(package)}


def drawn(ticket: str) -> dict[str, Any]:
    """What a page without script carries for its sender."""
    seed = seeds.draw(ticket, timezone.now())
    return {"ticket": ticket, "r": without_script.relay(ticket), "seed": seed}


def inside(package: SealedPackage) -> dict[str, Any]:
    """What every parcel holds."""
    relay = without_script.relay(package.ticket)
    return {"v": 1, "ticket": package.ticket, "r": relay, "sealed": spelled(package)}


def parcel(told: dict[str, Any]) -> dict[str, Any]:
    """A parcel out of a browser's outbox."""
    key = unb64(parcels.public())
    return {"titipan": b64(parcels.seal(told, key, settings.TEDUH_INSTANCE))}


def _view(path: str) -> str:
    return str(resolve(path).func.__module__)


def _made(one: Any) -> dict[str, Any]:
    wraps = [{"kid": wrap.kid, "w": b64(wrap.w)} for wrap in one.wraps]
    return {"d": b64(one.d), "by": one.by, "sig": b64(one.sig), "wraps": wraps}
