"""Colours live in the tokens, and every pair of them can be read."""

import re
from pathlib import Path

import pytest

import teduh.web

CSS = Path(teduh.web.__file__).parent / "css"
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|rgba|hsl|oklch)\(", re.IGNORECASE)
READ_ON = {  # text token -> papers it stands on, at 4.5 : 1 (WCAG 2.2, 1.4.3)
    "ink": ("paper", "card", "tint", "danger-paper", "warn-paper", "shade-green", "shade-sand"),
    "soft": ("paper", "card", "tint", "danger-paper", "shade-green", "shade-sand"),
    "accent": ("paper", "card", "tint"),
    "danger": ("paper", "card", "danger-paper"),
    "warn": ("card", "warn-paper"),
    "on-accent": ("accent", "accent-strong"),
    "on-exit": ("exit",),
}


def tokens(scheme: str) -> dict[str, str]:
    light, dark = (CSS / "tokens.css").read_text(encoding="utf-8").split("@media", 1)
    named = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return (
        named | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))
        if scheme == "dark"
        else named
    )


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_on_its_paper(scheme: str) -> None:
    named = tokens(scheme)
    faint = {
        (text, paper): round(contrast(named[text], named[paper]), 2)
        for text, papers in READ_ON.items()
        for paper in papers
        if contrast(named[text], named[paper]) < 4.5
    }
    assert faint == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edge_of_a_field_can_be_seen(scheme: str) -> None:
    named = tokens(scheme)
    assert min(contrast(named["edge"], named[paper]) for paper in ("paper", "card")) >= 3


def test_no_stylesheet_but_the_tokens_names_a_colour() -> None:
    raw = [
        f"{path.relative_to(CSS)}: {line.strip()}"
        for path in CSS.rglob("*.css")
        if path.name != "tokens.css"
        for line in path.read_text(encoding="utf-8").splitlines()
        if COLOUR.search(line)
    ]
    assert raw == []


def test_nothing_is_forced_with_important() -> None:
    assert not [
        path for path in CSS.rglob("*.css") if "!important" in path.read_text(encoding="utf-8")
    ]
