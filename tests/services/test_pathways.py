"""Pathways of places: complete in both languages, shown where it happened, ticked by the team."""

import pytest
from django.test import Client

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import actions as cases
from teduh.cases.actions import IncidentFacts
from teduh.cases.models import Case
from teduh.cases.words import MergeReason
from teduh.intake import codes
from teduh.services import rules
from teduh.services.actions import pathways as actions
from teduh.services.models import PathwayTick
from teduh.services.pathways import pathways
from teduh.services.queries import pathways as queries
from tests.factories import signed_in
from tests.factories.cases import AT, CaseOffice, opened

PLACES = {code for code, _label in codes.choices("place")}


@pytest.mark.parametrize("way", pathways(), ids=lambda one: one.key)
def test_a_pathway_says_everything_in_both_languages(way: queries.Pathway) -> None:
    told = [way.title, way.contact, *way.never, *(one.title for one in way.tasks)]
    told += [words for pair in way.tell for words in pair]
    assert all(set(one) == {"id", "en"} and all(one.values()) for one in told)
    assert way.tell
    assert way.never
    assert len({one.key for one in way.tasks}) == len(way.tasks) > 1
    assert way.places <= PLACES
    longest = PathwayTick._meta.get_field("task").max_length
    assert all(len(one.key) <= longest for one in way.tasks)


def test_no_place_is_on_two_pathways_and_a_workplace_hears_from_nobody_but_her() -> None:
    places = [place for way in pathways() for place in way.places]
    assert len(places) == len(set(places))
    work = next(one for one in pathways() if "work" in one.places)
    employer = next(consent for who, consent in work.tell if "employer" in who["en"].lower())
    assert "never without her" in employer["en"]


@pytest.mark.django_db(databases=["default", "shred"])
class TestOfACase:
    """What the team of a case sees and ticks."""

    def case(self, office: CaseOffice) -> Case:
        """It happened at school, and went on online."""
        incident = IncidentFacts(main_kind="psychological", place="school", online=True)
        return opened(office, incident=incident)

    def test_its_places_say_which(self, office: CaseOffice) -> None:
        ways = [one.pathway.key for one in queries.of_case(self.case(office))]
        assert ways == ["school", "online"]
        assert queries.of_case(opened(office)) == []

    def test_a_tick_keeps_who_and_when_once_and_can_be_taken_back(self, office: CaseOffice) -> None:
        case = self.case(office)
        told = {"by": office.melati, "case": case, "pathway": "school", "task": "way", "at": AT}
        for _again in range(2):
            actions.tick(**told)
        row = PathwayTick.objects.get(case=case)
        assert (row.member, row.task) == (office.melati, "way")
        assert Row.objects.filter(verb="pathway.ticked", subject=case.code).count() == 1
        actions.untick(**told)
        assert not PathwayTick.objects.filter(case=case).exists()

    def test_no_other_task_and_nobody_else(self, office: CaseOffice) -> None:
        case = self.case(office)
        told = {"case": case, "pathway": "school", "at": AT}
        with pytest.raises(rules.WrongMove):
            actions.tick(by=office.melati, task="kept", **told)  # of another pathway
        with pytest.raises(Forbidden):
            actions.tick(by=office.outsider, task="way", **told)

    def test_the_page_shows_it_and_ticks(self, office: CaseOffice) -> None:
        case, client = self.case(office), signed_in(Client(), office.melati)
        place = f"/kantor/layanan/kasus/{case.code}/"
        assert "Di sekolah atau kampus" in client.get(place).content.decode()
        sent = client.post(f"{place}alur/", {"jalur": "school", "tugas": "way", "keadaan": "sudah"})
        assert sent.status_code == 302
        assert "Ternyata belum" in client.get(place).content.decode()

    def test_a_merged_case_brings_its_ticks_along(self, office: CaseOffice) -> None:
        case, stays = self.case(office), self.case(office)
        actions.tick(by=office.melati, case=case, pathway="school", task="way", at=AT)
        merge = cases.ask_merge(
            by=office.melati, case=case, into=stays, reason=MergeReason.values[0], at=AT
        )
        cases.approve_merge(by=office.supervisor, merge=merge, at=AT)
        [way, _online] = queries.of_case(stays)
        assert [task.key for task, done in way.tasks if done] == ["way"]
