"""The report page: shown to everybody, sent once, never losing what was typed."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from teduh.access.models import Duty, Team
from teduh.intake import seeds
from teduh.intake.channels.web.views import NAMES
from teduh.intake.forms import LINE_LIMIT
from teduh.intake.models import Report
from teduh.tickets.models import Ticket
from teduh.vault import without_script
from teduh.vault.models import Envelope, PublicKey
from teduh.web.uploads import FILE_LIMIT
from tests.factories import MemberFactory, TeamFactory
from tests.factories.reports import AT, CODE, keys_for, report_as_field, sealed_report
from tests.factories.reports import STORY as STORY_NAME

pytestmark = pytest.mark.django_db
STORY = "Contoh cerita penanda-4471."
FORMS = ["/lapor/", "/lapor/orang-lain/", "/lapor/anak/"]


@pytest.fixture(autouse=True)
def office() -> Team:
    team = TeamFactory(code="asesmen")
    keys_for(team)
    return team


@pytest.fixture
def duty(office: Team) -> None:
    """Somebody answers for the team now."""
    now = timezone.now()
    Duty.objects.create(
        team=office,
        member=MemberFactory(role="officer", team=office),
        starts=now - timedelta(hours=1),
        ends=now + timedelta(hours=1),
    )


def hidden(page: str) -> dict[str, str]:
    """Ticket, R and the random field that a form page carries."""
    return dict(re.findall(r'name="(ticket|r|seed)" value="([^"]+)"', page))


def fresh(path: str = "/lapor/") -> dict[str, str]:
    return hidden(Client().get(path).content.decode())


def saved(client: Client) -> tuple[str, str]:
    """Ticket and code as the answer page shows them."""
    page = client.get("/lapor/tersimpan/").content.decode()
    text = re.sub(r"<[^>]+>", " ", page)
    ticket = re.findall(r"TDH-\w{4}-\w{4}", text)
    digits = re.findall(r"\d{4}(?: \d{4}){4}", text)
    return ticket[0], digits[0]


@pytest.mark.usefixtures("duty")
def test_a_report_costs_few_statements() -> None:
    for _turn in range(2):  # the first writes the first row of the trail, and the message to duty
        told = {**fresh(), "story": STORY, "kinds": "physical", "name": "Contoh"}
        with CaptureQueriesContext(connection) as seen:
            assert Client().post("/lapor/", told).status_code == 303
    assert len(seen) <= 31, [query["sql"] for query in seen]


@pytest.mark.parametrize(
    "path", ["/", "/bantuan/", *FORMS, "/tanya/", "/aman/", "/aman/daring/", "/status/tambah/"]
)
def test_a_page_for_everybody_sets_no_cookie_and_asks_one_table_at_most(path: str) -> None:
    with CaptureQueriesContext(connection) as seen:
        answer = Client().get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    assert len(seen) <= 1


@pytest.mark.parametrize("path", FORMS)
def test_every_form_carries_a_ticket_of_its_own(path: str) -> None:
    first, second = fresh(path), fresh(path)
    assert set(first) == {"ticket", "r", "seed"}
    assert not set(first.values()) & set(second.values())


def test_a_report_without_script_ends_on_a_page_that_shows_ticket_and_code_once() -> None:
    client, sent = Client(), {**fresh(), "story": STORY}
    answer = client.post("/lapor/", sent)
    assert answer.status_code in {302, 303}
    assert sent["ticket"] not in answer["Location"]
    kept = answer.cookies["teduh_jawaban"]
    assert (kept["httponly"], kept["samesite"], kept["max-age"]) == (True, "Strict", 300)
    ticket, code = saved(client)
    assert ticket == sent["ticket"]
    assert Client().post("/status/", {"ticket": ticket, "code": code}).status_code == 303
    assert client.get("/lapor/tersimpan/").status_code == 302


def test_a_double_tap_gives_one_report_and_the_same_code() -> None:
    one, other, sent = Client(), Client(), {**fresh(), "story": STORY}
    one.post("/lapor/", sent)
    other.post("/lapor/", sent)
    assert Report.objects.count() == 1
    assert saved(one) == saved(other)


def test_words_added_to_a_form_that_was_sent_already_are_not_lost_in_silence() -> None:
    one, again, sent = Client(), Client(), {**fresh(), "story": STORY}
    one.post("/lapor/", sent)
    again.post("/lapor/", {**sent, "story": f"{STORY} Dan satu kalimat lagi."})
    assert Report.objects.count() == 1
    told = "Yang ditulis atau dipilih sesudah itu belum ikut"
    assert told not in one.get("/lapor/tersimpan/").content.decode()
    page = again.get("/lapor/tersimpan/").content.decode()
    assert told in page
    assert 'href="/status/tambah/"' in page


@pytest.mark.parametrize("path", FORMS)
def test_a_form_found_after_a_day_gives_nobody_its_code(path: str) -> None:
    with time_machine.travel(AT, tick=False):
        sent = {**fresh(path), "story": STORY}
        Client().post(path, sent)
    with time_machine.travel(AT + timedelta(hours=25), tick=False):
        answer = Client().post(path, {**sent, "story": "Contoh kata orang lain."})
        page = answer.content.decode()
    assert answer.status_code == 409
    assert not answer.cookies
    assert "Contoh kata orang lain." in page
    assert "lebih dari sehari yang lalu" in page
    assert hidden(page)["ticket"] != sent["ticket"]
    assert Report.objects.count() == 1


def test_a_form_left_open_for_a_night_still_sends_and_one_too_old_sends_at_the_second_try() -> None:
    with time_machine.travel(AT, tick=False):
        night, old = ({**fresh(), "story": STORY} for _form in range(2))
    with time_machine.travel(AT + timedelta(hours=23), tick=False):
        assert Client().post("/lapor/", night).status_code == 303
    with time_machine.travel(AT + timedelta(days=3), tick=False):
        page = Client().post("/lapor/", old).content.decode()
        assert Client().post("/lapor/", {**old, **hidden(page)}).status_code == 303
    assert Report.objects.count() == 2


def test_a_seed_that_is_not_of_this_ticket_draws_no_code() -> None:
    one, other = fresh(), fresh()
    for seed in ("", "x", "1.2", "1.2.3", "ü.ü.ü", other["seed"]):
        answer = Client().post("/lapor/", {**one, "seed": seed, "story": STORY})
        assert answer.status_code == 409
        assert STORY in answer.content.decode()
    assert not Report.objects.exists()


def test_two_people_with_the_same_words_get_two_codes() -> None:
    one, other = Client(), Client()
    one.post("/lapor/", {**fresh(), "story": STORY})
    other.post("/lapor/", {**fresh(), "story": STORY})
    assert Report.objects.count() == 2
    assert saved(one)[1] != saved(other)[1]


@pytest.mark.parametrize("path", FORMS)
def test_a_form_that_fails_keeps_what_was_typed(path: str) -> None:
    too_long = "x" * (LINE_LIMIT + 1)
    answer = Client().post(path, {**fresh(path), "story": STORY, "contact_how": too_long})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert too_long in page
    assert STORY in page
    assert 'role="alert"' in page
    assert not Report.objects.exists()


def test_a_chosen_answer_stays_chosen_when_the_form_fails() -> None:
    sent = {**fresh(), "safe_now": "unsafe", "kinds": ["online"], "name": "x" * (LINE_LIMIT + 1)}
    page = Client().post("/lapor/", sent).content.decode()
    for value in ("unsafe", "online"):
        assert re.search(rf'<input[^>]*value="{value}"[^>]*\bchecked', page), value


def test_an_empty_form_is_told_that_one_answer_is_enough() -> None:
    answer = Client().post("/lapor/", fresh())
    assert answer.status_code == 400
    assert "Satu jawaban atau satu kalimat sudah cukup" in answer.content.decode()


def test_a_sealed_form_with_nothing_in_it_is_told_the_same() -> None:
    """Sealed words and files that follow count as an answer; how to be reached alone does not."""
    team = Team.objects.get()

    def sent(written: dict[str, str], **answered: str) -> HttpResponse:
        form = fresh()
        package = sealed_report(team, ticket=form["ticket"], written=written)
        return Client().post("/lapor/", {**form, "sealed": report_as_field(package), **answered})

    for told in (sent({}), sent({}, contact_via="ticket")):
        assert told.status_code == 400
        assert "Satu jawaban atau satu kalimat sudah cukup" in told.json()["errors"]["__all__"][0]
    assert not Report.objects.exists()
    for told in (sent({}, files="1"), sent({}, safe_now="safe"), sent({STORY_NAME: "."})):
        assert told.json()["ok"]


@pytest.mark.parametrize("answered", [{"safe_now": "unsafe"}, {"story": "."}, {"kinds": "online"}])
def test_one_answer_is_enough(answered: dict[str, str]) -> None:
    Client().post("/lapor/", {**fresh(), **answered})
    assert Report.objects.count() == 1


def test_a_ticket_this_server_did_not_draw_is_refused() -> None:
    sent = {**fresh(), "story": STORY}
    for wrong in ({"ticket": "TDH-0000-0001"}, {"r": "A" * 43}, {"r": ""}, {"ticket": "x"}):
        answer = Client().post("/lapor/", {**sent, **wrong})
        assert answer.status_code == 400
        assert STORY in answer.content.decode()
    assert not Report.objects.exists()


def test_a_taken_ticket_keeps_the_words_and_draws_another() -> None:
    sent = {**fresh(), "story": STORY}
    Client().post("/lapor/", sent)
    another = seeds.draw(sent["ticket"], timezone.now())
    answer = Client().post("/lapor/", {**sent, "seed": another})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert STORY in page
    assert hidden(page)["ticket"] != sent["ticket"]
    assert Report.objects.count() == 1


def test_a_file_too_large_never_takes_the_text_with_it() -> None:
    large = SimpleUploadedFile("besar.bin", b"x" * (FILE_LIMIT + 1))
    small = SimpleUploadedFile("kecil.txt", b"Contoh bukti", "text/plain")
    Client().post("/lapor/", {**fresh(), "story": STORY, "files": [large, small]})
    assert Report.objects.count() == 1
    whats = list(Envelope.objects.values_list("what", flat=True))
    assert whats.count("intake.evidence.card") == 1
    assert "intake.report.story" in whats


def test_the_answer_says_what_became_of_each_file() -> None:
    files = [
        SimpleUploadedFile("besar.bin", b"x" * (FILE_LIMIT + 1)),
        SimpleUploadedFile("kosong.txt", b""),
        SimpleUploadedFile("kecil.txt", b"Contoh bukti", "text/plain"),
    ]
    client = Client()
    client.post("/lapor/", {**fresh(), "story": STORY, "files": files})
    page = client.get("/lapor/tersimpan/").content.decode()
    assert re.search(r"kecil\.txt</b>\s+Tersimpan", page)
    assert "“besar.bin” terlalu besar" in page
    assert "10 MB tiap berkas dan 20 MB sekali kirim" in page
    assert "“kosong.txt” kosong" in page


def test_the_answer_counts_the_files_it_has_no_room_to_name() -> None:
    """With long names in letters of four bytes the cookie still fits into a browser."""
    long = "\U00010480" * 100
    files = [SimpleUploadedFile(f"{n}{long}.txt", b"Contoh") for n in range(NAMES + 2)]
    client = Client()
    answer = client.post("/lapor/", {**fresh(), "story": STORY, "files": files})
    assert len(answer.cookies["teduh_jawaban"].OutputString()) < 4096
    page = client.get("/lapor/tersimpan/").content.decode()
    assert len(re.findall(r"</b>\s+Tersimpan", page)) == NAMES
    assert "Berkas lain yang tersimpan: 2" in page


@pytest.mark.parametrize(
    ("path", "said", "unsaid"),
    [
        ("/lapor/", ["Ini bukan salah Anda.", "Hak Anda", "Anda boleh didampingi"], "Kamu"),
        ("/lapor/anak/", ["Ini bukan salahmu.", "Hakmu", "Kamu boleh didampingi"], "Anda"),
        ("/lapor/orang-lain/", ["Sudah sampai.", "Hak Anda"], "Ini bukan salah"),
    ],
)
def test_the_answer_speaks_as_the_door_she_came_by(path: str, said: list[str], unsaid: str) -> None:
    client = Client()
    client.post(path, {**fresh(path), "story": STORY})
    page = client.get("/lapor/tersimpan/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert [one for one in said if one not in main] == []
    assert unsaid not in main
    template = Client().get(path).content.decode().partition('<template id="jawaban">')[2]
    assert [one for one in said if one not in template] == []
    assert unsaid not in template.partition("</template>")[0]


def test_a_recording_alone_is_a_report() -> None:
    voice = SimpleUploadedFile("suara.webm", b"Contoh suara", "audio/webm")
    evidence = SimpleUploadedFile("bukti.txt", b"Contoh bukti", "text/plain")
    for sent in ({"voice": voice}, {"voice": voice, "files": [evidence]}):
        voice.seek(0)
        assert Client().post("/lapor/", {**fresh(), **sent}).status_code == 303
    whats = list(Envelope.objects.values_list("what", flat=True))
    assert whats.count("intake.evidence.card") == 3
    assert Report.objects.count() == 2


def test_the_recorder_says_how_long_a_recording_may_be(settings: Settings) -> None:
    settings.TEDUH_VOICE_MINUTES = 3
    page = Client().get("/lapor/suara/").content.decode()
    assert 'data-minutes="3"' in page
    assert "Paling lama 3 menit." in page


def test_a_post_of_another_site_is_refused() -> None:
    sent = {**fresh(), "story": STORY}
    for header in ({"sec-fetch-site": "cross-site"}, {"origin": "https://lain.invalid"}):
        assert Client().post("/lapor/", sent, headers=header).status_code == 403
    assert not Report.objects.exists()


def test_what_the_script_sends_broken_is_answered_with_a_reason_and_nothing_is_kept() -> None:
    answer = Client().post("/lapor/", {**fresh(), "sealed": '{"v":1}'})
    assert answer.status_code == 400
    assert "errors" in answer.json()
    assert not Ticket.objects.exists()


def test_the_version_of_the_rights_she_was_shown_is_kept() -> None:
    from teduh.intake import texts

    Client().post("/lapor/", {**fresh(), "story": STORY})
    assert Ticket.objects.get().rights_version == texts.rights_version()


def test_evidence_needs_ticket_and_code() -> None:
    answer = Client().post("/lapor/berkas/", {"ticket": "TDH-0000-0001", "auth": "A" * 43})
    assert answer.status_code == 403


def test_the_answer_page_shows_ticket_and_code_for_five_minutes(client: Client) -> None:
    at = AT
    kept = without_script.seal_cookie(f"TDH-0000-0001 {CODE} self 0", "jawaban", at)
    for minutes, status in ((4, 200), (6, 302)):
        client.cookies["teduh_jawaban"] = kept
        with time_machine.travel(at + timedelta(minutes=minutes), tick=False):
            assert client.get("/lapor/tersimpan/").status_code == status


@pytest.mark.parametrize("no_office", [False, True])
def test_without_a_key_to_seal_to_nothing_is_kept_and_nothing_typed_is_lost(
    client: Client, *, no_office: bool
) -> None:
    PublicKey.objects.all().delete()
    if no_office:
        Team.objects.update(active=False)
    page = client.get("/lapor/").content.decode()
    answer = client.post("/lapor/", {**hidden(page), "story": STORY})
    assert answer.status_code == 503
    assert STORY in answer.content.decode()
    assert not Report.objects.exists()
