"""A version is drafted by one and approved by two others; what was promised keeps its version."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from django.test import Client

from teduh.access.models import Agency, Member
from teduh.access.rules import Forbidden
from teduh.access.words import AgencyKind
from teduh.audit.models import Row
from teduh.config.health.house import procedures
from teduh.config.rules import Level
from teduh.lib.actors import ANONYMOUS
from teduh.sop import actions, books, queries
from teduh.sop.models import Promise, Version
from teduh.sop.rules import NotOpen, NotTwice, TooSoon, UnknownStep, VersionTaken, WrongBook
from tests.factories import AgencyFactory, MemberFactory, TeamFactory, signed_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
FIRST_DAY = date(2027, 2, 1)
LATER = datetime(2027, 2, 1, 3, 0, tzinfo=UTC)
PAGE = "/kantor/sop/versi/"


def text(version: str = "2027-1", since: date = FIRST_DAY, **changes: str) -> str:
    """The shipped procedure under another name, first contact at low risk within 12 hours."""
    told = books.shipped()["penanganan", "2026-1"].text
    changes = {
        'version = "2026-1"': f'version = "{version}"',
        "from = 2026-01-01": f"from = {since}",
        'low = "24h" }': 'low = "12h" }',
        **changes,
    }
    for old, new in changes.items():
        assert old in told
        told = told.replace(old, new, 1)
    return told


@pytest.fixture
def office() -> Agency:
    return AgencyFactory()


@pytest.fixture
def drafter(office: Agency) -> Member:
    return MemberFactory(role="case_manager", team=TeamFactory(agency=office))


@pytest.fixture
def head(office: Agency) -> Member:
    return MemberFactory(role="head", agency=office)


@pytest.fixture
def lead(office: Agency) -> Member:
    return MemberFactory(role="supervisor", team=TeamFactory(agency=office))


@pytest.fixture
def proposed(drafter: Member) -> Version:
    return actions.draft(by=drafter, text=text(), at=AT)


def in_force(day: date = FIRST_DAY) -> str:
    return queries.in_force("penanganan", day).version


def verbs() -> list[str]:
    return [row.verb for row in Row.objects.filter(verb__startswith="procedure.")]


# --- two approvals ---------------------------------------------------------------------------------


def test_a_version_is_in_force_from_its_first_day_once_two_others_approved(
    proposed: Version, head: Member, lead: Member
) -> None:
    assert in_force() == "2026-1"
    actions.approve(by=head, version=proposed, at=AT)
    assert in_force() == "2026-1"
    actions.approve(by=lead, version=proposed, at=AT)
    assert in_force() == "2027-1"
    assert in_force(FIRST_DAY - timedelta(days=1)) == "2026-1"
    assert sorted(verbs()) == ["procedure.approved"] * 2 + ["procedure.drafted"]


def test_whoever_drafted_or_approved_does_not_approve_again(office: Agency, head: Member) -> None:
    lead = MemberFactory(role="supervisor", team=TeamFactory(agency=office))
    version = actions.draft(by=lead, text=text(), at=AT)
    with pytest.raises(NotTwice):
        actions.approve(by=lead, version=version, at=AT)
    actions.approve(by=head, version=version, at=AT)
    with pytest.raises(NotTwice):
        actions.approve(by=head, version=version, at=AT)
    assert version.approvals.count() == 1


@pytest.mark.parametrize("role", ["officer", "case_manager", "city_it", "auditor"])
def test_only_head_and_supervisor_approve(proposed: Version, office: Agency, role: str) -> None:
    with pytest.raises(Forbidden):
        actions.approve(by=MemberFactory(role=role, agency=office), version=proposed, at=AT)


def test_nobody_outside_the_office_drafts_or_approves(proposed: Version) -> None:
    police = AgencyFactory(kind=AgencyKind.POLICE)
    stranger = MemberFactory(role="supervisor", team=TeamFactory(agency=police))
    with pytest.raises(Forbidden):
        actions.draft(by=stranger, text=text("2027-2"), at=AT)
    with pytest.raises(Forbidden):
        actions.approve(by=stranger, version=proposed, at=AT)


def test_a_draft_is_taken_back_by_its_drafter_until_it_is_approved(
    proposed: Version, drafter: Member, head: Member, lead: Member
) -> None:
    with pytest.raises(Forbidden):
        actions.withdraw(by=head, version=proposed, at=AT)
    actions.withdraw(by=drafter, version=proposed, at=AT)
    again = actions.draft(by=drafter, text=text(), at=AT)
    for one in (head, lead):
        actions.approve(by=one, version=again, at=AT)
    for act in (actions.withdraw, actions.approve):
        with pytest.raises(NotOpen):
            act(by=drafter if act is actions.withdraw else head, version=again, at=AT)


def test_a_draft_that_cannot_be_is_refused(proposed: Version, drafter: Member) -> None:
    with pytest.raises(VersionTaken):
        actions.draft(by=drafter, text=text(), at=AT)
    with pytest.raises(VersionTaken):
        actions.draft(by=drafter, text=text("2026-1"), at=AT)
    with pytest.raises(TooSoon):
        actions.draft(by=drafter, text=text("2027-2", date(2026, 11, 24)), at=AT)
    with pytest.raises(WrongBook):
        actions.draft(by=drafter, text=text().replace("penanganan", "lain"), at=AT)
    assert Version.objects.count() == 1


# --- what runs keeps its version -------------------------------------------------------------------


def test_what_was_promised_keeps_its_version(proposed: Version, head: Member, lead: Member) -> None:
    told = {"by": ANONYMOUS, "event": "report.received", "team_code": "asesmen", "band": "low"}
    actions.start(subject="TDH-7K2M-9QXR", at=LATER, **told)
    for one in (head, lead):
        actions.approve(by=one, version=proposed, at=AT)
    actions.start(subject="TDH-7K2M-9QXS", at=LATER, **told)
    waits = {
        row.version: row.due_at - LATER for row in Promise.objects.filter(step="first_contact")
    }
    assert waits == {"2026-1": timedelta(hours=24), "2027-1": timedelta(hours=12)}
    assert queries.step("penanganan", "2027-1", "triage").key == "triage"
    assert [line.title for line in queries.lines_of("TDH-7K2M-9QXS", LATER)]


def test_a_version_nobody_knows_has_no_steps() -> None:
    with pytest.raises(UnknownStep):
        queries.step("penanganan", "2030-1", "triage")


# --- edited files ----------------------------------------------------------------------------------


def edit(folder: Path, name: str) -> None:
    file = folder / name
    file.write_text(file.read_text().replace('medium = "6h"', 'medium = "7h"'))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The procedures as they lie on a server where somebody may edit them."""
    made = tmp_path / "data"
    copytree(books.DATA, made)
    look = books.look
    monkeypatch.setattr(books, "look", lambda: look(made))
    return made


