"""A photo sent without script: as it was sent, and beside it a copy that says nothing of the camera."""

import json

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from teduh.access.models import Team
from teduh.vault import queries, suite, without_script
from teduh.vault.envelope import Compartment, Place, open_file, open_item, unwrap
from teduh.vault.packages import SealedAddition, SealedPackage
from teduh.vault.rules import BODY, CARD
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.reports import AT, CODE, keys_for, received
from tests.lib.test_photos import NOTED, PLAIN, TRACE, png

pytestmark = pytest.mark.django_db
PHOTO = NOTED[1]
TICKET = "TDH-4040-4040"


@pytest.fixture
def team() -> Team:
    team = TeamFactory(code="asesmen")
    keys_for(team)
    return team


def evidence(sent: SealedPackage | SealedAddition, ticket: str, team: Team) -> Compartment:
    """The compartment of the files, as the team opens it."""
    [one] = [one for one in sent.compartments if one.said["comp"] == "file"]
    wrap = next(w for w in one.wraps if w.kid.startswith("tim-"))
    place = Place(settings.TEDUH_INSTANCE, ticket, "file")
    return unwrap(one.d, wrap.kid, wrap.w, suite.sha256(team.code.encode()), place)


def sealed(team: Team, *files: tuple[str, str, bytes]) -> SealedPackage:
    return without_script.seal_report(
        ticket=TICKET, code=CODE, answers={}, files=files, team_code=team.code, at=AT
    )


def test_both_open_and_the_card_of_the_photo_names_its_copy(team: Team) -> None:
    package = sealed(team, ("foto.jpg", "image/jpeg", PHOTO), ("bukti.txt", "text/plain", b"satu"))
    where = evidence(package, TICKET, team)
    bodies = {one.item: one for one in package.items if one.what == BODY}
    cards = [
        json.loads(open_item(where, one, CARD, package.tanda))
        for one in package.items
        if one.what == CARD
    ]
    said = {card["item"]: card for card in cards}
    assert said.keys() == bodies.keys()
    whole = {item: open_file(where, one.hdr, one.ct) for item, one in bodies.items()}
    [photo] = [card for card in cards if "copy" in card]
    assert whole[photo["item"]] == PHOTO
    assert whole[photo["copy"]] == PLAIN
    assert said[photo["copy"]]["name"] == photo["name"] == "foto.jpg"
    assert [bodies[one].seq for one in (photo["item"], photo["copy"])] == [0, 1]
    assert sorted(whole.values()) == sorted((PHOTO, PLAIN, b"satu"))


@pytest.mark.parametrize("odd", [PHOTO[:40], b"\xff\xd8" + TRACE, b"bukan foto"])
def test_what_cannot_be_cleaned_is_sent_as_it_is(team: Team, odd: bytes) -> None:
    package = sealed(team, ("foto.jpg", "image/jpeg", odd))
    [body] = [one for one in package.items if one.what == BODY]
    assert open_file(evidence(package, TICKET, team), body.hdr, body.ct) == odd


def test_the_desk_shows_one_file_of_a_report_and_one_of_an_addition(team: Team) -> None:
    report = received(team)
    number = report.ticket.number
    told = {"ticket": number, "code": without_script.spellings(CODE)["digits"], "story": "Contoh."}
    photo = SimpleUploadedFile("foto.jpg", PHOTO, "image/jpeg")
    assert Client().post("/status/tambah/", {**told, "files": photo}).status_code == 303
    bundle = queries.office_bundle(number, {team.code})
    assert [len(bundle.of(BODY)), len(bundle.files())] == [2, 1]
    desk = signed_in(Client(), MemberFactory(role="officer", team=team))
    page = desk.get(reverse("desk:report", args=[number])).content.decode()
    assert page.count("<sealed-file ") == 1


def test_a_hundred_photos_of_one_form_are_kept(team: Team) -> None:
    report = received(team)
    number = report.ticket.number
    told = {"ticket": number, "code": without_script.spellings(CODE)["digits"], "story": "Contoh."}
    photos = [SimpleUploadedFile(f"{n}.png", png(), "image/png") for n in range(100)]
    assert Client().post("/status/tambah/", {**told, "files": photos}).status_code == 303
    assert len(queries.office_bundle(number, {team.code}).files()) == 100
