"""Who may be named on a card: a person, never the site, its team or “admin”."""

from __future__ import annotations

import time

import pytest

from scheduler.domain.article import Article, Wishes
from scheduler.domain.naming import is_persons_name, named_on_cards


def article(author: str, wishes: Wishes | None = None) -> Article:
    return Article(
        source="a",
        title="T",
        language="en",
        fingerprint="",
        text="",
        blocks=(),
        author=author,
        wishes=wishes or Wishes(),
    )


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Lena Marsh",
            "Dr. Lena Marsh",
            "Dr Lena Marsh, DC",
            "J. R. Ames",
            "Jean-Luc O'Neill",
            "Ludwig van Beethoven",
        ),
        *("María de la Cruz", "سلمى حداد", "נועה ברק", "Hélène Marchand"),
    ],
)
def test_a_persons_name_is_one(name: str) -> None:
    assert is_persons_name(name, business="Northgate Clinic")


@pytest.mark.parametrize(
    "name",
    [
        *("admin", "Admin", "Editorial Team", "Northgate", "Northgate Clinic", "The Northgate", "Lena", "lena marsh"),
        *("https://a.example", "a@b.example", "Nair Dental", "Voss GmbH", "3 Comments", "", "Staff Writer", "x" * 90),
    ],
)
def test_what_only_stands_where_a_name_should_is_none(name: str) -> None:
    assert not is_persons_name(name, business="Northgate")


def test_a_card_names_whom_the_author_asked_for_then_the_pages_author() -> None:
    assert named_on_cards(article("Lena Marsh", Wishes(author="Tom")), business="B") == "Tom"
    assert named_on_cards(article("Lena Marsh"), business="B") == "Lena Marsh"
    assert named_on_cards(article("admin"), business="B") == ""


def test_a_long_word_costs_no_time() -> None:
    begun = time.monotonic()
    assert not is_persons_name("A" + "a" * 50 + "1 B", business="")
    assert time.monotonic() - begun < 1
