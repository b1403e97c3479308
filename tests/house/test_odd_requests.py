"""Broken, lying and hostile requests: no address answers one with a failure of ours."""

import os
import traceback
from dataclasses import replace
from itertools import cycle, islice

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as wishes
from hypothesis import strategies as st

from teduh.access.models import Member
from teduh.access.roles import ROLES
from teduh.intake import flood
from teduh.tickets import guessing
from tests.factories import signed_in
from tests.house.urls import TABLE, Place
from tests.support import wire
from tests.support.oddities import NAMES, ODD, filled_parts, part, parts
from tests.support.wire import FORM, PARTS, Sent

pytestmark = [pytest.mark.django_db, pytest.mark.wide]
TOKEN = "a" * 32
LONG = bool(os.environ.get("TEDUH_LONG"))
ROUND = 10  # addresses after which the short run has sent every odd request once
CANNOT_NOW = {503, 507}  # our own words for "no key to seal to" and "no room"
ADDRESSES = sorted(TABLE)
# Parts of an address that name nothing there is.
PATHS = ("/%00", "/%ff%fe", "/..%2f..%2fetc", "/s/%00", "/s/..%2fteduh.sqlite3", "/s/%ff", "//", "/%0a",
         "/kantor/laporan/%00/", "/kantor/laporan/TDH-%ff/", "/kantor/berkas/%00/", "/kantor/jaga/" + "9" * 40 + "/batal/",
         "/kantor/faktor-hilang/" + "9" * 19 + "/tolak/", "/kantor/kunci/cabut/%00/", "/kantor/kunci/cabut/%ed%a0%80/",
         "/kantor/undangan/x/%00/", "/kantor/undangan/x/" + "-" * 3000 + "/", "/kantor/undangan/x/c%0a-1/", "/en/%ff/",
         "/kantor/saya/kunci-sandi/" + "9" * 25 + "/", "/kantor/anggota/" + "x" * 9000 + "/", "/" + "a/" * 5000)  # fmt: skip


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_answers_every_odd_request(
    name: str,
    place: Place,
    visitors: dict[str, str],
) -> None:
    """In the short run every tenth of them, each address others; in the long run all of them."""
    odd = sorted(ODD) if LONG else sorted(ODD)[ADDRESSES.index(name) % ROUND :: ROUND]
    path, failed = path_of(name, place), []
    for what, cookie in zip(odd, cycle(who(name, visitors)), strict=False):
        failed += failures(path, ODD[what], cookie, what)
    assert failed == []


def test_an_address_that_names_nothing_is_answered_too(visitors: dict[str, str]) -> None:
    failed = []
    for cookie in (visitors[role] for role in ("", "officer", "supervisor", "key_officer")):
        for path in PATHS:
            for method in ("GET", "POST"):
                failed += failures(path, Sent(method), cookie, path)
    assert failed == []


LETTERS = st.characters(exclude_categories=())  # with surrogates, that no encoding takes by itself
WORDS = st.one_of(
    st.text(LETTERS, max_size=40), st.sampled_from(["", "\0", "1", "{}", "TDH-0000-0001"])
)
RAW = st.one_of(st.binary(max_size=60), WORDS.map(lambda text: text.encode(errors="surrogatepass")))
FIELDS = st.lists(st.tuples(st.sampled_from(NAMES), RAW), max_size=12)


def coded(fields: list[tuple[str, bytes]]) -> bytes:
    """Fields as a form, each byte for itself."""
    return b"&".join(
        name.encode() + b"=" + b"".join(b"%%%02x" % one for one in said) for name, said in fields
    )


ANY = st.one_of(
    FIELDS.map(lambda fields: Sent(body=coded(fields))),
    FIELDS.map(lambda fields: Sent("GET", query=coded(fields).decode())),
    FIELDS.map(lambda f: Sent(body=parts(part(f'name="{n}"', said) for n, said in f), kind=PARTS)),
    st.binary(max_size=300).map(lambda body: Sent(body=body)),
    st.binary(max_size=300).map(lambda body: Sent(body=b"--x\r\n" + body, kind=PARTS)),
    st.tuples(st.sampled_from(sorted(ODD)), st.binary(max_size=30)).map(
        lambda told: Sent(body=ODD[told[0]].body[:3000] + told[1], kind=ODD[told[0]].kind)
    ),
    st.tuples(st.sampled_from([FORM, PARTS]), st.text(max_size=30)).map(
        lambda told: Sent(body=filled_parts(), kind=told[0] + told[1])
    ),
)


@wishes(
    max_examples=5000 if LONG else 150,
    deadline=None,
    derandomize=not LONG,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(name=st.sampled_from(ADDRESSES), sent=ANY, turn=st.integers(0, 50))
def test_an_address_answers_random_requests(
    place: Place,
    visitors: dict[str, str],
    name: str,
    sent: Sent,
    turn: int,
) -> None:
    cookie = next(islice(cycle(who(name, visitors)), turn, None))
    assert failures(path_of(name, place), sent, cookie, "") == []


@pytest.fixture(scope="module")
def visitors(place: Place) -> dict[str, str]:
    """The cookie of a member of each role; nobody has none."""
    inside = {role: place.members[role, "own team"] for role in ROLES}
    return {"": "", **{role: cookie_of(member) for role, member in inside.items()}}


def cookie_of(member: Member) -> str:
    """The session of a member who has passed the second factor, and whose forms are believed."""
    client = signed_in(Client(), member)
    session = client.session
    session["_csrftoken"] = TOKEN
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def path_of(name: str, at: Place) -> str:
    """Where an address is."""
    return reverse(name, kwargs=TABLE[name].names(at))


def who(name: str, visitors: dict[str, str]) -> list[str]:
    """Nobody at an open address, else everybody whom it may let in."""
    entry = TABLE[name]
    return [""] if entry.open else [visitors[role] for role in sorted(entry.roles)]


def failures(path: str, sent: Sent, cookie: str, what: str) -> list[str]:
    """What went wrong inside, if anything did; nothing of it stays."""
    guessing.misses.forget()
    flood.reports.forget()
    cache.clear()  # allauth counts tries there
    own = {"Cookie": cookie, "X-Csrftoken": TOKEN} if cookie else {}
    whole = replace(sent, headers={**own, **sent.headers})
    with transaction.atomic(), wire.faults() as seen:
        try:
            status = wire.ask(path, whole).status
        except Exception:
            seen.append(traceback.format_exc(limit=-3))
            status = 500
        transaction.set_rollback(True)
    return (
        [f"{what}: {status} {''.join(seen)}"] if status >= 500 and status not in CANNOT_NOW else []
    )
