"""A template's sums have values, and can't do anything else."""

from __future__ import annotations

import pytest

from scheduler.cards.lengths import Length
from scheduler.domain.errors import CardRefused

NAMES = {"L": 8.0, "B": 92.0, "quote.leading": 10.0}


@pytest.mark.parametrize(
    ("written", "value"),
    [(3, 3.0), ("B - 9.6", 82.4), ("-L / 2", -4.0), ("max(8.4, 0.92 * quote.leading)", 9.2), ("min(L, B, 5)", 5.0)],
)
def test_a_sum_has_a_value(written: object, value: float) -> None:
    assert Length(written).at("square", NAMES) == pytest.approx(value)


def test_a_table_gives_each_size_its_own_and_other_to_the_rest() -> None:
    length = Length({"landscape": "L + 4", "other": "L + 3"})
    assert (length.at("landscape", NAMES), length.at("story", NAMES)) == (12.0, 11.0)


@pytest.mark.parametrize(
    "written",
    [
        "__import__('os')",
        "L ** 9",
        "L.x.y",
        "(lambda: 1)()",
        "'a'",
        "[1]",
        "open(1)",
        "max()",
        "1 +",
        "",
        True,
        None,
        "L+" * 200,
        "(" * 150,
    ],
)
def test_nothing_but_sums_is_taken(written: object) -> None:
    with pytest.raises(ValueError, match=r"sum|length"):
        Length(written)


@pytest.mark.parametrize("written", ["X + 1", "name.baseline", "L / (L - 8)", "9e999", 10**150, {"square": 1}])
def test_a_sum_without_a_value_is_refused_with_a_hint(written: object) -> None:
    with pytest.raises(CardRefused) as refusal:
        Length(written).at("story", NAMES)
    assert refusal.value.hint
