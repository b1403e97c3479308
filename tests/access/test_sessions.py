"""Requests of one session beside each other: neither undoes what the other has written."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from teduh.access.middleware import StaffSessions
from teduh.access.models import Member
from teduh.access.rules import merged
from teduh.access.sessions import SessionStore
from teduh.vault.views import padlock
from tests.factories import MemberFactory, signed_in

pytestmark = pytest.mark.django_db
NONCE, HUMAN, UNLOCKED = padlock.NONCE, padlock.HUMAN, padlock.UNLOCKED
SOME = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2))


def kept(**told: object) -> str:
    """The cookie of a session that holds this."""
    store = SessionStore()
    store.update(told)
    store.save()
    assert store.session_key
    return store.session_key


def read(cookie: str) -> SessionStore:
    """The session as a request has it that has just read it."""
    store = SessionStore(cookie)
    store.keys()  # reads it
    return store


def age() -> None:
    """So long that a page which is only read renews it."""
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=20))


def page(cookie: str, meanwhile: Callable[[], object]) -> HttpResponse:
    """A staff page that reads its session, while something else happens to it."""

    def show(request: HttpRequest) -> HttpResponse:
        request.session.keys()  # reads it
        meanwhile()
        return HttpResponse()

    request = RequestFactory().get("/kantor/")
    request.COOKIES["teduh_kantor"] = cookie
    return StaffSessions(show)(request)  # type: ignore[return-value]


def close(cookie: str) -> None:
    """What closing the padlock does."""
    store = read(cookie)
    store.pop(NONCE)
    store.save()


@given(SOME, SOME, SOME)
def test_each_key_stands_as_whoever_changed_it_left_it(
    base: dict[str, int], ours: dict[str, int], theirs: dict[str, int]
) -> None:
    after = merged(base, ours, theirs)
    for name in "abcd":
        was, we, they = base.get(name), ours.get(name), theirs.get(name)
        if we == was:
            assert after.get(name) == they
        elif they == was or we is not None:
            assert after.get(name) == we
        else:
            assert after.get(name) == they, "what is new is not taken out"


def test_a_page_that_was_read_before_the_padlock_closed_does_not_open_it_again() -> None:
    cookie = kept(**{NONCE: "old", "x": 1})
    age()
    page(cookie, lambda: close(cookie))
    assert dict(read(cookie).items()) == {"x": 1}
    assert Session.objects.get().expire_date > timezone.now() + timedelta(minutes=29)


def test_a_page_that_was_read_before_the_padlock_opened_does_not_lose_its_nonce() -> None:
    cookie = kept(x=1)
    age()

    def unlock() -> None:
        store = read(cookie)
        store[NONCE] = "new"
        store.save()

    page(cookie, unlock)
    assert read(cookie)[NONCE] == "new"


def test_a_renewal_writes_the_day_alone_in_one_statement() -> None:
    cookie = kept(x=1)
    age()
    before = Session.objects.get().session_data
    with CaptureQueriesContext(connection) as said:
        page(cookie, lambda: None)
    (update,) = (one["sql"] for one in said if one["sql"].startswith("UPDATE"))
    assert "session_data" not in update
    assert len([one for one in said if "django_session" in one["sql"]]) == 2
    assert Session.objects.get().session_data == before


@pytest.mark.parametrize("changes", [False, True])
@pytest.mark.parametrize("ends", ["deleted", "expired"])
def test_a_session_that_ended_meanwhile_does_not_live_again(ends: str, *, changes: bool) -> None:
    cookie = kept(x=1)
    age()
    store = read(cookie)
    if changes:
        store["x"] = 2
    else:
        store.renew()
    if ends == "deleted":
        Session.objects.all().delete()
    else:
        Session.objects.update(expire_date=timezone.now())
    with pytest.raises(SessionInterrupted):
        store.save()
    with pytest.raises(SessionInterrupted):
        store.cycle_key()
    assert not SessionStore(cookie).items()
    assert Session.objects.filter(expire_date__gt=timezone.now()).count() == 0


def test_two_that_write_keep_what_each_put_in_and_took_out() -> None:
    cookie = kept(**{NONCE: "old", UNLOCKED: "then", "list": [1]})
    one, other = read(cookie), read(cookie)
    one["list"].append(2)
    one["list"] = one["list"]
    one["both"] = ("as", "a", "list")
    del one[UNLOCKED]
    other[HUMAN] = "now"
    del other[NONCE]
    other.save()
    one.save()
    stands = {"list": [1, 2], "both": ["as", "a", "list"], HUMAN: "now"}
    assert dict(read(cookie).items()) == stands
    assert dict(one.items()) == stands, "and whoever wrote last knows it"


def test_the_padlock_closed_late_takes_only_the_nonce_it_saw() -> None:
    cookie = kept(**{NONCE: "old"})
    late, fresh = read(cookie), read(cookie)
    late.pop(NONCE)
    fresh[NONCE] = "new"
    fresh.save()
    late.save()
    assert read(cookie)[NONCE] == "new"


def test_whoever_empties_a_session_unread_empties_it() -> None:
    cookie = kept(x=1)
    store = SessionStore(cookie)
    store.clear()
    store["y"] = 2
    store.save()
    assert dict(read(cookie).items()) == {"y": 2}


def test_a_new_key_takes_along_what_others_wrote_under_the_old_one() -> None:
    cookie = kept(**{NONCE: "old", "x": 1})
    store = read(cookie)
    store["y"] = 2
    close(cookie)
    store.cycle_key()
    store.save()
    assert store.session_key
    assert dict(read(store.session_key).items()) == {"x": 1, "y": 2}
    assert not SessionStore(cookie).items()
    assert Session.objects.count() == 1


def asked_late(
    client: Client, view: Callable[[HttpRequest], HttpResponse], meanwhile: str
) -> HttpResponse:
    """The answer to a request that had read its session before this address of the padlock was asked."""
    request = RequestFactory().post("/kantor/kunci/")
    request.session = read(client.cookies["teduh_kantor"].value)
    request.user = Member.objects.get()
    client.post(f"/kantor/kunci/{meanwhile}/")
    return view(request)


@pytest.fixture
def unlocked(client: Client) -> Client:
    """A member's browser whose padlock has just been opened."""
    signed_in(client, MemberFactory())
    store = read(client.cookies["teduh_kantor"].value)
    now = timezone.now().isoformat()
    store.update({NONCE: "nonce", HUMAN: now, UNLOCKED: now})
    store.save()
    return client


def test_the_tab_key_is_not_given_to_who_asked_before_the_padlock_closed(unlocked: Client) -> None:
    assert unlocked.post("/kantor/kunci/tab/").status_code == 200
    assert asked_late(unlocked, padlock.tab, "tutup").status_code == 403
    assert unlocked.post("/kantor/kunci/tab/").status_code == 403


def test_of_two_that_close_the_keyring_again_at_once_one_may(unlocked: Client) -> None:
    assert asked_late(unlocked, padlock.keep_keyring, "gantungan").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_many_at_once_all_find_what_they_wrote() -> None:
    cookie = kept(**{NONCE: "old"})
    stores = [read(cookie) for _one in range(8)]

    def write(number: int) -> None:
        stores[number][f"of {number}"] = number
        if number == 0:
            del stores[number][NONCE]
        stores[number].save()
        connections.close_all()

    threads = [Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert dict(read(cookie).items()) == {f"of {number}": number for number in range(8)}
