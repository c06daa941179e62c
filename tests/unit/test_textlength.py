"""The length is X's own: twitter-text's cases for weighted length and for addresses pass, and what would keep its
parser busy for minutes is refused before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from twitter_text import parse_tweet

from scheduler.domain.errors import DoesNotFit
from scheduler.domain.textlength import EMOJI, LONGEST_RUN, LONGEST_TEXT, weighted

DATA = Path(__file__).parents[1] / "data" / "twitter-text"
LENGTHS = ("WeightedTweetsCounterTest", "UnicodeDirectionalMarkerCounterTest")
TODAYS_LENGTHS = "WeightedTweetsWithDiscountedEmojiCounterTest"
URL_LENGTH = 23


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where there is one: ten times as quick."""


def cases(file: str, *groups: str) -> list[dict[str, Any]]:
    tests = yaml.load((DATA / file).read_text("utf-8"), LOADER)["tests"]
    return [case for group in groups for case in tests[group]]


TODAY = {case["text"]: case["expected"] for case in cases("validate.yml", TODAYS_LENGTHS)}
"""X counts every emoji as two since 2018; the older group of cases holds where this one has no other number."""


@pytest.mark.parametrize("case", cases("validate.yml", *LENGTHS, TODAYS_LENGTHS), ids=lambda case: case["description"])
def test_a_text_is_as_long_as_x_counts_it(case: dict[str, Any]) -> None:
    expected = TODAY.get(case["text"], case["expected"])
    if is_absurd(case["text"]):
        assert not expected["valid"]
        with pytest.raises(DoesNotFit):
            weighted(case["text"])
    else:
        assert weighted(case["text"]) == expected["weightedLength"]


@pytest.mark.parametrize(
    "case", cases("extract.yml", "urls", "tco_urls_with_params"), ids=lambda case: case["description"]
)
def test_exactly_what_x_takes_for_an_address_counts_as_one(case: dict[str, Any]) -> None:
    text, rest = case["text"], case["text"]
    for url in case["expected"]:
        rest = rest.replace(url, "\n", 1)
    assert weighted(text) == weighted(rest) + (URL_LENGTH - 1) * len(case["expected"])


@pytest.mark.parametrize("case", cases("validate.yml", "urls_without_protocol"), ids=lambda case: case["description"])
def test_a_bare_domain_counts_as_an_address(case: dict[str, Any]) -> None:
    assert (weighted(case["text"]) == URL_LENGTH) is case["expected"]


def is_absurd(text: str) -> bool:
    return len(text) > LONGEST_TEXT or max(map(len, EMOJI.sub("", text).split()), default=0) > LONGEST_RUN


@given(
    st.text(alphabet="a.é 語\U0001f469\u200d/:", max_size=1200) | st.sampled_from(["a." * 3000, "a " * 501, "a" * 301])
)
def test_any_text_is_counted_or_refused(text: str) -> None:
    if is_absurd(text):
        with pytest.raises(DoesNotFit):
            weighted(text)
    else:
        assert 0 <= weighted(text) <= max(2, URL_LENGTH) * len(text)


PIECES = (
    *(
        "a",
        " ",
        "\n",
        "\r\n",
        "“",
        "1",
        "#",
        "©",
        "™",
        "1\ufe0f\u20e3",
        "\u200d",
        "\ufe0f",
        "😷",
        "👨\u200d🎤",
        "é",
        "e\u0301",
    ),
    *(
        "日本",
        "ᄀ",
        "\u2060",
        "☎",
        "‼",
        "x.com",
        "https://t.co/0123456789",
        "https://example.com/a?b=“c",
        "@ann",
        "🇪🇸",
        "한",
    ),
)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_counting_line_by_line_counts_what_counting_the_whole_does(text: str) -> None:
    assert weighted(text) == parse_tweet(text).weightedLength
