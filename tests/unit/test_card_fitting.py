"""One picture suits every channel: its format, its weight, and a size that all of them show whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.channels import folder
from scheduler.channels.x import channel as x
from scheduler.domain.card import AUTO, PaintedCard
from scheduler.domain.channel import Capabilities
from scheduler.domain.fitting import best_size, misfit, taken_by_all
from scheduler.usecases.preflight import Verdict, cards

SIZES = ("square", "landscape", "portrait", "story")
FORMATS = ("png", "jpg", "webp")
CARD = PaintedCard(
    path="card.png",
    template="bold",
    size="square",
    format="png",
    width=1080,
    height=1080,
    bytes=300_000,
    alt_text="“Rest.”",
    spec_hash="0",
    sha256="0",
)
some = st.sampled_from


def network(**more: object) -> Capabilities:
    return replace(folder.CAPABILITIES, **more)  # type: ignore[arg-type]


INSTAGRAM = network(picture_formats=("jpg",), picture_bytes=8_000_000, picture_sizes=("portrait", "square"))
BLUESKY = network(picture_bytes=2_000_000, alt_text_limit=5000)
STORIES = network(picture_sizes=("story",))


def test_what_all_take_is_what_each_of_them_takes() -> None:
    takes = taken_by_all([x.CAPABILITIES, INSTAGRAM, BLUESKY])
    assert (takes.formats, takes.most_bytes, takes.most_alt_text) == (("jpg",), 2_000_000, 1000)


def test_where_no_format_is_common_the_first_channel_gets_its_own_and_the_other_is_told() -> None:
    only_png = network(picture_formats=("png",))
    assert taken_by_all([only_png, INSTAGRAM]).formats == ("png",)
    assert "takes jpg" in misfit(CARD, INSTAGRAM)


@pytest.mark.parametrize(
    ("channels", "size"),
    [
        ((), "square"),
        ((folder.CAPABILITIES,), "square"),
        ((folder.CAPABILITIES, x.CAPABILITIES), "square"),
        ((INSTAGRAM,), "portrait"),
        ((INSTAGRAM, x.CAPABILITIES), "square"),
        ((STORIES, folder.CAPABILITIES), "story"),
        ((STORIES, x.CAPABILITIES), "square"),
    ],
)
def test_the_size_is_one_that_all_show_whole_and_none_likes_least(
    channels: tuple[Capabilities, ...], size: str
) -> None:
    assert best_size(channels) == size


@given(st.lists(st.lists(some(SIZES), min_size=1, unique=True), min_size=1, max_size=4))
def test_no_channel_crops_the_card_while_there_is_a_size_that_none_crops(liked: list[list[str]]) -> None:
    channels = [network(picture_sizes=tuple(sizes)) for sizes in liked]
    common = set(SIZES).intersection(*liked)
    assert best_size(channels) in (common or {"square"})


@pytest.mark.parametrize(
    ("card", "can", "words"),
    [
        (CARD, x.CAPABILITIES, ""),
        (replace(CARD, format="webp"), INSTAGRAM, "is a webp"),
        (replace(CARD, bytes=2_100_000), BLUESKY, "has 2.1 MB, and this channel takes 2 MB"),
        (replace(CARD, alt_text="a" * 1001), x.CAPABILITIES, "alt text has 1001"),
    ],
)
def test_a_card_that_a_channel_would_refuse_is_told_with_the_reason(
    card: PaintedCard, can: Capabilities, words: str
) -> None:
    assert words in misfit(card, can)
    assert bool(words) == bool(misfit(card, can))


@pytest.mark.parametrize(
    ("channels", "size", "form", "verdict", "words"),
    [
        ({"x": x.CAPABILITIES}, AUTO, AUTO, Verdict.GOOD, "square, png or jpg or webp, up to 5 MB"),
        ({"x": x.CAPABILITIES}, "story", AUTO, Verdict.LOOK, "x may crop story cards."),
        ({"insta": INSTAGRAM}, AUTO, "png", Verdict.BAD, "insta can't take png."),
        ({}, AUTO, AUTO, Verdict.GOOD, "square"),
    ],
)
def test_the_doctor_tells_beforehand_whether_every_channel_takes_the_cards(
    channels: dict[str, Capabilities], size: str, form: str, verdict: Verdict, words: str
) -> None:
    row = cards(channels, size=size, form=form)
    assert row.verdict is verdict
    assert words in row.words
