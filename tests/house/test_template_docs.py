"""The page on card templates is true: its example is a template, and it tells every kind, key, colour and face."""

from __future__ import annotations

import typing
from pathlib import Path

from scheduler.cards import brand, elements, template
from scheduler.cards.fonts import FACES
from scheduler.cards.frames import FRAMES
from scheduler.cards.layout import lay_out
from scheduler.cards.roles import ROLES
from scheduler.cards.words import Words
from tests.house.pages import DOCS, block, rows, section, text_of

PAGE = DOCS / "reference" / "templates.md"
KINDS = {
    typing.get_args(kind.model_fields["kind"].annotation)[0]: set(kind.model_fields)
    for kind in typing.get_args(typing.get_args(elements.AnyElement)[0])
}
SHARED = {"kind", *elements.Element.model_fields}


def test_the_example_is_a_template_that_can_be_laid_out_in_every_size(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "mine.toml").write_text(block(PAGE, "toml template.toml"), "utf-8")
    mine = template.load(tmp_path, "mine")
    words = Words(opening="“", quote="Rest is part of the treatment.", closing="”", address="book.example")
    for frame in FRAMES.values():
        assert len(lay_out(mine, brand.load(tmp_path), frame, words).lines) >= 2


def test_every_kind_of_element_is_told_with_every_key_of_its_own() -> None:
    told = {
        row[0].strip("`"): set(row[2].replace("`", "").split(", "))
        for row in rows(section(PAGE, "## Kinds of element"))
    }
    assert told == {kind: keys - SHARED for kind, keys in KINDS.items()}


def test_every_key_of_the_file_and_of_every_element_is_told() -> None:
    of_file = {row[0].strip("`") for row in rows(section(PAGE, "## Keys of the file"))}
    of_elements = {row[0].strip("`") for row in rows(section(PAGE, "## Keys of every element"))}
    assert of_file == set(template.Template.model_fields)
    assert of_elements == SHARED


def test_every_template_colour_face_and_word_is_told() -> None:
    told = text_of(PAGE)
    names = (*template.names(DOCS.parent / "assets"), *ROLES, *FACES)
    words = (*typing.get_args(elements.Spoken), *typing.get_args(elements.Fact))
    assert [name for name in (*names, *words) if f"`{name}`" not in told] == []