def test_an_edited_file_of_an_adopted_version_alarms_and_times_go_on(folder: Path) -> None:
    assert queries.edited() == []
    edit(folder, "penanganan.2026-1.toml")
    assert queries.edited() == ["penanganan.2026-1"]
    finding = next(iter(procedures(AT)))
    assert finding.level == Level.BAD
    assert "penanganan.2026-1" in str(finding.text)
    books.shipped.cache_clear()
    try:
        assert in_force() == "2026-1", "a promise with a changed time is better than none"
    finally:
        books.shipped.cache_clear()


def test_of_an_approved_version_the_text_counts_that_was_approved(
    folder: Path, drafter: Member, head: Member, lead: Member
) -> None:
    (folder / "penanganan.2027-1.toml").write_text(text())
    books.shipped.cache_clear()
    version = actions.draft(by=drafter, text=text(), at=AT)
    for one in (head, lead):
        actions.approve(by=one, version=version, at=AT)
    edit(folder, "penanganan.2027-1.toml")
    books.shipped.cache_clear()
    try:
        assert queries.edited() == ["penanganan.2027-1"]
        step = queries.step("penanganan", "2027-1", "first_contact")
        assert step.within["medium"] == timedelta(hours=6)
        assert in_force() == "2027-1"
    finally:
        books.shipped.cache_clear()


def test_a_text_changed_in_the_database_alarms(
    proposed: Version, head: Member, lead: Member
) -> None:
    for one in (head, lead):
        actions.approve(by=one, version=proposed, at=AT)
    Version.objects.update(text=text().replace('medium = "6h"', 'medium = "7h"'))
    assert queries.edited() == ["penanganan.2027-1"]


# --- pages -----------------------------------------------------------------------------------------


def page(member: Member, way: str) -> str:
    return signed_in(Client(), member).get(way).content.decode()


def test_a_version_goes_from_the_page_into_force(
    drafter: Member, head: Member, lead: Member
) -> None:
    answer = signed_in(Client(), drafter).post(PAGE, {"teks": text().replace("\n", "\r\n")})
    assert answer.status_code == 302
    version = Version.objects.get()
    assert version.text == text()
    assert "menunggu 2 persetujuan" in page(head, PAGE)
    assert "Setujui" not in page(drafter, PAGE)
    for one in (head, lead):
        signed_in(Client(), one).post(f"{PAGE}{version.pk}/setuju/")
    told = page(drafter, PAGE)
    assert f"disusun {drafter.name}" in told
    assert f"disetujui {head.name}" in told
    assert in_force() == "2027-1"


def test_a_refused_draft_says_why_and_keeps_what_was_typed(drafter: Member) -> None:
    client = signed_in(Client(), drafter)
    for sent, said in (
        ("name = ", "Belum dapat dipakai"),
        (text("2026-1"), "sudah dipakai"),
        (text(since=date(2020, 1, 1)), "paling cepat besok"),
    ):
        answer = client.post(PAGE, {"teks": sent})
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert sent[:7] in answer.content.decode()
    assert Version.objects.count() == 0


def test_the_difference_of_two_versions_is_told_step_by_step(
    proposed: Version, drafter: Member
) -> None:
    told = page(drafter, "/kantor/sop/beda/?dari=2026-1&ke=2027-1")
    assert "Kontak pertama" in told
    assert "1 hari" in told
    assert "12 jam" in told
    assert "Penelaahan" not in told
    assert "Keduanya sama" in page(drafter, "/kantor/sop/beda/?dari=2026-1&ke=2026-1")
    shrunk = page(drafter, "/kantor/sop/beda/?dari=2026-1&ke=2025-1")
    assert "Visum: pemeriksaan" in shrunk
    assert signed_in(Client(), drafter).get("/kantor/sop/beda/?ke=9").status_code == 404


def test_any_version_is_printed_and_says_whether_it_is_in_force(
    proposed: Version, drafter: Member
) -> None:
    assert "tidak berlaku untuk janji baru" in page(drafter, "/kantor/sop/?versi=2027-1")
    assert "tidak berlaku untuk janji baru" not in page(drafter, "/kantor/sop/?versi=2026-1")


def test_a_version_is_begun_from_another(drafter: Member) -> None:
    assert "version = &quot;2025-1&quot;" in page(drafter, f"{PAGE}?dari=2025-1")
