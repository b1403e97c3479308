"""The file of providers: out and in again, row by row what is wrong, all or nothing."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from teduh.access.models import Member
from teduh.access.words import AgencyKind
from teduh.directory import actions, codes, queries
from teduh.directory.models import Area, Provider
from teduh.directory.rules import COLUMNS, Facts, Known, Line, TooOpen, read_sheet, write_sheet
from teduh.lib import sheets
from tests.factories import AgencyFactory, MemberFactory, signed_in
from tests.factories.directory import provider

AT, TODAY = datetime(2026, 11, 24, 3, 0, tzinfo=UTC), date(2026, 11, 24)
AREAS = ("21.72.01.1001", "21.72.01.1002")
KNOWN = Known(
    kinds=codes.known("agency_type"),
    services=codes.known("service"),
    languages=codes.known("language"),
    access=codes.known("access"),
    areas=AREAS,
    agencies=("lbh",),
    secret=("PYD-0000-0009",),
)
GOOD = {
    "kode": "", "nama": "LBH contoh", "jenis": "lbh", "lembaga": "", "untuk_umum": "ya",
    "aktif": "ya", "kelurahan": "", "alamat": "", "telepon": "", "narahubung": "", "bahasa": "",
    "kemudahan": "", "melayani": "", "layanan": "svc_legal=4 svc_court", "senin": "08.00-16.00",
    "selasa": "", "rabu": "", "kamis": "", "jumat": "", "sabtu": "", "minggu": "",
    "diperiksa": "2026-11-01",
}  # fmt: skip


def table(*rows: dict[str, str], between: str = ",") -> str:
    """A file of these rows, each like the good one but for what is given."""
    out = StringIO()
    writer = csv.writer(out, delimiter=between)
    writer.writerow(COLUMNS)
    writer.writerows([(GOOD | row)[column] for column in COLUMNS] for row in rows)
    return out.getvalue()


def drawn(*choices: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(choices)).map(lambda chosen: tuple(sorted(chosen)))


def words(most: int, least: int = 0) -> st.SearchStrategy[str]:
    """What may stand in a field: any signs a form would let through, formulas too."""
    signs = st.characters(exclude_categories=("Cs", "Cc"))
    kept = st.text(signs, min_size=least, max_size=most).map(str.strip)
    begun = st.sampled_from(["=1+1", "+62 771", "-", "@SUM(A1)", "'kutip", "'=x", '"a","b"', "a;b"])
    return st.one_of(kept.filter(lambda text: len(text) >= least), begun)


@st.composite
def hours(draw: st.DrawFn) -> tuple[tuple[int, int, int], ...]:
    found = []
    for weekday in range(7):
        ends = sorted(draw(st.sets(st.integers(0, 1440), max_size=4)))
        found += [(weekday, *span) for span in zip(ends[::2], ends[1::2], strict=False)]
    return tuple(found)


FACTS = st.builds(
    Facts,
    name=words(120, 1),
    kind=st.sampled_from(sorted(KNOWN.kinds)),
    agency=st.sampled_from(["", "lbh"]),
    secret=st.just(value=False),
    public=st.booleans(),
    active=st.booleans(),
    area_code=st.sampled_from(["", *AREAS]),
    address=words(160),
    phone=words(32),
    contact=words(80),
    languages=drawn(*KNOWN.languages),
    access=drawn(*KNOWN.access),
    served=drawn(*AREAS),
    offers=st.dictionaries(
        st.sampled_from(sorted(KNOWN.services)), st.one_of(st.none(), st.integers(1, 999))
    ).map(lambda found: tuple(sorted(found.items()))),
    hours=hours(),
)
LINES = st.builds(
    Line, st.just(0), st.just(""), FACTS, st.one_of(st.none(), st.dates(max_value=TODAY))
)


@given(st.lists(LINES, min_size=1, max_size=4))
def test_what_is_written_is_read_again(lines: list[Line]) -> None:
    told = read_sheet(write_sheet(lines), KNOWN, TODAY)
    assert told.wrong == []
    assert [replace(line, number=0) for line in told.lines] == lines


@given(st.lists(st.lists(st.text(max_size=8), min_size=1), max_size=5))
def test_no_cell_begins_like_a_formula(rows: list[list[str]]) -> None:
    cells = [
        cell for row in csv.reader(StringIO(sheets.written(rows)[1:], newline="")) for cell in row
    ]
    assert [cell for cell in cells if cell[:1] in set("=+-@\t\r\n")] == []


@pytest.mark.parametrize(
    ("change", "column", "what"),
    [
        ({"nama": " "}, "nama", "missing"),
        ({"nama": "x" * 121}, "nama", "too_long"),
        ({"kode": "PYD-1"}, "kode", "code"),
        ({"kode": "PYD-0000-0009"}, "kode", "secret"),
        ({"jenis": ""}, "jenis", "missing"),
        ({"jenis": "klinik"}, "jenis", "unknown"),
        ({"lembaga": "rsud"}, "lembaga", "unknown"),
        ({"untuk_umum": "1"}, "untuk_umum", "yes_no"),
        ({"aktif": ""}, "aktif", "yes_no"),
        ({"kelurahan": "21.72"}, "kelurahan", "unknown"),
        ({"melayani": f"{AREAS[0]} 99"}, "melayani", "unknown"),
        ({"bahasa": "xx"}, "bahasa", "unknown"),
        ({"kemudahan": "lift"}, "kemudahan", "unknown"),
        ({"layanan": "svc_x"}, "layanan", "unknown"),
        ({"layanan": "svc_legal=0"}, "layanan", "number"),
        ({"layanan": "svc_legal=-1"}, "layanan", "number"),
        ({"layanan": "svc_legal=1000"}, "layanan", "number"),
        ({"layanan": "svc_legal=09999999999"}, "layanan", "number"),
        ({"layanan": f"svc_legal={'9' * 5_000}"}, "layanan", "number"),
        ({"layanan": "svc_legal=٣"}, "layanan", "number"),
        ({"rabu": "pagi"}, "rabu", "hours"),
        ({"diperiksa": "kemarin"}, "diperiksa", "day"),
        ({"diperiksa": "2026-11-25"}, "diperiksa", "future"),
    ],
)
def test_each_wrong_row_is_named(change: dict[str, str], column: str, what: str) -> None:
    told = read_sheet(table({}, change), KNOWN, TODAY)
    assert told.wrong == [(3, column, what)]
    assert len(told.lines) == 1


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", (1, "", "heading")),
        ("nama\nx\n", (1, "", "heading")),
        (table(), (2, "", "empty")),
        (table({}) + "a,b\n", (3, "", "columns")),
        (table({}) + f'"{"x" * 131_073}"\n', (3, "", "unreadable")),
        (table({"kode": "PYD-0000-0001"}, {"kode": "PYD-0000-0001"}), (3, "kode", "twice")),
    ],
)
def test_what_is_no_file_of_providers(text: str, wrong: object) -> None:
    assert read_sheet(text, KNOWN, TODAY).wrong == [wrong]


def test_too_many_lines_are_not_read() -> None:
    told = read_sheet(table(*[{}] * 501), KNOWN, TODAY)
    assert (told.lines, told.wrong) == ([], [(502, "", "long")])


def test_semicolons_and_an_old_excel() -> None:
    text = sheets.decoded(table({"nama": "Café"}, between=";").encode("cp1252"))
    assert [line.facts.name for line in read_sheet(text, KNOWN, TODAY).lines] == ["Café"]


def test_no_table_keeps_a_nul() -> None:
    assert sheets.decoded(b"a\0b") == "ab"
    assert sheets.decoded(b"\0\xe9") == "é"


@pytest.fixture
def keeper(db: None) -> Member:
    Area.objects.create(code=AREAS[0], name="Contoh", level="kelurahan", parent="21.72.01")
    return MemberFactory(role="head", agency=AgencyFactory(kind=AgencyKind.OFFICE))


def load(keeper: Member, text: str, *, keep: bool) -> tuple[int, str]:
    pressed = {"simpan": "1"} if keep else {}
    told = {"file": SimpleUploadedFile("p.csv", text.encode()), **pressed}
    answer = signed_in(Client(), keeper).post(reverse("directory:load_providers"), told)
    return answer.status_code, answer.content.decode()


def test_a_file_is_looked_through_before_it_is_kept(keeper: Member) -> None:
    status, page = load(keeper, table({}), keep=False)
    assert (status, "LBH contoh" in page, Provider.objects.count()) == (200, True, 0)
    assert load(keeper, table({}), keep=True)[0] == 302
    assert queries.facts_of(Provider.objects.get()).offers == (
        ("svc_court", None),
        ("svc_legal", 4),
    )


def test_one_wrong_row_and_nothing_is_kept(keeper: Member) -> None:
    status, page = load(keeper, table({}, {"nama": "Contoh <b>", "jenis": "x"}), keep=True)
    assert (status, Provider.objects.count()) == (422, 0)
    assert "Baris 3" in page
    assert "Contoh &lt;b&gt;" in page  # the text is there to be mended


def test_what_leaves_comes_back_and_changes_nothing(keeper: Member) -> None:
    provider("svc_legal", name="=Contoh", hours=((0, 480, 960),), serves=(AREAS[0],), a_day=3)
    secret = provider("svc_shelter", name="Rumah Rahasia", secret=True)
    answer = signed_in(Client(), keeper).get(reverse("directory:export_providers"))
    text = answer.content.decode()
    assert "Rumah Rahasia" not in text
    assert secret.code not in text
    told = read_sheet(text, queries.known(), TODAY)
    assert told.wrong == []
    assert actions.import_providers(by=keeper, lines=told.lines, at=AT) == (0, 0)
    mended = [replace(one, facts=replace(one.facts, phone="0771")) for one in told.lines]
    assert actions.import_providers(by=keeper, lines=mended, at=AT) == (0, 1)
    assert Provider.objects.count() == 2


def test_a_cell_that_no_table_has_is_said_in_the_page(keeper: Member) -> None:
    status, page = load(keeper, table({}) + f'"{"x" * 131_073}"\n', keep=True)
    assert (status, Provider.objects.count()) == (422, 0)
    assert "tidak terbaca sebagai tabel" in page


def test_no_file_opens_a_place_that_became_secret_since_it_was_read(keeper: Member) -> None:
    row = provider("svc_legal", name="Rumah contoh")
    told = read_sheet(table({"kode": row.code}), queries.known(), TODAY)
    assert told.wrong == []
    Provider.objects.update(secret=True)
    with pytest.raises(TooOpen):
        actions.import_providers(by=keeper, lines=told.lines, at=AT)
    status, page = load(keeper, table({"kode": row.code}), keep=True)
    assert (status, "Tempat rahasia tidak diubah lewat berkas" in page) == (422, True)
    row.refresh_from_db()
    assert (row.secret, row.public, row.name) == (True, False, "Rumah contoh")
