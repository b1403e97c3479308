"""Calls on the hotline: rows without a number, drafts that die with them, counts whole or not."""

import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from teduh.access.models import Member, Team
from teduh.access.rules import Forbidden
from teduh.access.words import TeamKind
from teduh.audit.models import Row
from teduh.intake.answers import Answers
from teduh.intake.channels.phone import actions, queries, rules
from teduh.intake.channels.phone.models import Call, CallDay
from teduh.intake.channels.phone.words import CallKind
from teduh.intake.models import Report
from teduh.lib.codes import new_call
from teduh.vault import actions as vault
from teduh.vault import demo, units
from teduh.vault import queries as sealed
from teduh.vault.models import Compartment, Envelope
from teduh.vault.packages import b64
from teduh.vault.rules import CALL_DRAFT, NEW_CALL, Refused
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.reports import AT, as_field, filed_package
from tests.vault.conftest import office  # noqa: F401  a fixture
from tests.vault.reports import Office, read

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
HEADING = "tanggal,masuk,dijawab,menunggu,terputus"
LATE = AT + timedelta(hours=rules.DRAFT_HOURS, minutes=2)


@pytest.fixture
def team(office: Office) -> Team:  # noqa: F811
    return TeamFactory(code="asesmen")


@pytest.fixture
def melati(team: Team) -> Member:
    """The member whose keys the office made."""
    return MemberFactory(code="melati", role="officer", team=team)


def save(
    by: Member,
    code: str,
    text: str = "{}",
    *,
    seconds: int = 60,
    after: str = "",
    kind: CallKind = CallKind.HELP,
) -> None:
    """A draft as the member's browser seals it; only melati has keys in these tests."""
    of = {"subject": code, "team": "asesmen", "member": "melati"}
    made = demo.make_case(**of, comps=NEW_CALL)
    item = demo.seal_for_case(**of, what=CALL_DRAFT, text=text, at=AT, made=made)
    told = {"code": code, "kind": kind, "seconds": seconds, "after": after}
    actions.keep_call(by=by, made=made, item=item, at=AT, **told)


def end(by: Member, code: str, kind: CallKind = CallKind.SILENT, **told: object) -> None:
    given = {"seconds": 40, "after": "", "at": AT, **told}
    actions.end_call(by=by, code=code, kind=kind, **given)  # type: ignore[arg-type]


# --- calls -----------------------------------------------------------------------------------------


def test_a_short_call_is_one_row_without_a_number(melati: Member) -> None:
    code = new_call()
    end(melati, code)
    call = Call.objects.get()
    assert (call.kind, call.seconds, call.open, call.filed) == ("silent", 40, False, False)
    assert (call.day, call.started_at.second, call.member) == (TODAY, 0, melati)
    assert Row.objects.filter(subject=code).values_list("verb", flat=True).get() == "call.ended"


def test_the_same_end_again_changes_nothing(melati: Member) -> None:
    code = new_call()
    end(melati, code)
    end(melati, code, CallKind.WRONG, seconds=400)
    assert Call.objects.values_list("kind", "seconds").get() == ("silent", 40)


def test_a_draft_is_replaced_not_piled_up_and_told_of_once(melati: Member) -> None:
    code = new_call()
    for number in range(3):
        save(melati, code, f'{{"v":{number}}}', seconds=60 + number)
    assert Compartment.objects.filter(subject=code).count() == 1
    assert Envelope.objects.filter(compartment__subject=code).count() == 1
    assert Call.objects.get().seconds == 62
    assert list(Row.objects.filter(subject=code).values_list("verb", flat=True)) == [
        "vault.draft_kept"
    ]


