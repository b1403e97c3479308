"""The shared assessment: each part by its place, given for a time, and never handed out beyond it."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import actions, known, parts, queries, rules, sharing
from teduh.cases.models import Case, Crew, PartGrant
from teduh.cases.words import CrewRole, GrantReason
from teduh.lib.actors import COMMAND
from teduh.outbox.models import Message
from teduh.vault import actions as vault
from teduh.vault import demo
from teduh.vault.packages import SealedItem, b64
from teduh.vault.rules import CASES, PARTS, Refused
from tests.factories import MemberFactory, signed_in
from tests.factories.cases import (
    AT,
    CaseOffice,
    a_report,
    at_state,
    opened,
    part_written,
    sealed_item,
)

pytestmark = pytest.mark.django_db
SOCIAL, PSYCH = parts.section("social"), parts.section("psych")
assert SOCIAL
assert PSYCH


def placed(case: Case, member: Member, role: CrewRole) -> Member:
    """The member, with a place in the team of the case."""
    Crew.objects.create(case=case, member=member, role=role, since=AT.date())
    return member


def seen_by(member: Member, case: Case, **hours: int) -> frozenset[str]:
    """The parts somebody reads."""
    return sharing.parts_for(member, case, AT + timedelta(**hours)).reads


def requested(office: CaseOffice, case: Case, by: Member) -> PartGrant:
    """Somebody asks to read the social part."""
    assert SOCIAL
    return actions.ask_part(by=by, case=case, section=SOCIAL, reason=GrantReason.PLAN, at=AT)


def sent(item: SealedItem) -> str:
    """An item as a form sends it."""
    return json.dumps({"hdr": b64(item.hdr), "ct": b64(item.ct), "sig": b64(item.sig)})


def comps(client: Client, address: str) -> set[str]:
    """The compartments a page hands out."""
    return {one.comp for one in client.get(address).context["bundle"].compartments}


@pytest.mark.parametrize(
    ("writers", "mine", "crew", "writes"),
    [
        (["health"], ["health"], ["health", "manager"], True),
        (["health"], ["manager"], ["manager", "officer"], True),
        (["health"], ["manager"], ["manager", "health"], False),
        (["health"], ["officer"], ["manager", "officer"], False),
        (["health"], [], ["manager"], False),
        (["social", "officer"], ["officer"], ["manager", "officer"], True),
    ],
)
def test_a_part_is_written_by_its_place_else_by_the_manager(
    writers: list[str], mine: list[str], crew: list[str], *, writes: bool
) -> None:
    assert rules.writes_part(writers, mine, crew) is writes


def test_every_part_names_places_and_has_a_compartment_of_its_own() -> None:
    assert [one.comp for one in parts.sections()] == list(PARTS)
    for one in parts.sections():
        assert CASES[one.what.removeprefix("cases.")] == one.comp
        assert {*one.writes, *one.reads} <= {*CrewRole.values, parts.ALL}
        assert one.writes
        assert len({asked.code for asked in one.asked}) == len(one.asked)
        assert all(asked.choices or asked.kind == "text" for asked in one.asked)


def test_a_part_is_kept_sealed_apart_and_the_trail_names_it(office: CaseOffice) -> None:
    case = opened(office)
    part = part_written(office, case)
    assert (part.member, str(part.day)) == (office.melati, "2026-11-24")
    plain = vault.hand_out(by=office.melati, subject=case.code, at=AT)
    assert not {one.comp for one in plain.compartments} & set(PARTS)
    named = vault.hand_out(by=office.melati, subject=case.code, at=AT, comps=["part-social"])
    assert [one.what for one in named.items] == ["cases.assessment.social"]
    verbs = list(
        Row.objects.filter(subject=case.code).order_by("number").values_list("verb", "detail")
    )
    assert ("case.part_written", '{"part":"social"}') in verbs
    assert verbs[-1] == ("vault.read", '{"parts":"part-social"}')
    with pytest.raises(rules.ChangedMeanwhile):
        part_written(office, case)
    second = part_written(office, case, seen=part.item)
    assert second.pk == part.pk


def test_who_has_no_place_for_a_part_writes_nothing_of_it(office: CaseOffice) -> None:
    case = opened(office)
    before = Row.objects.filter(subject=case.code).count()
    with pytest.raises(Forbidden):  # the manager stands in for the counsellor, an officer does not
        part_written(office, case, "psych")
    assert PSYCH
    made = demo.make_case(subject=case.code, team="asesmen", member="melati", comps=[PSYCH.comp])
    for wrong, reason in (
        ({"comp": "identity", "made": made}, "compartments"),
        ({"comp": "part-bio", "made": made}, "compartments"),
        ({"comp": PSYCH.comp, "made": ()}, "compartments"),
    ):
        with pytest.raises(Refused, match=reason):
            vault.open_part(by=office.melati, subject=case.code, team="asesmen", at=AT, **wrong)  # type: ignore[arg-type]
    with pytest.raises(rules.WrongMove):
        part_written(office, at_state(case, "closed"))
    assert Row.objects.filter(subject=case.code).count() == before


def test_a_part_of_a_forgotten_case_is_not_made_anew(
    office: CaseOffice, django_capture_on_commit_callbacks: object
) -> None:
    case = opened(office)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        vault.forget(by=COMMAND, subject=case.code, at=AT)
    with pytest.raises(Refused, match="subject"):
        part_written(office, case)


def test_a_grant_opens_a_part_for_its_days_and_no_longer(office: CaseOffice) -> None:
    case = opened(office)
    part_written(office, case)
    psychologist = placed(
        case, MemberFactory(role="counsellor", team=office.team), CrewRole.COUNSELLOR
    )
    assert "social" not in seen_by(psychologist, case)
    Message.objects.all().delete()
    grant = requested(office, case, psychologist)
    assert requested(office, case, psychologist) == grant
    assert Message.objects.count() == 1  # to whoever wrote the part
    assert list(sharing.waiting_for(office.melati)) == [grant]
    assert list(sharing.waiting_for(office.supervisor)) == [grant]
    assert not sharing.waiting_for(psychologist).exists()
    with pytest.raises(rules.SameHand):
        actions.grant_part(by=psychologist, grant=grant, days=7, at=AT)
    with pytest.raises(Forbidden):
        actions.grant_part(by=office.manager, grant=grant, days=7, at=AT)
    with pytest.raises(rules.UnknownCode):
        actions.grant_part(by=office.melati, grant=grant, days=365, at=AT)
    actions.grant_part(by=office.melati, grant=grant, days=7, at=AT)
    assert "social" in seen_by(psychologist, case, days=6)
    assert "social" not in seen_by(psychologist, case, days=7)
    with pytest.raises(rules.WrongMove):
        actions.refuse_part(by=office.supervisor, grant=grant, at=AT)
    actions.withdraw_part(by=office.supervisor, grant=grant, at=AT + timedelta(hours=1))
    assert "social" not in seen_by(psychologist, case, hours=2)
    told = (
        Row.objects.filter(verb__startswith="case.part_")
        .order_by("number")
        .values_list("verb", flat=True)
    )
    assert [verb.removeprefix("case.part_") for verb in told] == [
        "written", "asked", "granted", "withdrawn"
    ]  # fmt: skip


def test_who_leaves_the_team_loses_what_was_given(office: CaseOffice) -> None:
    case = opened(office)
    part_written(office, case)
    other = placed(case, MemberFactory(role="counsellor", team=office.team), CrewRole.COUNSELLOR)
    actions.grant_part(by=office.melati, grant=requested(office, case, other), days=30, at=AT)
    Crew.objects.filter(case=case, member=other).update(until=AT.date() + timedelta(days=1))
    assert seen_by(other, case, days=1) == frozenset()
    back = AT.date() + timedelta(days=2)
    Crew.objects.create(case=case, member=other, role=CrewRole.COUNSELLOR, since=back)
    assert "psych" in seen_by(other, case, days=3)
    assert "social" not in seen_by(other, case, days=3)


def test_supervision_alone_reads_only_what_everybody_reads_and_asks_another(
    office: CaseOffice,
) -> None:
    case = opened(office)
    part_written(office, case)
    assert seen_by(office.supervisor, case) == {"disability", "needs"}
    grant = requested(office, case, office.supervisor)
    with pytest.raises(rules.SameHand):
        actions.grant_part(by=office.supervisor, grant=grant, days=1, at=AT)
    actions.refuse_part(by=office.melati, grant=grant, at=AT)
    assert seen_by(office.supervisor, case) == {"disability", "needs"}
    requested(office, case, office.supervisor)  # may be asked again
    assert PartGrant.objects.waiting().count() == 1


@pytest.mark.parametrize("who", ["outsider", "supervisor"])
def test_nobody_takes_a_place_that_opens_a_part_to_them(office: CaseOffice, who: str) -> None:
    case, member = opened(office), getattr(office, who)
    placed(case, member, CrewRole.HEALTH)
    part_written(office, case)
    place = {"case": case, "member": member, "role": CrewRole.SOCIAL, "at": AT}
    with pytest.raises(rules.SameHand):
        actions.join(by=member, **place)
    assert "social" not in seen_by(member, case)
    told = {"anggota": member.code, "peran": "social"}
    page = signed_in(Client(), member).post(f"/kantor/kasus/{case.code}/tim/", told)
    assert page.status_code == 409
    actions.join(by=member, **{**place, "role": CrewRole.COUNSELLOR})  # opens nothing written
    actions.join(by=office.melati, **place)
    assert "social" in seen_by(member, case)


def test_a_manager_does_not_read_a_part_by_sending_its_writer_away(office: CaseOffice) -> None:
    case = opened(office)
    held = Crew.objects.create(
        case=case, member=office.melati, role=CrewRole.COUNSELLOR, since=AT.date()
    )
    part_written(office, case, "psych")
    actions.leave(by=office.manager, place=held, at=AT)
    mine = sharing.parts_for(office.manager, case, AT)
    assert "psych" not in mine.reads | mine.writes
    grant = actions.ask_part(
        by=office.manager, case=case, section=PSYCH, reason=GrantReason.PLAN, at=AT
    )
    actions.grant_part(by=office.supervisor, grant=grant, days=7, at=AT)
    mine = sharing.parts_for(office.manager, case, AT)
    assert "psych" in mine.reads & mine.writes  # then they may go on with it


def test_an_opening_in_need_gives_no_part_of_another_place(office: CaseOffice) -> None:
    case = opened(office)
    part_written(office, case)
    actions.break_glass(by=office.outsider, case=case, reason="danger", at=AT)  # type: ignore[arg-type]
    assert seen_by(office.outsider, case) == {"disability", "needs"}
    with pytest.raises(Forbidden):
        requested(office, case, office.outsider)


def test_the_page_hands_out_what_is_read_and_tells_of_the_rest(office: CaseOffice) -> None:
    case = opened(office)
    part_written(office, case)
    address = f"/kantor/kasus/{case.code}/asesmen/"
    officer = signed_in(Client(), office.melati)
    assert "part-social" in comps(officer, address)
    lawyer = placed(case, MemberFactory(role="legal_companion", team=office.team), CrewRole.LEGAL)
    client = signed_in(Client(), lawyer)
    assert not comps(client, address) & {"part-social", "part-psych"}
    assert not comps(client, f"/kantor/kasus/{case.code}/") & set(PARTS)
    page = client.get(address).content.decode()
    assert office.melati.name in page
    assert "cases.assessment.social" not in page
    assert client.get(f"{address}social/terakhir/").status_code == 404
    assert client.post(f"{address}social/minta/", {"alasan": ""}).status_code == 422
    assert client.post(f"{address}social/minta/", {"alasan": "court"}).status_code == 302
    number = PartGrant.objects.get().pk
    assert client.post(f"{address}izin/{number}/", {"hari": "7"}).status_code == 409
    assert case.code in officer.get("/kantor/kasus/").content.decode()
    assert officer.post(f"{address}izin/{number}/", {"hari": "9"}).status_code == 409
    assert officer.post(f"{address}izin/{number}/", {"hari": "7"}).status_code == 302
    assert "part-social" in comps(client, address)
    assert client.post(f"{address}izin/{number}/", {"jawab": "tarik"}).status_code == 302
    assert "part-social" not in comps(client, address)
    at_state(case, "closed")
    assert officer.get(f"{address}social/").status_code == 409


def test_two_who_write_at_once_see_each_other(office: CaseOffice) -> None:
    case = opened(office)
    part_written(office, case)
    client = signed_in(Client(), office.melati)
    place = {"subject": case.code, "team": "asesmen", "member": "melati"}
    item = demo.seal_for_case(**place, what="cases.assessment.social", text="{}", at=AT)
    address = f"/kantor/kasus/{case.code}/asesmen/social/"
    answer = client.post(address, {"seen": "", "sealed": sent(item)})
    assert answer.status_code == 409
    told = answer.json()
    assert client.get(told["beside"]).status_code == 200
    answer = client.post(address, {"seen": told["seen"], "sealed": sent(item)})
    assert answer.status_code == 200


def test_what_was_told_is_shown_with_its_place_and_not_asked_again(office: CaseOffice) -> None:
    report = a_report(office.team, disability="yes")
    person = actions.PersonFacts(sex="P", occupation="student", nationality="idn")
    case = opened(office, report, person=person)
    said = {
        code: [(str(one.label), one.told) for one in known.of_section(case, found, [report])]
        for code in ("social", "disability")
        if (found := parts.section(code))
    }
    assert said["social"] == [("Pekerjaan", "Penyintas 1"), ("Kewarganegaraan", "Penyintas 1")]
    assert said["disability"] == [("Disabilitas", f"laporan {report.ticket.number}")]
    wishes = parts.section("needs")
    assert wishes
    assert [one.what for one in known.sealed_of(case, wishes, [report])] == [
        "intake.report.needs_note",
        "intake.report.hopes",
    ]
    actions.keep_plan(
        by=office.melati,
        case=at_state(case, "assessed"),
        facts=actions.PlanFacts(),
        items=[sealed_item(case, "cases.plan.wishes", '{"hopes":"Contoh."}')],
        seen=0,
        at=AT,
    )
    told = known.sealed_of(case, wishes, [report])
    assert {(one.what, one.told) for one in told} == {("cases.plan.wishes", "rencana")}
    assert queries.reports_of(case) == [report]
