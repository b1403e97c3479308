"""Each way in is a folder and one line; what is missing in either is named here."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template
from django.urls import URLPattern, reverse

from teduh.intake import channels, codes
from teduh.intake.channels import KINDS
from teduh.intake.words import Channel

HERE = Path(channels.__file__).parent
TEMPLATES = HERE.parent / "templates" / "intake"


def patterns(kind: str, name: str) -> list[URLPattern]:
    """What a way in puts below the open pages or the desk."""
    return list(getattr(import_module(f"teduh.intake.channels.{kind}.urls"), name, []))


def test_every_folder_is_listed_and_every_line_has_its_folder() -> None:
    assert sorted(KINDS) == sorted(path.parent.name for path in HERE.glob("*/__init__.py"))


def test_every_code_of_the_list_has_its_word() -> None:
    assert set(Channel) == codes.known("channel") - {"unknown", "undisclosed"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_way_in_is_named_by_a_channel_and_says_what_it_is(kind: str) -> None:
    drawer = import_module(f"teduh.intake.channels.{kind}")
    assert kind in set(Channel)
    assert (drawer.__doc__ or "").strip().endswith(".")


@pytest.mark.parametrize("kind", KINDS)
def test_every_address_of_a_way_in_is_joined(kind: str) -> None:
    public, desk = patterns(kind, "public_patterns"), patterns(kind, "desk_patterns")
    assert public + desk, "a way in that leads nowhere"
    for room, of in (("intake", public), ("desk", desk)):
        for one in of:
            named = dict.fromkeys(one.pattern.converters, "0" * 8)
            last = reverse(f"{room}:{one.name}", kwargs=named).rpartition("/")[2]
            assert not last or "." in last  # a page, or a file such as a service worker
            assert one.callback.__module__.startswith(f"teduh.intake.channels.{kind}.")


@pytest.mark.parametrize("kind", KINDS)
def test_its_pages_lie_in_a_folder_of_its_own(kind: str) -> None:
    pages = sorted((TEMPLATES / kind).glob("*.html"))
    assert pages
    for page in pages:
        get_template(f"intake/{kind}/{page.name}")


def test_tables_of_a_way_in_are_known_to_the_room() -> None:
    known = {model.__module__ for model in apps.get_app_config("intake").get_models()}
    kept = {f"teduh.intake.channels.{path.parent.name}.models" for path in HERE.glob("*/models.py")}
    assert kept <= known


def test_a_way_in_with_an_entry_stands_in_the_work_list_of_whoever_may() -> None:
    entries = [import_module(f"teduh.intake.channels.{kind}.urls") for kind in KINDS]
    for one in [module.entry for module in entries if hasattr(module, "entry")]:
        assert reverse(one.url_name).startswith("/kantor/")
        assert one.right.label
