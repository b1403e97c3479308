"""Pages of referrals: the partner's list, the desk of many lines, and what the office may do now."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from teduh.access.models import Member
from teduh.cases.models import Case
from teduh.lib.timing import local_day
from teduh.services.models import Referral
from tests.factories import MemberFactory, signed_in
from tests.factories.cases import CaseOffice, opened
from tests.factories.services import SERVICE, Partner, agreed, answered, partner, sent

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
INBOX, DESK = "/kantor/layanan/masuk/", "/kantor/layanan/masuk/loket/"
NOW = timezone.now()
MOST_STATEMENTS = 8  # of a partner's list, however long it is


def client_of(to: Partner) -> Client:
    return signed_in(Client(), to.member)


def line(row: Referral, **typed: str) -> dict[str, str]:
    """What a line of the desk sends."""
    told = {"to": "", "reason": "", "day": "", "expect": "sent"} | typed
    return {f"{row.code}-{name}": value for name, value in told.items()}


def test_a_longer_list_costs_no_more_statements(office: CaseOffice) -> None:
    to, costs = partner(), []
    client = client_of(to)
    for page in (INBOX, DESK):
        client.get(page)
        for _turn in range(2):
            sent(office, opened(office), to, at=NOW)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(page).status_code == 200
            costs.append(len(seen))
    assert costs[0] == costs[1] <= MOST_STATEMENTS
    assert costs[2] == costs[3] <= MOST_STATEMENTS


def test_each_line_of_the_desk_is_kept_by_itself_and_nothing_typed_is_lost(
    office: CaseOffice,
) -> None:
    to, case = partner(), opened(office)
    consent = agreed(office, case, to, local_day(NOW), NOW)
    rows = [
        Referral.objects.create(
            code=f"RJK-0000-000{n}",
            case=case,
            number=n,
            service=SERVICE,
            provider=to.provider,
            agency=to.provider.agency,
            band="high",
            urgency=1,
            state="sent",
            consent=consent,
            sent_at=NOW,
            answer_by=NOW + timedelta(hours=6),
            moved_at=NOW,
            member=office.melati,
        )
        for n in range(5)
    ]
    answered(to, rows[3], "accepted", at=NOW)
    yesterday = str(local_day(NOW) - timedelta(days=1))
    form: dict[str, object] = {"line": [one.code for one in rows]}
    form |= line(rows[0], to="accepted")
    form |= line(rows[1], to="refused")  # without a reason
    form |= line(rows[2], to="served", day=yesterday)  # before it was sent
    form |= line(rows[3], to="refused", reason="full")  # a colleague was faster
    form |= line(rows[4])
    page = client_of(to).post(DESK, form)
    assert page.status_code == 422
    for row in rows:
        row.refresh_from_db()
    assert [one.state for one in rows] == ["accepted", "sent", "sent", "accepted", "sent"]
    text = page.content.decode()
    assert f'name="{rows[2].code}-day" value="{yesterday}"' in text
    assert "Pilih alasan yang cocok" in text
    assert "rekan Anda atau kantor lebih dulu" in text
    again = client_of(to).post(
        DESK, {"line": rows[1].code, **line(rows[1], to="refused", reason="far")}
    )
    assert again.status_code == 302
    rows[1].refresh_from_db()
    assert (rows[1].state, rows[1].reason) == ("refused", "far")


def test_the_page_of_another_agency_is_not_there(office: CaseOffice) -> None:
    to, another = partner(), partner()
    row = sent(office, opened(office), to, at=NOW)
    assert client_of(to).get(f"{INBOX}{row.code}/").status_code == 200
    for method in ("get", "post"):
        client = client_of(another)
        assert getattr(client, method)(f"{INBOX}{row.code}/").status_code == 404
    page = client_of(another).post(DESK, {"line": row.code, **line(row, to="accepted")})
    row.refresh_from_db()
    assert (page.status_code, row.state) == (302, "seen")


def test_a_partner_reads_no_name_no_case_and_no_other_partner(office: CaseOffice) -> None:
    case, to, another = opened(office), partner(), partner()
    row, other = (sent(office, case, one, at=NOW) for one in (to, another))
    text = client_of(to).get(f"{INBOX}{row.code}/").content.decode()
    for hidden in (case.code, other.code, another.provider.name, office.melati.name):
        assert hidden not in text


def test_what_came_to_nothing_says_so_and_offers_the_next(office: CaseOffice) -> None:
    case, first, second = opened(office), partner(), partner()
    row = answered(first, sent(office, case, first, at=NOW), "refused", at=NOW)
    client = signed_in(Client(), office.melati)
    place = f"/kantor/layanan/kasus/{case.code}/"
    assert "Bantuannya belum mulai" in client.get(place).content.decode()
    text = client.get(f"{place}rujukan/{row.code}/").content.decode()
    assert f'value="{second.provider.code}"' in text
    assert f'value="{first.provider.code}"' not in text
    pressed = {"service": SERVICE, "provider": second.provider.code, "replaces": row.code}
    made = client.post(f"{place}rujukan/", pressed)
    draft = Referral.objects.get(replaces=row)
    assert made.headers["Location"].endswith(f"/rujukan/{draft.code}/")
    assert "Belum ada persetujuan" in client.get(made.headers["Location"]).content.decode()
    sending = client.post(f"{place}rujukan/{draft.code}/kirim/", {"consent": ""})
    assert sending.status_code == 409
    assert "Tanyakan kepadanya dulu" in sending.content.decode()


def test_where_nobody_has_an_account_the_page_says_to_call(office: CaseOffice) -> None:
    case, to = opened(office), partner()
    row = sent(office, case, to, at=NOW)
    client = signed_in(Client(), office.melati)
    page = f"/kantor/layanan/kasus/{case.code}/rujukan/{row.code}/"
    assert "sebut kode" not in client.get(page).content.decode()
    Member.objects.filter(pk=to.member.pk).update(active=False)
    assert "sebut kode" in client.get(page).content.decode()


def test_who_is_not_in_the_case_team_reads_nothing_of_its_referrals(office: CaseOffice) -> None:
    case, to = opened(office), partner()
    row = sent(office, case, to, at=NOW)
    client = signed_in(Client(), office.outsider)
    for path in ("", "rujukan/", f"rujukan/{row.code}/"):
        text = client.get(f"/kantor/layanan/kasus/{case.code}/{path}").content.decode()
        assert to.provider.name not in text


def test_an_erased_case_shows_a_partner_nothing_more(office: CaseOffice) -> None:
    to = partner()
    row = sent(office, opened(office), to, at=NOW)
    Case.objects.filter(pk=row.case_id).update(erased_day=local_day(NOW))
    assert client_of(to).get(f"{INBOX}{row.code}/").status_code == 404
    colleague = MemberFactory(role="partner_officer", agency=to.provider.agency)
    assert row.code not in signed_in(Client(), colleague).get(INBOX).content.decode()
