"""Help over time in a case: begun, moved on, ended; who may, what is sealed, what it promises."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import actions as cases
from teduh.cases.actions import merging
from teduh.cases.models import Case
from teduh.cases.rules import WrongMove
from teduh.cases.words import MergeReason
from teduh.services import care_table, counts, kinds
from teduh.services.actions.caring import Told, begin_care, move_care
from teduh.services.models import Care, CareStep
from teduh.services.queries.caring import care_of, cares_of
from teduh.sop.models import Promise
from teduh.vault.models import Envelope
from teduh.vault.packages import SealedItem, b64
from teduh.vault.rules import Refused
from tests.factories import signed_in
from tests.factories.cases import AT, CaseOffice, at_state, opened, sealed_item
from tests.factories.directory import provider
from tests.factories.sop import adopt_next

pytestmark = pytest.mark.django_db
NOTE, LEGAL, ADDRESS = "services.care.note", "services.care.legal_note", "services.takedown.address"
SENT = {"platform": "site", "via": "komdigi", "asked_on": "2026-11-24"}


def begin(office: CaseOffice, case: Case, code: str, *items: SealedItem, **facts: object) -> Care:
    kind = care_table.kinds()[code]
    told = Told(facts=facts)
    return begin_care(by=office.melati, case=case, kind=kind, told=told, items=items, at=AT)


def move(
    office: CaseOffice, care: Care, to: str, *items: SealedItem, seen: str = "", reason: str = "",
    **facts: object,
) -> Care:  # fmt: skip
    return move_care(
        by=office.melati,
        care=Care.objects.select_related("case").get(pk=care.pk),
        to=to,
        told=Told(facts=facts),
        items=items,
        seen=seen or care.state,
        reason=reason,
        at=AT,
    )


def test_a_document_goes_its_way_and_every_step_stays(office: CaseOffice) -> None:
    case = opened(office)
    care = begin(office, case, "svc_document", sealed_item(case, NOTE), document="birth")
    care = move(office, care, "filed", document="birth", filed_on="2026-11-24")
    care = move(office, care, "issued", document="birth", filed_on="2026-11-24")
    care = move(office, care, "ended", reason="received", document="birth")
    assert (care.ended_for, care.ended_day) == ("received", date(2026, 11, 24))
    steps = CareStep.objects.filter(care=care)
    assert [one.to for one in steps] == ["listed", "filed", "issued", "ended"]
    assert [bool(one.item) for one in steps] == [True, False, False, False]
    assert Envelope.objects.get(what=NOTE).compartment.comp == "care"
    verbs = Row.objects.filter(subject=case.code, verb__startswith="care.").order_by("number")
    assert [one.verb for one in verbs] == ["care.begun", *["care.moved"] * 3]


def test_what_lacks_a_field_leaves_nothing_behind(office: CaseOffice) -> None:
    case = opened(office)
    with pytest.raises(kinds.Lacking, match="document"):
        begin(office, case, "svc_document")
    care = begin(office, case, "svc_document", document="birth")
    with pytest.raises(kinds.Lacking, match="filed_on"):
        move(office, care, "filed", document="birth")
    with pytest.raises(kinds.Lacking, match="reason"):
        move(office, care, "ended", document="birth")
    with pytest.raises(kinds.Lacking, match="reason"):
        move(office, care, "ended", reason="received", document="birth")  # only once issued
    with pytest.raises(Refused):
        move(office, care, "listed", sealed_item(case, LEGAL), document="birth")
    care.refresh_from_db()
    assert (care.state, care.steps.count()) == ("listed", 1)


def test_the_second_of_two_who_move_it_hears_so(office: CaseOffice) -> None:
    case = opened(office)
    care = begin(office, case, "svc_document", document="birth")
    move(office, care, "gathering", document="family")
    with pytest.raises(kinds.WrongStep):
        move(office, care, "filed", seen="listed", document="birth", filed_on="2026-11-24")
    assert Care.objects.get().facts == {"document": "family"}
    assert move(office, care, "gathering", seen="gathering", document="birth").state == "gathering"


def test_sexual_violence_is_never_mediated(office: CaseOffice) -> None:
    case = opened(office, incident=cases.IncidentFacts(main_kind="sexual"))
    with pytest.raises(kinds.NotForThis):
        begin(office, case, "svc_mediation", willing=True)
    page = signed_in(Client(), office.melati).get(
        f"/kantor/layanan/kasus/{case.code}/pendampingan/"
    )
    assert "mulai/svc_mediation" not in page.content.decode()
    sent = signed_in(Client(), office.melati).post(
        f"/kantor/layanan/kasus/{case.code}/pendampingan/mulai/svc_mediation/", {"willing": "on"}
    )
    assert sent.status_code == 422
    other = opened(office)
    assert begin(office, other, "svc_mediation", willing=True).state == "asked"


def test_removal_of_content_is_promised_and_its_addresses_are_sealed(office: CaseOffice) -> None:
    adopt_next(office.team, since=date(2026, 11, 1))
    case = opened(office)
    with pytest.raises(kinds.Lacking, match="address"):
        begin(office, case, "svc_takedown", platform="site")
    care = begin(
        office, case, "svc_takedown", sealed_item(case, ADDRESS, "https://contoh.invalid/a"),
        platform="site",
    )  # fmt: skip
    assert not Promise.objects.filter(step="takedown").exists()
    care = move(office, care, "sent", sealed_item(case, LEGAL), **SENT)
    promise = Promise.objects.get(step="takedown", subject=case.code)
    assert (promise.about, promise.met_at) == (care.code, None)
    care = move(office, care, "removed", **SENT, answered_on="2026-11-24")
    promise.refresh_from_db()
    assert promise.met_at == AT
    care = move(office, care, "sent", **SENT, again=True)  # it was uploaded again
    assert Promise.objects.running().get(step="takedown").about == care.code
    move(office, care, "ended", reason="declined", **SENT)
    assert not Promise.objects.running().filter(step="takedown").exists()
    kept = {
        one.what: one.compartment.comp
        for one in Envelope.objects.filter(what__contains="services.")
    }
    assert kept == {ADDRESS: "legal", LEGAL: "legal"}
    assert "contoh.invalid" not in str(
        list(CareStep.objects.values()) + list(Care.objects.values())
    )


def test_who_does_not_belong_to_the_case_begins_nothing(office: CaseOffice) -> None:
    case = opened(office)
    kind = care_table.kinds()["svc_spiritual"]
    told = {"case": case, "kind": kind, "items": (), "at": AT}
    with pytest.raises(Forbidden):
        begin_care(by=office.outsider, told=Told(), **told)  # type: ignore[arg-type]
    with pytest.raises(WrongMove):
        begin_care(by=office.melati, told=Told(), **told | {"case": at_state(case, "closed")})  # type: ignore[arg-type]
    assert not Care.objects.exists()


def test_what_ran_in_a_merged_case_goes_on_in_the_one_that_stays(office: CaseOffice) -> None:
    gone, stays = opened(office), opened(office)
    care = begin(office, gone, "svc_document", document="birth")
    ask = {"by": office.melati, "case": gone, "into": stays, "reason": MergeReason.REPORTED_TWICE}
    row = merging.ask_merge(**ask, at=AT)  # type: ignore[arg-type]
    merging.approve_merge(by=office.supervisor, merge=row, at=AT + timedelta(hours=1))
    stays = Case.objects.get(pk=stays.pk)
    assert [one.code for one in cares_of(stays)] == [care.code]
    move(office, care, "filed", sealed_item(stays, NOTE), document="birth", filed_on="2026-11-24")
    last = CareStep.objects.get(to="filed")
    assert (last.subject, Care.objects.get().state) == (stays.code, "filed")
    found = care_of(stays, care.code)
    assert found is not None
    page = f"/kantor/layanan/kasus/{stays.code}/pendampingan/{care.code}/"
    assert last.item in signed_in(Client(), office.melati).get(page).content.decode()


def test_an_end_without_a_reason_is_no_row(office: CaseOffice) -> None:
    care = begin(office, opened(office), "svc_document", document="birth")
    for wrong in ({"state": "ended"}, {"ended_for": "declined"}, {"ended_day": date(2026, 11, 24)}):
        with transaction.atomic(), pytest.raises(IntegrityError):
            Care.objects.filter(pk=care.pk).update(**wrong)


def test_the_pages_keep_what_was_chosen_and_say_what_is_missing(office: CaseOffice) -> None:
    case, place = opened(office), provider("svc_education", name="Dinas Pendidikan (contoh)")
    client, base = (
        signed_in(Client(), office.melati),
        f"/kantor/layanan/kasus/{case.code}/pendampingan/",
    )
    opened_form = client.get(f"{base}mulai/svc_education/").content.decode()
    assert "Dinas Pendidikan (contoh)" in opened_form
    who = f"penyedia:{place.code}"
    assert client.post(f"{base}mulai/svc_education/", {"who": who}).json() == {"to": base}
    care = Care.objects.get()
    assert care.provider == place
    page = f"{base}{care.code}/"
    told = {"seen": "talked", "to": "asked", "who": who}
    assert client.post(page, told).json()["wrong"][0][0] == "consent"
    assert client.post(page, told | {"to": "ended"}).json()["wrong"][0][0] == "reason"
    assert client.post(page, told | {"out_since": "kemarin"}).json()["wrong"][0][0] == "out_since"
    item = b64(sealed_item(case, ADDRESS).ct)
    assert client.post(page, told | {"sealed": item}).status_code in {409, 422}
    assert client.post(page, told | {"consent": "self"}).json() == {"to": page}
    assert client.post(page, told | {"consent": "self"}).status_code == 409  # moved meanwhile
    shown = client.get(page).content.decode()
    assert "Sekolah dihubungi" in shown
    assert "Ia sendiri" in shown
    assert client.get(f"{base}PDP-9999-9999/").status_code == 404
    assert client.get(f"{base}mulai/svc_nothing/").status_code == 404


def test_every_kind_has_its_page(office: CaseOffice) -> None:
    case, client = opened(office), signed_in(Client(), office.melati)
    for kind in care_table.kinds().values():
        page = client.get(f"/kantor/layanan/kasus/{case.code}/pendampingan/mulai/{kind.code}/")
        said = page.content.decode()
        for one in kind.fields:
            asked = not one.needed or kind.first in one.needed
            assert (f'name="{one.code}"' in said) == asked, (kind.code, one.code)


def test_statistics_know_how_many_of_a_kind_began_and_how_they_ended(office: CaseOffice) -> None:
    case = opened(office)
    first, second = (begin(office, case, "svc_document", document="birth") for _n in range(2))
    begin(office, case, "svc_spiritual")
    move(office, first, "ended", reason="declined", document="birth")
    second = move(office, second, "filed", document="birth", filed_on="2026-11-24")
    second = move(office, second, "issued", document="birth", filed_on="2026-11-24")
    move(office, second, "ended", reason="received", document="birth")
    told = {one.kind: one for one in counts.accompaniment(date(2026, 11, 1), date(2026, 11, 30))}
    one = told["svc_document"]
    assert (one.begun, one.ended, one.good) == (2, 2, 1)
    assert told["svc_spiritual"] == counts.Accompanied("svc_spiritual", 1, 0, 0)
    later = counts.accompaniment(date(2026, 12, 1), date(2026, 12, 31))
    assert not any(one.begun or one.ended for one in later)