def test_what_was_written_opens_for_the_team_and_for_nobody_after_the_end(
    melati: Member,
    office: Office,  # noqa: F811
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    code = new_call()
    save(melati, code, "Contoh tulisan.")
    bundle = vault.hand_out(by=melati, subject=code, at=AT)
    signer = dict(bundle.signers)[office.signer("melati").kid]
    assert read(bundle, CALL_DRAFT, office.team_seed("asesmen"), signer) == "Contoh tulisan."
    with django_capture_on_commit_callbacks(execute=True):
        end(melati, code, CallKind.HELP)
    assert not Compartment.objects.filter(subject=code).exists()
    assert units.find(units.unit_of(code, NEW_CALL[0])) is None
    assert sealed.office_bundle(code, {"asesmen"}).items == ()


def test_an_ended_call_takes_nothing_more(melati: Member) -> None:
    code = new_call()
    end(melati, code)
    with pytest.raises(rules.Ended):
        save(melati, code)
    assert not Compartment.objects.filter(subject=code).exists()


def test_a_colleague_goes_on_and_the_first_page_stops_saving(melati: Member, team: Team) -> None:
    code, other = new_call(), MemberFactory(role="officer", team=team)
    save(melati, code)
    end_by_other = {"code": code, "kind": CallKind.HELP, "seconds": 70, "at": AT}
    with pytest.raises(rules.WithAnother):
        actions.end_call(by=other, after="", **end_by_other)  # type: ignore[arg-type]
    Call.objects.update(member=other)
    with pytest.raises(rules.WithAnother):
        save(melati, code, after="melati")
    save(melati, code, after=other.code)
    assert Call.objects.get().member == melati


def test_only_its_team_sees_a_call_that_broke(melati: Member) -> None:
    code = new_call()
    save(melati, code)
    stranger = MemberFactory(role="officer", team=TeamFactory(code="lain"))
    assert queries.one(melati, code) is not None
    assert (queries.one(stranger, code), queries.unfinished(stranger)) == (None, [])
    with pytest.raises(Forbidden):
        end(stranger, code, after="melati")


@pytest.mark.parametrize("role", ["head", "data_officer", "auditor"])
def test_without_the_right_no_call_is_written(team: Team, role: str) -> None:
    with pytest.raises(Forbidden):
        end(MemberFactory(role=role, team=team), new_call())
    assert Call.objects.count() == 0


def test_a_draft_of_another_place_is_refused_whole(melati: Member) -> None:
    code, other = new_call(), new_call()
    of = {"subject": other, "team": "asesmen", "member": "melati"}
    made = demo.make_case(**of, comps=NEW_CALL)
    item = demo.seal_for_case(**of, what=CALL_DRAFT, text="{}", at=AT, made=made)
    with pytest.raises(Refused):
        actions.keep_call(
            by=melati,
            code=code,
            kind=CallKind.HELP,
            seconds=1,
            after="",
            made=made,
            item=item,
            at=AT,
        )
    assert (Call.objects.count(), Compartment.objects.filter(comp="draft").count()) == (0, 0)


def test_a_call_that_broke_is_forgotten_after_its_hours_and_not_before(melati: Member) -> None:
    code = new_call()
    save(melati, code)
    assert actions.end_old(at=AT + timedelta(hours=rules.DRAFT_HOURS - 1)) == 0
    assert actions.end_old(at=LATE) == 1
    assert not Compartment.objects.filter(subject=code).exists()
    assert (Call.objects.get().open, Call.objects.get().kind) == (False, "help")


def test_a_filed_report_leaves_its_call_open_until_the_code_is_read_out(melati: Member) -> None:
    code = new_call()
    team = Team.objects.get(code="asesmen")
    told = {
        "by": melati,
        "code": code,
        "seconds": 300,
        "after": "melati",
        "answers": Answers(door="self", danger="unsafe"),
        "rights_version": "2026-01-01",
        "at": AT,
    }
    package = filed_package(team)
    first = actions.file_call(package=package, **told)  # type: ignore[arg-type]
    again = actions.file_call(package=package, **told)  # type: ignore[arg-type]
    assert (first, Report.objects.count()) == (again, 1)
    assert Call.objects.values_list("filed", "open", "seconds").get() == (True, True, 300)
    assert first.ticket.number not in json.dumps(
        [str(value) for value in Call.objects.values_list().get()]
    )


def test_a_call_that_is_over_takes_no_report_with_it(melati: Member) -> None:
    code, team = new_call(), Team.objects.get(code="asesmen")
    end(melati, code)
    with pytest.raises(rules.Ended):
        actions.file_call(
            by=melati,
            code=code,
            seconds=300,
            after="melati",
            answers=Answers(door="self"),
            package=filed_package(team),
            rights_version="2026-01-01",
            at=AT,
        )
    assert (Report.objects.count(), Call.objects.get().filed) == (0, False)
    assert not Row.objects.filter(verb="report.received").exists()


def test_calls_are_taken_for_the_hotline_team_before_any_other(melati: Member) -> None:
    hotline = TeamFactory(code="hotline", kind=TeamKind.HOTLINE, agency=melati.agency)
    both = MemberFactory(role="officer", team=hotline)
    assert (queries.team_of(melati), queries.team_of(both)) == ("asesmen", "hotline")


# --- the page --------------------------------------------------------------------------------------


def test_the_page_sends_a_call_that_broke_only_to_its_team(melati: Member) -> None:
    code = new_call()
    save(melati, code, "Contoh tulisan.")
    page = signed_in(Client(), melati).get(f"/kantor/hotline/{code}/")
    assert page.status_code == 200
    assert b"Contoh tulisan" not in page.content
    stranger = MemberFactory(role="officer", team=TeamFactory(code="lain"))
    assert signed_in(Client(), stranger).get(f"/kantor/hotline/{code}/").status_code == 404


def test_a_browser_saves_and_ends_by_the_addresses_of_the_page(melati: Member) -> None:
    client, code = signed_in(Client(), melati), new_call()
    of = {"subject": code, "team": "asesmen", "member": "melati"}
    made = demo.make_case(**of, comps=NEW_CALL)
    item = demo.seal_for_case(**of, what=CALL_DRAFT, text="{}", at=AT, made=made)
    spelled = [
        {
            "d": b64(one.d),
            "by": one.by,
            "sig": b64(one.sig),
            "wraps": [{"kid": wrap.kid, "w": b64(wrap.w)} for wrap in one.wraps],
        }
        for one in made
    ]
    told = {"kind": "help", "seconds": "75", "after": "melati"}
    sent = {**told, "made": json.dumps(spelled), "sealed": as_field(item)}
    assert client.post(f"/kantor/hotline/{code}/simpan/", sent).status_code == 200
    assert (
        client.post(f"/kantor/hotline/{code}/simpan/", {**sent, "sealed": "x"}).status_code == 409
    )
    assert client.post(f"/kantor/hotline/{code}/simpan/", {**sent, "kind": "x"}).status_code == 422
    assert client.post(f"/kantor/hotline/{code}/selesai/", told).status_code == 200
    assert client.post(f"/kantor/hotline/{code}/simpan/", sent).status_code == 410
    assert client.post("/kantor/hotline/TDH-0000-0001/selesai/", told).status_code == 404


# --- what an exchange counts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADING}\n2026-11-20,40,35,9,5\n2026-11-21,12,12,0,0\n",
        "\ufeffTanggal;Masuk;Dijawab;Menunggu;Terputus\r\n20/11/2026;40;35;9;5\r\n\r\n21-11-2026;12;12;0;0",
    ],
)
def test_a_file_is_read_however_the_exchange_writes_it(text: str) -> None:
    told = rules.read_file(text, TODAY)
    assert told.wrong == []
    assert [(one.day, one.offered, one.abandoned) for one in told.days] == [
        (date(2026, 11, 20), 40, 5),
        (date(2026, 11, 21), 12, 0),
    ]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("2026-11-20,40,35,9", "columns"),
        ("kemarin,40,35,9,5", "day"),
        ("2026-11-20,empat,35,9,5", "number"),
        ("2026-11-20,-4,35,9,5", "number"),
        ("2026-11-20,99999,35,9,5", "number"),
        ("2026-11-20,40,38,9,5", "sum"),
        ("2026-11-20,40,35,41,5", "sum"),
        ("2026-11-25,40,35,9,5", "future"),
        ("2026-11-19,1,1,0,0", "twice"),
    ],
)
def test_a_wrong_line_is_named_by_its_number(line: str, what: str) -> None:
    told = rules.read_file(f"{HEADING}\n2026-11-19,1,1,0,0\n{line}\n", TODAY)
    assert told.wrong == [(3, what)]


