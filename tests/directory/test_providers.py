"""The list of who gives help: who keeps and who reads it, secret places, memoranda, the page for all."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import AgencyKind
from teduh.audit.models import Row
from teduh.directory import actions, queries
from teduh.directory.models import Area, Memorandum, Provider
from teduh.directory.rules import (
    Facts,
    MemorandumTwice,
    ProviderChanged,
    StaysSecret,
    TooOpen,
    week_said,
)
from teduh.lib.timing import local_day
from teduh.outbox.models import Message
from tests.factories import AgencyFactory, MemberFactory, signed_in
from tests.factories.directory import provider

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # a Tuesday, ten in the city
DAY = date(2026, 11, 24)
HERE, THERE = "21.72.01.1001", "21.72.01.1002"
FACTS = Facts(
    name="LBH contoh",
    kind="lbh",
    public=True,
    address="Jalan Contoh 1",
    area_code=HERE,
    phone="0771-000-0001",
    contact="Contoh Kak Ani",
    languages=("ind", "zlm"),
    access=("wheelchair",),
    served=(HERE,),
    offers=(("svc_court", None), ("svc_legal", 4)),
    hours=((1, 480, 960), (2, 480, 720)),
)
SECRET = Facts(name="Rumah Rahasia contoh", kind="lsm", secret=True, offers=(("svc_shelter", 1),))


@pytest.fixture
def office(db: None) -> None:
    Area.objects.create(code="21.72.01", name="Bukit", level="district", parent="21.72")
    for code in (HERE, THERE):
        Area.objects.create(code=code, name="Contoh", level="kelurahan", parent="21.72.01")


@pytest.fixture
def keeper(office: None) -> Member:
    return MemberFactory(role="supervisor", agency=AgencyFactory(kind=AgencyKind.OFFICE))


@pytest.fixture
def worker(keeper: Member) -> Member:
    return MemberFactory(role="officer", agency=keeper.agency)


def test_what_is_written_is_read_again(keeper: Member) -> None:
    made = actions.enter_provider(by=keeper, facts=FACTS, at=AT)
    assert queries.facts_of(Provider.objects.get()) == FACTS
    assert (made.verified_on, made.code[:4]) == (DAY, "PYD-")
    less = replace(
        FACTS, offers=(("svc_legal", 2),), served=(), hours=(), languages=(), active=False
    )
    actions.mend_provider(by=keeper, provider=made, facts=less, seen=FACTS.mark, at=AT)
    assert queries.facts_of(Provider.objects.get()) == less
    assert made.offers.count() == 2  # an offer that ended stays for the referrals that name it
    assert [row.verb for row in Row.objects.filter(subject=made.code).order_by("pk")] == [
        "provider.entered",
        "provider.mended",
    ]


def test_nobody_writes_over_what_somebody_else_mended(keeper: Member) -> None:
    made = actions.enter_provider(by=keeper, facts=FACTS, at=AT)
    other = replace(FACTS, name="Nama lain")
    actions.mend_provider(by=keeper, provider=made, facts=other, seen=FACTS.mark, at=AT)
    with pytest.raises(ProviderChanged):
        actions.mend_provider(by=keeper, provider=made, facts=FACTS, seen=FACTS.mark, at=AT)
    assert Provider.objects.get().name == "Nama lain"


@pytest.mark.parametrize(
    "told",
    [{"public": True}, {"address": "Jalan 1"}, {"area_code": HERE}, {"served": (HERE,)}],
)
def test_a_secret_place_has_no_place(keeper: Member, told: dict[str, object]) -> None:
    with pytest.raises(TooOpen):
        actions.enter_provider(by=keeper, facts=replace(SECRET, **told), at=AT)  # type: ignore[arg-type]
    assert not Provider.objects.exists()


@pytest.mark.parametrize("told", [{"public": True}, {"address": "Jalan 1"}, {"area_code": HERE}])
def test_the_table_itself_keeps_a_secret_place_secret(db: None, told: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        provider("svc_shelter", secret=True, **told)


@pytest.mark.parametrize(
    ("role", "home", "to", "field"),
    [
        ("head", "yayasan", "yayasan", ""),
        ("head", "yayasan", "", "agency"),
        ("head", "kantor", "yayasan", "agency"),
        ("supervisor", "yayasan", "kantor", "agency"),  # keeps shelters, but not this one
        ("supervisor", "kantor", "yayasan", ""),
        ("supervisor", "", "kantor", ""),
    ],
)
def test_a_shelter_stays_secret_and_with_its_agency(
    office: None, role: str, home: str, to: str, field: str
) -> None:
    here = AgencyFactory(code="kantor", kind=AgencyKind.OFFICE)
    agencies = {"kantor": here, "yayasan": AgencyFactory(code="yayasan")}
    by = MemberFactory(role=role, agency=here)
    row = provider(secret=True, agency=agencies.get(home))
    kept = queries.facts_of(row)
    act = {"by": by, "provider": row, "seen": kept.mark, "at": AT}
    with pytest.raises(StaysSecret) as opened:
        actions.mend_provider(**act, facts=replace(kept, secret=False))
    assert opened.value.field == "secret"
    told = replace(kept, agency=to, name="Nama lain")
    if field:
        with pytest.raises(StaysSecret) as moved:
            actions.mend_provider(**act, facts=told)
        assert moved.value.field == field
    else:
        actions.mend_provider(**act, facts=told)
    now = queries.facts_of(Provider.objects.get())
    assert now == (kept if field else told)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"secret": ""}, "Tempat rahasia tetap rahasia"),
        ({"agency": "lain"}, "hanya diubah oleh yang menjaga rumah amannya"),
        ({"public": "on"}, "Tempat rahasia tidak punya alamat"),
    ],
)
def test_what_a_shelter_does_not_become_is_said_in_the_page(
    office: None, change: dict[str, str], said: str
) -> None:
    AgencyFactory(code="lain")
    head = MemberFactory(role="head", agency=AgencyFactory(kind=AgencyKind.OFFICE))
    row = provider(name="Rumah Rahasia contoh", secret=True, agency=AgencyFactory(code="yayasan"))
    kept = queries.facts_of(row)
    typed = {"agency": "yayasan", "seen": kept.mark, "name": "Nama yang diketik"}
    page = reverse("directory:mend_provider", args=[row.code])
    answer = signed_in(Client(), head).post(page, form_of(kept) | typed | change)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert [one for one in (said, "Nama yang diketik") if one not in shown] == []
    assert queries.facts_of(Provider.objects.get()) == kept


def test_what_is_both_secret_and_for_everybody_is_not_written_down(keeper: Member) -> None:
    told = form_of(replace(SECRET, public=True))
    answer = signed_in(Client(), keeper).post(reverse("directory:enter_provider"), told)
    assert answer.status_code == 422
    assert "Rumah Rahasia contoh" in answer.content.decode()
    assert not Provider.objects.exists()


@pytest.mark.parametrize(("role", "kind"), [("officer", "office"), ("supervisor", "police")])
def test_who_does_not_keep_the_list_changes_nothing(
    keeper: Member, role: str, kind: AgencyKind
) -> None:
    made = actions.enter_provider(by=keeper, facts=FACTS, at=AT)
    by = MemberFactory(role=role, agency=AgencyFactory(kind=kind))
    for act in (
        lambda: actions.enter_provider(by=by, facts=FACTS, at=AT),
        lambda: actions.mend_provider(by=by, provider=made, facts=FACTS, seen=FACTS.mark, at=AT),
        lambda: actions.verify_provider(by=by, provider=made, at=AT),
        lambda: actions.agree(by=by, provider=made, number="1", since=DAY, until=DAY, at=AT),
        lambda: actions.import_providers(by=by, lines=[], at=AT),
        lambda: actions.note_export(by=by, at=AT),
    ):
        with pytest.raises(Forbidden):
            act()
    assert Provider.objects.count() == 1
    assert not Memorandum.objects.exists()


def test_who_works_on_cases_reads_a_safe_place_and_no_more_of_it(
    keeper: Member, worker: Member
) -> None:
    facts = replace(SECRET, phone="0771-000-0002", contact="Contoh Ibu Rahasia")
    made = actions.enter_provider(by=keeper, facts=facts, at=AT)
    names = (facts.name, facts.phone, facts.contact)
    pages = [reverse("directory:providers"), reverse("directory:provider", args=[made.code])]
    for page in pages:
        told = signed_in(Client(), worker).get(page).content.decode()
        assert "Tempat aman" in told
        assert [name for name in names if name in told] == []
    kept = signed_in(Client(), keeper).get(pages[1]).content.decode()
    assert [name for name in names if name in kept] == list(names)


def test_who_gives_no_help_now_is_seen_by_who_keeps_the_list(
    keeper: Member, worker: Member
) -> None:
    made = provider("svc_legal", active=False)
    page = reverse("directory:provider", args=[made.code])
    assert signed_in(Client(), keeper).get(page).status_code == 200
    assert signed_in(Client(), worker).get(page).status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "ABCD"),
        ({"layanan": "svc_visum"}, "B"),
        ({"kelurahan": HERE}, "ABD"),
        ({"kelurahan": THERE}, "BCD"),
        ({"buka": "1", "jam": "08:00"}, "AB"),
        ({"buka": "1", "jam": "16:00"}, "B"),
        ({"buka": "1"}, "AB"),
        ({"buka": "0", "jam": "12:00"}, "B"),
        ({"buka": "9", "jam": "?"}, "ABCD"),
        ({"bahasa": "nan"}, "A"),
        ({"kemudahan": "sign"}, "C"),
        ({"periksa": "lama"}, "CD"),
        ({"layanan": "svc_legal", "kelurahan": HERE, "buka": "1", "jam": "17:00"}, "B"),
        ({"layanan": "\0", "kelurahan": "x", "hal": "-1"}, "ABCD"),
    ],
)
def test_search_by_need_area_hour_language_and_access(
    worker: Member, asked: dict[str, str], found: str
) -> None:
    today = local_day(timezone.now())
    fresh, old = today - timedelta(days=80), today - timedelta(days=95)
    provider("svc_legal", name="Contoh A", hours=((1, 480, 960),), serves=(HERE,),
             languages=" ind nan ", verified_on=fresh)  # fmt: skip
    provider("svc_legal", "svc_visum", name="Contoh B", verified_on=fresh,
             hours=tuple((day, 0, 1440) for day in range(7)))  # fmt: skip
    provider("svc_legal", name="Contoh C", serves=(THERE,), access=" sign ",
             verified_on=old)  # fmt: skip
    provider("svc_legal", name="Contoh D", verified_on=None)
    page = signed_in(Client(), worker).get(reverse("directory:providers"), asked)
    assert [row.name[-1] for row in page.context["page"]] == list(found)


@pytest.mark.parametrize("many", [1, 26])
def test_a_long_list_costs_as_many_queries_as_a_short_one(worker: Member, many: int) -> None:
    for _ in range(many):
        provider("svc_legal", hours=((1, 480, 960),), serves=(HERE,))
    client = signed_in(Client(), worker)
    client.get(reverse("directory:providers"))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("directory:providers"))
    ours = [one["sql"] for one in asked.captured_queries if "directory_" in one["sql"]]
    assert len(ours) == 5, ours


def test_a_memorandum_is_reminded_of_once_sixty_days_before_its_end(keeper: Member) -> None:
    made = actions.enter_provider(by=keeper, facts=FACTS, at=AT)
    MemberFactory(role="officer", agency=keeper.agency)
    MemberFactory(role="supervisor", agency=AgencyFactory(kind=AgencyKind.POLICE))
    until = DAY + timedelta(days=61)
    actions.agree(by=keeper, provider=made, number="1/NK", since=DAY, until=until, at=AT)
    assert actions.remind_memoranda(at=AT) == 0
    assert not queries.ending(keeper, AT)
    later = AT + timedelta(days=1)
    assert [actions.remind_memoranda(at=later), actions.remind_memoranda(at=later)] == [1, 0]
    assert Message.objects.count() == 1
    assert [one.number for one in queries.ending(keeper, later)] == ["1/NK"]
    assert mail.outbox == []


def test_a_renewed_memorandum_and_one_who_left_are_reminded_of_no_more(keeper: Member) -> None:
    made = actions.enter_provider(by=keeper, facts=FACTS, at=AT)
    left = provider("svc_legal", active=False)
    until = DAY + timedelta(days=30)
    for row in (made, left):
        actions.agree(by=keeper, provider=row, number="1", since=DAY, until=until, at=AT)
    late = until + timedelta(days=365)
    actions.agree(by=keeper, provider=made, number="2", since=until, until=late, at=AT)
    assert actions.remind_memoranda(at=AT) == 0
    assert not queries.ending(keeper, AT)


def test_a_number_stands_once(keeper: Member) -> None:
    made = actions.enter_provider(by=keeper, facts=FACTS, at=AT)
    actions.agree(by=keeper, provider=made, number="1", since=DAY, until=DAY, at=AT)
    with pytest.raises(MemorandumTwice):
        actions.agree(by=keeper, provider=made, number="1", since=DAY, until=DAY, at=AT)
    page = signed_in(Client(), keeper).post(
        reverse("directory:agree", args=[made.code]),
        {"number": "1", "since": "2026-11-24", "until": "2026-11-24"},
    )
    assert page.status_code == 422
    assert "sudah tercatat" in page.content.decode()


def test_verified_today_with_one_press(keeper: Member) -> None:
    made = provider("svc_legal", verified_on=None)
    signed_in(Client(), keeper).post(reverse("directory:verify_provider", args=[made.code]))
    made.refresh_from_db()
    assert made.verified_on is not None
    assert Row.objects.filter(verb="provider.verified", subject=made.code).exists()


def form_of(facts: Facts) -> dict[str, object]:
    """The form of a provider as a browser sends it."""
    plain = {name: getattr(facts, name) for name in ("name", "kind", "area_code", "address")}
    ticks = {name: "on" for name in ("secret", "public", "active") if getattr(facts, name)}
    several = {name: list(getattr(facts, name)) for name in ("languages", "access", "served")}
    offers = {f"a_day_{code}": a_day or "" for code, a_day in facts.offers}
    days = {f"day_{day}": facts.of_day(day) for day in range(7)}
    rest = {
        "phone": facts.phone,
        "contact": facts.contact,
        "services": [c for c, _n in facts.offers],
    }
    return {**plain, **ticks, **several, **offers, **days, **rest}


def test_the_form_keeps_what_it_says(keeper: Member) -> None:
    client = signed_in(Client(), keeper)
    answer = client.post(reverse("directory:enter_provider"), form_of(FACTS))
    made = Provider.objects.get()
    assert answer["Location"] == reverse("directory:provider", args=[made.code])
    assert queries.facts_of(made) == FACTS
    page = reverse("directory:mend_provider", args=[made.code])
    assert client.get(page).context["form"].initial["seen"] == FACTS.mark
    stale = client.post(page, form_of(FACTS) | {"seen": "0" * 16, "name": "Nama yang diketik"})
    assert stale.status_code == 409
    assert "Nama yang diketik" in stale.content.decode()
    wrong = client.post(
        page, form_of(FACTS) | {"seen": FACTS.mark, "day_3": "pagi", "secret": "on"}
    )
    assert wrong.status_code == 422
    assert "Jamnya tidak terbaca" in wrong.content.decode()
    assert queries.facts_of(Provider.objects.get()) == FACTS


def test_a_week_in_few_lines() -> None:
    days = ["Sn", "Sl", "Rb", "Km", "Jm", "Sb", "Mg"]
    hours = [(day, 480, 960) for day in range(4)] + [(4, 480, 690), (6, 0, 1440)]
    assert week_said(hours, days) == ["Sn–Km 08.00–16.00", "Jm 08.00–11.30", "Mg 24 jam"]
    assert week_said([], days) == []


def test_the_page_for_everybody_shows_only_what_is_public(keeper: Member) -> None:
    actions.enter_provider(by=keeper, facts=FACTS, at=AT)
    hidden = ("Rumah Rahasia contoh", "Yang tidak umum", "Yang berhenti")
    actions.enter_provider(by=keeper, facts=SECRET, at=AT)
    for name, told in zip(hidden[1:], ({"public": False}, {"active": False}), strict=True):
        actions.enter_provider(by=keeper, facts=replace(FACTS, name=name, **told), at=AT)  # type: ignore[arg-type]
    for address in ("/layanan/", "/en/layanan/"):
        answer = Client().get(address)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert not answer.cookies
        shown = ("LBH contoh", "0771-000-0001", "Jalan Contoh 1")
        assert [one for one in shown if one not in page] == []
        assert [one for one in (*hidden, FACTS.contact, "svc_shelter") if one in page] == []
    with CaptureQueriesContext(connection) as asked:
        Client().get("/layanan/")
    assert len(asked) == 3


def test_the_page_for_everybody_says_where_to_go_while_it_is_empty(db: None) -> None:
    assert reverse("intake:ways") in Client().get("/layanan/").content.decode()
