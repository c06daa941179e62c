"""The colours: every pair that pages put together can be read, and no other file has one of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scheduler.cards.colour import contrast
from scheduler.web.dashboard.looks import HERE, STATIC

PAIR = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
COLOURS = {name: (light, dark) for name, light, dark in PAIR.findall((STATIC / "tokens.css").read_text())}
STATES = ("draft", "scheduled", "sending", "published", "confirm", "held", "unknown", "failed")
GROUNDS = ("bg", "surface", "sunken")
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2", "accent", "accent-hover") for ground in GROUNDS),
    *((ink, "mark") for ink in ("ink", "ink-2")),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("accent", "accent-soft"),
    ("ink", "accent-soft"),
    *((state, f"{state}-soft") for state in STATES),
    *((state, "surface") for state in STATES),
    *((ink, f"{state}-soft") for state in STATES for ink in ("ink", "ink-2")),
]
EDGES = [(edge, ground) for edge in ("line-strong", "focus") for ground in ("bg", "surface")]
RAW = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(", re.IGNORECASE)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_every_text_can_be_read_on_its_ground(ink: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[ink][theme], COLOURS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_and_the_focus_are_seen(edge: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[edge][theme], COLOURS[ground][theme]) >= 3


def styles() -> list[Path]:
    return [path for path in STATIC.glob("*.css") if path.name != "tokens.css"]


@pytest.mark.parametrize("path", styles(), ids=lambda path: path.name)
def test_only_the_tokens_have_a_colour_of_their_own(path: Path) -> None:
    assert RAW.findall(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)) == []


@pytest.mark.parametrize("path", styles(), ids=lambda path: path.name)
def test_every_token_that_a_style_names_is_there(path: Path) -> None:
    text = path.read_text() + (STATIC / "tokens.css").read_text()
    known = set(re.findall(r"(--[\w-]+)\s*:", (STATIC / "base.css").read_text() + text))
    assert set(re.findall(r"var\((--[\w-]+)\)", text)) <= known


def test_no_template_has_a_style_or_a_script_of_its_own() -> None:
    for path in (HERE / "templates").glob("*.html"):
        assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?! src=)", path.read_text()), path.name


def test_the_script_stays_small() -> None:
    assert sum(path.stat().st_size for path in STATIC.glob("*.js")) <= 6_144
