"""A partner's list, the office's list of what came to nothing, and the search for a provider, with few
and with very many referrals behind them.

Six of ten referrals are one hospital's, one in five runs, three in a hundred came to nothing: the pages
are full at every size, so that the same page is compared; what came to nothing long ago was offered to
another. One case in twelve goes on.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from django.db import connection
from django.test import Client
from django.utils import timezone

from teduh.access.models import Agency, Member
from teduh.cases.models import Case, Crew
from teduh.config import demo
from teduh.directory.models import Offer, Provider
from teduh.lib.timing import local_day
from teduh.services.models import Referral, ReferralStep
from tests.bench.databases import make_tables, on_both, settle
from tests.bench.lists import BATCH, SIZES, Cost, rows_of, spelled
from tests.bench.office import GOING_IN
from tests.bench.rows import Row
from tests.factories import signed_in

PROVIDERS, EACH = 300, 4  # of a city of a million, and referrals of one case
SERVICES = ("svc_medical", "svc_psych_mid", "svc_legal", "svc_counsel", "svc_shelter")
TURNS = ((5, "sent"), (9, "seen"), (15, "accepted"), (20, "served"), (23, "refused"))
WAITING = 2_000  # the newest of them: of what came to nothing, only these wait
INBOX = "/kantor/layanan/masuk/"
ENDED = {"state": "closed", "closed_day": date(2026, 1, 31), "closed_for": "resolved"}
_numbers = count(1)


def measure() -> Iterator[Row]:
    """Fill the office step by step, and open the pages at each size; then on PostgreSQL."""
    yield from on_both("services", _measure)


def _measure() -> Iterator[Row]:
    make_tables()
    demo.load()
    officer, partner = (Member.objects.get(code=one) for one in ("melati", "flamboyan"))
    providers = _providers(partner.agency)
    first: dict[str, Cost] = {}
    for size in SIZES:
        _fill(size, officer, providers)
        settle()
        case = Case.objects.going_on().latest("pk")
        for member, pages in (
            (partner, _of_partner()),
            (officer, _of_office(case)),
        ):
            client = signed_in(Client(HTTP_HOST="127.0.0.1"), member)
            named = {f"{connection.vendor}, {name}": path for name, path in pages.items()}
            yield from rows_of(client, named, size, first)


def _of_partner() -> dict[str, str]:
    one = Referral.objects.filter(state="seen", agency__code="rsud").latest("pk")
    return {
        "inbox": INBOX,
        "inbox, not answered": f"{INBOX}?keadaan=menunggu",
        "inbox, one service": f"{INBOX}?layanan=svc_legal",
        "inbox, ended, page 30": f"{INBOX}?keadaan=selesai&hal=30",
        "inbox, by code": f"{INBOX}?kode={one.code}",
        "desk of many": f"{INBOX}loket/",
        "one referral": f"{INBOX}{one.code}/",
    }


def _of_office(case: Case) -> dict[str, str]:
    return {
        "came to nothing": "/kantor/layanan/rujukan/",
        "providers by need": "/kantor/penyedia/?layanan=svc_medical",
        "providers of one page": "/kantor/penyedia/?hal=20",
        "referrals of a case, providers offered": (
            f"/kantor/layanan/kasus/{case.code}/rujukan/?layanan=svc_medical"
        ),
        "morning": "/kantor/pagi/",
    }


def _providers(agency: Agency) -> list[Provider]:
    """The hospital of the partner first, then many without accounts here."""
    day = local_day(timezone.now())
    rows = Provider.objects.bulk_create(
        Provider(
            code=f"PYD-B{n:03}",
            name=f"Contoh Layanan {n}",
            kind="hospital" if n % 3 else "lsm",
            agency=None if n else agency,
            verified_on=day - timedelta(days=n % 200),
        )
        for n in range(PROVIDERS)
    )
    Offer.objects.bulk_create(
        Offer(provider=row, service=SERVICES[(n + more) % len(SERVICES)])
        for n, row in enumerate(rows)
        for more in range(2)
    )
    return rows


def _fill(size: int, officer: Member, providers: list[Provider]) -> None:
    """Add cases with their referrals until there are `size` referrals."""
    missing = size - Referral.objects.count()
    for start in range(0, missing, BATCH):
        _batch(min(BATCH, missing - start), officer, providers)


def _batch(amount: int, officer: Member, providers: list[Provider]) -> None:
    now = timezone.now()
    numbers = [next(_numbers) for _n in range(amount)]
    cases = Case.objects.bulk_create(
        Case(
            code=f"KSS{spelled(n)[3:]}",
            team_code="asesmen",
            opened_day=local_day(now) - timedelta(days=n % 400),
            band=("extreme", "high", "medium", "low")[n % 4],
            urgency=n % 4,
            manager=officer,
            contact_day=local_day(now),
            **({} if n // EACH % GOING_IN == 0 else ENDED),
        )
        for n in numbers[::EACH]
    )
    Crew.objects.bulk_create(
        Crew(case=one, member=officer, role="manager", since=one.opened_day) for one in cases
    )
    rows = Referral.objects.bulk_create(
        _referral(n, place, cases[place // EACH], officer, providers)
        for place, n in enumerate(numbers)
    )
    ReferralStep.objects.bulk_create(
        ReferralStep(referral=row, state=state, at=row.moved_at, way="office", member=officer)
        for row in rows
        for state in dict.fromkeys(("drafted", "sent", row.state))
    )


def _referral(
    n: int, place: int, case: Case, officer: Member, providers: list[Provider]
) -> Referral:
    to = providers[0] if n % 10 < 6 else providers[1 + n % (PROVIDERS - 1)]
    turn = n // 10 % 100
    state = next((state for most, state in TURNS if turn < most), "completed")
    at = timezone.now() - timedelta(minutes=n)
    return Referral(
        code=f"RJK{spelled(n)[3:]}",
        case=case,
        number=1 + place % EACH,
        service=SERVICES[n % len(SERVICES)],
        provider=to,
        agency=to.agency,
        band=case.band,
        urgency=case.urgency,
        state=state,
        reason={"refused": "full", "completed": "met"}.get(state, ""),
        agreed_by="self",
        agreed_how="spoken",
        agreed_day=local_day(at),
        sent_at=at,
        answer_by=at + timedelta(days=1),
        moved_at=at,
        ended_at=at if state in {"completed", "refused"} else None,
        waits_since=at if state == "refused" and n <= WAITING else None,
        settled_at=at if state == "refused" and n > WAITING else None,
        settled_for="reoffered" if state == "refused" and n > WAITING else "",
        member=officer,
    )
