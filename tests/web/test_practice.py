"""A practice office says so on every page, and is found from the real one."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from tests.factories import MemberFactory, signed_in

pytestmark = pytest.mark.django_db
PAGES = ["/", "/lapor/", "/status/", "/hilang/", "/kantor/akun/login/", "/kantor/saya/"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_practice_says_that_it_is(path: str) -> None:
    client = signed_in(Client(), MemberFactory(role="officer")) if "saya" in path else Client()
    with override_settings(TEDUH_PRACTICE=True):
        page = client.get(path).content.decode()
    assert 'class="practice"' in page
    assert "practice.css" in page
    assert "practice" not in client.get(path).content.decode()


def test_a_member_finds_the_practice_office_where_there_is_one() -> None:
    client = signed_in(Client(), MemberFactory(role="officer"))
    with override_settings(TEDUH_PRACTICE_URL="https://latihan.contoh.invalid/"):
        assert "https://latihan.contoh.invalid/" in client.get("/kantor/saya/").content.decode()
    assert "latihan" not in client.get("/kantor/saya/").content.decode()


def test_the_command_runs_nothing_but_practice() -> None:
    with pytest.raises(CommandError, match="TEDUH_PRACTICE=1"):
        call_command("practice")


def test_no_backup_of_a_real_office_comes_into_practice() -> None:
    with (
        override_settings(TEDUH_PRACTICE=True),
        pytest.raises(CommandError, match="out of a backup"),
    ):
        call_command("restore", "house", "--shred", "keys")
