"""Every address × every role × every relation; an address that is missing here fails.

Relations of the member who asks to the object that is asked for: in its team, in another team of
the same agency, in another agency, in the agency it was passed to. Without the right: 403, whatever
the object. With the right but no business with it: 404, as if it were not there.
"""

from collections.abc import Iterator
from functools import cache

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import translation

from tests.factories import signed_in
from tests.house.urls import TABLE, Entry, Place

pytestmark = [pytest.mark.django_db, pytest.mark.wide]


def walk(resolver: URLResolver, inside: tuple[str, ...] = ()) -> Iterator[str]:
    """The full name of every address below a resolver."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            deeper = (*inside, pattern.namespace) if pattern.namespace else inside
            yield from walk(pattern, deeper)
        else:
            assert isinstance(pattern, URLPattern)
            yield ":".join((*inside, pattern.name or str(pattern.pattern)))


@cache
def addresses() -> frozenset[str]:
    """Every address of the house."""
    return frozenset(walk(get_resolver(settings.ROOT_URLCONF)))


def test_every_address_is_in_the_table() -> None:
    assert addresses() == frozenset(TABLE)


def test_the_office_has_no_second_address_in_another_language(place: Place) -> None:
    paths = [reverse(name, kwargs=entry.names(place)) for name, entry in TABLE.items()]
    office = [path for path in paths if path.startswith("/kantor/")]
    assert office
    with translation.override("en"):
        for path in office:
            with pytest.raises(Resolver404):
                resolve(f"/en{path}")


def ask(client: Client, name: str, place: Place) -> int:
    """The status of one request; whatever it wrote is undone."""
    entry = TABLE[name]
    path = reverse(name, kwargs=entry.names(place))
    with transaction.atomic():
        response = getattr(client, entry.method)(path, entry.data)
        transaction.set_rollback(True)
    if response.headers.get("Location", "").startswith(f"{settings.LOGIN_URL}?next="):
        return 401
    return int(response.status_code)


def meets(entry: Entry, expected: str, status: int) -> bool:
    """Whether a status is what the table expects."""
    if expected == "in":
        return status in entry.let_in
    return status == {"forbidden": 403, "not there": 404}[expected]


@pytest.fixture(scope="module")
def cookies(place: Place) -> dict[tuple[str, str], str]:
    """The session of every member of the place."""
    name = settings.SESSION_COOKIE_NAME
    return {
        who: signed_in(Client(), member).cookies[name].value
        for who, member in place.members.items()
    }


@pytest.mark.parametrize("name", sorted(name for name, entry in TABLE.items() if not entry.open))
def test_an_address_lets_in_whom_the_table_says(
    name: str, place: Place, cookies: dict[tuple[str, str], str]
) -> None:
    entry = TABLE[name]
    wrong, client = [], Client()
    for (role, relation), cookie in cookies.items():
        client.cookies.clear()
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie
        status, expected = ask(client, name, place), entry.answers(role, relation)
        if not meets(entry, expected, status):
            wrong.append((role, relation, expected, status))
    assert wrong == []


@pytest.mark.parametrize("name", sorted(TABLE))
def test_without_sign_in_only_the_open_pages_answer(name: str, place: Place) -> None:
    status = ask(Client(), name, place)
    assert (status != 401) == TABLE[name].open
    assert status < 500


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_password_alone_opens_no_page_of_the_office(name: str, place: Place) -> None:
    entry = TABLE[name]
    path = reverse(name, kwargs=entry.names(place))
    member = place.members["supervisor", "own team"]
    if entry.open or "reauthenticate" in name:
        return
    client = Client()
    client.force_login(member)
    response = getattr(client, entry.method)(path, entry.data)
    assert response.status_code == 302
    assert "/2fa/reauthenticate/" in response.headers["Location"]