@pytest.mark.parametrize("text", ["", "hari,masuk\n", f"{HEADING}\n", '"\n"', "\0\n\0"])
def test_what_is_no_such_file_is_answered_too(text: str) -> None:
    assert rules.read_file(text, TODAY).wrong


def upload(client: Client, text: str) -> tuple[int, str]:
    table = SimpleUploadedFile("hitungan.csv", text.encode())
    answer = client.post("/kantor/hotline/hitungan/berkas/", {"table": table})
    return answer.status_code, answer.content.decode()


def test_a_file_with_a_wrong_line_keeps_nothing_and_says_which(melati: Member) -> None:
    client = signed_in(Client(), melati)
    text = f"{HEADING}\n2026-11-19,1,1,0,0\n2026-11-20,4,9,0,0\n"
    status, page = upload(client, text)
    assert (status, CallDay.objects.count()) == (422, 0)
    assert "Baris 3" in page


def test_a_file_is_kept_whole_and_a_day_told_again_is_told_anew(melati: Member) -> None:
    client = signed_in(Client(), melati)
    assert upload(client, f"{HEADING}\n2026-11-19,1,1,0,0\n2026-11-20,9,4,1,5\n")[0] == 302
    assert upload(client, f"{HEADING}\n2026-11-20,9,5,1,4\n")[0] == 302
    assert list(CallDay.objects.values_list("day", "answered")) == [
        (date(2026, 11, 20), 5),
        (date(2026, 11, 19), 1),
    ]


def test_a_day_entered_by_hand_is_checked_like_a_line(melati: Member) -> None:
    client = signed_in(Client(), melati)
    told = {"day": "2026-11-20", "offered": "4", "answered": "9", "waiting": "0", "abandoned": "0"}
    refused = client.post("/kantor/hotline/hitungan/", told)
    assert (refused.status_code, CallDay.objects.count()) == (422, 0)
    assert b'value="9"' in refused.content
    assert client.post("/kantor/hotline/hitungan/", {**told, "answered": "4"}).status_code == 302
    assert CallDay.objects.get().answered == 4


def test_calls_of_a_month_are_counted_by_sort(melati: Member) -> None:
    for seconds, kind in ((30, CallKind.SILENT), (600, CallKind.HELP), (900, CallKind.HELP)):
        end(melati, new_call(), kind, seconds=seconds)
    told = {one.kind: (one.count, one.minutes) for one in queries.counted(melati, TODAY)}
    assert told[CallKind.HELP] == (2, 12)
    assert told[CallKind.SILENT] == (1, 1)
    assert told[CallKind.TEST] == (0, 0)
