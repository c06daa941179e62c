"""Prices and link rules: what a post costs and since when, and which posts carry their link."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.pricing import LinkRule, Prices, dollars, parse_link_rule, parse_prices

X = Prices(post_usd=0.015, link_post_usd=0.20, alt_text_usd=0.005)


@pytest.mark.parametrize(
    ("has_link", "has_alt_text", "usd"), [(True, True, 0.205), (True, False, 0.2), (False, True, 0.02)]
)
def test_a_link_is_most_of_the_price_and_the_alt_text_comes_on_top(
    has_link: bool, has_alt_text: bool, usd: float
) -> None:
    assert X.of(has_link=has_link, has_alt_text=has_alt_text) == usd


@pytest.mark.parametrize(
    ("text", "carrying"),
    [("always", [0, 1, 2, 3, 4, 5]), ("every:3", [0, 3]), ("every:1", range(6)), ("card", []), ("never", [])],
)
def test_a_link_rule_says_which_posts_carry_their_link(text: str, carrying: list[int]) -> None:
    rule = parse_link_rule(text)
    assert [number for number in range(6) if rule.gives(number)] == list(carrying)


@pytest.mark.parametrize("text", ["nevermore", "every:0", "every", "every:-1", "", "every:1000"])
def test_a_link_rule_that_is_none_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="write always, every:3, card or never"):
        parse_link_rule(text)


def test_without_a_word_every_post_carries_its_link() -> None:
    assert LinkRule() == parse_link_rule("always")


def test_a_price_list_in_words_counts_from_each_of_its_days_on() -> None:
    prices = parse_prices("2027-01-01 post 0.02 link 0.25 alt 0.005, 2026-04-20 post 0.015 link 0.20 alt 0.005")
    days = (date(2026, 1, 1), date(2026, 4, 20), date(2026, 12, 31), date(2027, 1, 1))
    assert [prices.on(day).of(has_link=True, has_alt_text=True) for day in days] == [0.205, 0.205, 0.205, 0.255]
    assert prices.on(date(2030, 1, 1)).since == date(2027, 1, 1)
    assert parse_prices("2026-04-20 post 0.5").on(days[0]).of(has_link=True, has_alt_text=True) == 0.5


def test_an_empty_price_list_is_free() -> None:
    assert parse_prices("").is_free
    assert parse_prices("").on(date(2026, 1, 1)).of(has_link=True, has_alt_text=True) == 0
    assert not parse_prices("2026-04-20 post 0 alt 0.005").is_free


WRONG = [
    *("0.20", "2026-04-20", "2026-13-01 post 1", "2026-04-20 post x", "2026-04-20 post -1", "2026-04-20 tip 1"),
    *("2026-04-20 post 1 post 2", "2026-04-20 post 1, 2026-04-20 post 2", "2026-04-20 post 1e9", "2026-04-20 post"),
]


@pytest.mark.parametrize("text", WRONG)
def test_a_price_list_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"price|day"):
        parse_prices(text)


@given(st.text(alphabet="0123456789-., postlinkaltread", max_size=60))
def test_a_price_list_is_never_negative_whatever_is_written(text: str) -> None:
    with suppress(ValueError):
        assert parse_prices(text).on(date(2026, 1, 1)).post_usd >= 0


@pytest.mark.parametrize(("usd", "words"), [(0.2, "$0.20"), (0.205, "$0.205"), (5, "$5.00"), (0.0151, "$0.0151")])
def test_dollars_are_told_as_people_read_them(usd: float, words: str) -> None:
    assert dollars(usd) == words
