"""A referral as an HL7 FHIR R4 bundle: coded, without a name and without a word anybody wrote.

What maps to what, and what is left out: docs/fhir.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

Resource = dict[str, object]
TERMS = "http://terminology.hl7.org/CodeSystem"
CONFIDENTIALITY, ACT = f"{TERMS}/v3-Confidentiality", f"{TERMS}/v3-ActCode"
RESTRICTED, VERY_RESTRICTED = "R", "V"
# Sexual assault, abuse, or domestic violence; and: nothing goes on without another consent.
SENSITIVITY, HANDLING = "SDV", "NORDSCLCD"
OURS = "urn:teduh"  # before the systems of our own codes
# Where the service alone says more than that somebody needs help.
GRAVE = frozenset({"svc_visum", "svc_test", "svc_shelter"})
TASK: Mapping[str, str] = {  # state of a referral -> status of a Task; a draft leaves in no bundle
    "sent": "requested",
    "seen": "received",
    "silent": "requested",
    "accepted": "accepted",
    "served": "in-progress",
    "completed": "completed",
    "refused": "rejected",
    "did_not_attend": "failed",
    "withdrawn": "cancelled",
}
REQUEST: Mapping[str, str] = {  # state of a referral -> status of a ServiceRequest
    "completed": "completed",
    "refused": "revoked",
    "did_not_attend": "revoked",
    "withdrawn": "revoked",
}
PRIORITY: Mapping[str, str] = {"extreme": "stat", "high": "urgent"}
PURPOSE: Mapping[str, str] = {  # purpose of a consent -> v3-ActReason
    "share_health": "TREAT",
    "share_psych": "TREAT",
    "share_legal": "HLEGAL",
    "share_police": "HLEGAL",
}
CARE = "CAREMGT"  # every other purpose


class NotShared(Exception):
    """A referral that leaves in no bundle: nobody agreed, or no longer."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a bundle tells of one referral. `office`, `provider`: names of institutions.

    `agreed`: the day somebody agreed, `until` its last day, `holds`: it was not taken back.
    """

    code: str
    service: str
    service_name: str
    state: str
    reason: str
    band: str
    child: bool
    office: str
    provider: str
    provider_kind: str
    sent: date
    moved: date
    purpose: str
    agreed: date
    until: date | None
    holds: bool


def bundle(told: Told, at: datetime, new_id: Callable[[], str]) -> Resource:
    """The bundle of a referral. `new_id`: a random UUID at each call, so that two bundles of one
    survivor share nothing but the code of the referral.
    """
    names = ("Patient", "Organization", "Organization", "ServiceRequest", "Task", "Consent")
    patient, office, provider, request, task, consent = (new_id() for _ in names)
    rows = [
        _resource("Patient", patient, told),
        _resource("Organization", office, told) | {"name": told.office},
        _resource("Organization", provider, told)
        | {"name": told.provider, "type": [_coded(f"{OURS}:agency-type", told.provider_kind)]},
        _resource("ServiceRequest", request, told)
        | _request(told, _to(patient), _to(office), _to(provider)),
        _resource("Task", task, told)
        | _task(told, _to(patient), _to(office), _to(provider), _to(request)),
        _resource("Consent", consent, told)
        | _consent(told, _to(patient), _to(office), _to(provider)),
    ]
    return {
        "resourceType": "Bundle",
        "id": new_id(),
        "meta": _labels(told, HANDLING),
        "type": "collection",
        "timestamp": at.isoformat(),
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in rows],
    }


def _request(told: Told, patient: Resource, office: Resource, provider: Resource) -> Resource:
    return {
        "identifier": [{"system": f"{OURS}:referral", "value": told.code}],
        "status": REQUEST.get(told.state, "active"),
        "intent": "order",
        "priority": PRIORITY.get(told.band, "routine"),
        "code": _coded(f"{OURS}:service", told.service, told.service_name),
        "subject": patient,
        "authoredOn": told.sent.isoformat(),
        "requester": office,
        "performer": [provider],
    }


def _task(
    told: Told, patient: Resource, office: Resource, provider: Resource, request: Resource
) -> Resource:
    reason = {"statusReason": _coded(f"{OURS}:reason", told.reason)} if told.reason else {}
    return {
        "status": TASK[told.state],
        **reason,
        "businessStatus": _coded(f"{OURS}:referral-state", told.state),
        "intent": "order",
        "focus": request,
        "for": patient,
        "authoredOn": told.sent.isoformat(),
        "lastModified": told.moved.isoformat(),
        "requester": office,
        "owner": provider,
    }


def _consent(told: Told, patient: Resource, office: Resource, provider: Resource) -> Resource:
    period = {"start": told.agreed.isoformat()}
    if told.until:
        period["end"] = told.until.isoformat()
    reason = PURPOSE.get(told.purpose, CARE)
    return {
        "status": "active" if told.holds else "inactive",
        "scope": _coded(f"{TERMS}/consentscope", "patient-privacy"),
        "category": [_coded("http://loinc.org", "59284-0")],
        "patient": patient,
        "dateTime": told.agreed.isoformat(),
        "organization": [office],
        "policyRule": _coded(ACT, "OPTIN"),
        "provision": {
            "type": "permit",
            "period": period,
            "actor": [
                {"role": _coded(f"{TERMS}/v3-ParticipationType", "PRCP"), "reference": provider}
            ],
            "securityLabel": [_coding(CONFIDENTIALITY, _level(told)), _coding(ACT, SENSITIVITY)],
            "purpose": [_coding(f"{TERMS}/v3-ActReason", reason)],
        },
    }


def _resource(kind: str, name: str, told: Told) -> Resource:
    return {"resourceType": kind, "id": name, "meta": _labels(told)}


def _labels(told: Told, *more: str) -> Resource:
    codes = [_coding(CONFIDENTIALITY, _level(told)), _coding(ACT, SENSITIVITY)]
    return {"security": [*codes, *(_coding(ACT, one) for one in more)]}


def _level(told: Told) -> str:
    return VERY_RESTRICTED if told.child or told.service in GRAVE else RESTRICTED


def _to(name: str) -> Resource:
    return {"reference": f"urn:uuid:{name}"}


def _coding(system: str, code: str, display: str = "") -> Resource:
    return {"system": system, "code": code, **({"display": display} if display else {})}


def _coded(system: str, code: str, display: str = "") -> Resource:
    return {"coding": [_coding(system, code, display)]}
