"""Prices and link rules: what a post costs, and which posts carry their link."""

from __future__ import annotations

import pytest

from scheduler.domain.pricing import LinkRule, Prices, parse_link_rule

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
