"""The author's wishes: what is understood, what is left alone, and what is refused with its line."""

from __future__ import annotations

import pytest

from scheduler.domain.article import Wishes
from scheduler.domain.errors import FileUnusable
from scheduler.domain.lateness import LateRule
from scheduler.readers.frontmatter import split_front_matter


def wishes(*lines: str) -> Wishes:
    return split_front_matter("a.md", "\n".join(["---", *lines, "---", "Text."])).wishes


def test_every_documented_key_is_understood() -> None:
    found = wishes(
        "author: Dr. Lena Marsh",
        "role: General practitioner",
        "office: Garden Street",
        "link: https://book.example-clinic.com",
        "hashtags: [FamilyHealth, '#ColdSeason']",
        "channels: [folder]",
        "pullquote: A cough is a guard, not an enemy.",
        "posts: 6",
        "evergreen: yes",
        "late: Catch-up",
    )
    assert found == Wishes(
        author="Dr. Lena Marsh",
        role="General practitioner",
        office="Garden Street",
        link="https://book.example-clinic.com",
        hashtags=("FamilyHealth", "ColdSeason"),
        channels=("folder",),
        pullquotes=("A cough is a guard, not an enemy.",),
        posts=6,
        evergreen=True,
        late=LateRule.CATCH_UP,
    )


def test_keys_of_a_website_are_left_alone() -> None:
    assert (
        wishes("layout: post", "date: 2026-13-45", "draft: !!python/object:os.system {}", "tags: {a: [b]}") == Wishes()
    )


def test_tweets_are_pull_quotes_and_the_websites_own_date_and_address_are_kept() -> None:
    lines = (
        "tweet: A cough is a guard.",
        "tweets: [Rest is a treatment.]",
        "date: 2026-03-31 08:00",
        "canonical: https://a.example/b",
    )
    found = split_front_matter("a.md", "\n".join(["---", *lines, "---", "Text."]))
    assert found.wishes.pullquotes == ("A cough is a guard.", "Rest is a treatment.")
    assert (found.published, found.canonical_url) == ("2026-03-31", "https://a.example/b")
    assert (found.told().published, found.told().canonical_url) == ("2026-03-31", "https://a.example/b")


def test_empty_values_mean_as_the_settings_say() -> None:
    assert wishes("author:", "role: ~", "posts: null", "hashtags: []") == Wishes()


def test_a_list_may_be_written_in_one_line() -> None:
    assert wishes("hashtags: '#NeckPain, DeskWork'").hashtags == ("NeckPain", "DeskWork")


@pytest.mark.parametrize(
    ("lines", "line", "key"),
    [
        (["title: Colds", "posts: many"], 3, "posts"),
        (["posts: 0"], 2, "posts"),
        (["late: never"], 2, "late"),
        (["evergreen: often"], 2, "evergreen"),
        (["author: [a, b]"], 2, "author"),
        (["link: javascript:alert(1)"], 2, "link"),
        (["hashtags:", "  a: b"], 3, "hashtags"),
        (["hashtags: ['#!']"], 2, "hashtags"),
        (["pullquotes: [[a]]"], 2, "pullquotes"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_with_line_and_key(lines: list[str], line: int, key: str) -> None:
    with pytest.raises(FileUnusable) as caught:
        wishes(*lines)
    assert (caught.value.line, caught.value.setting) == (line, key)


@pytest.mark.parametrize("line", ["just words", "- a\n- b", "title: a: b", "a: [", "[" * 1000, "a: &x [*x]\nb: {"])
def test_front_matter_that_is_no_mapping_is_refused_with_a_line(line: str) -> None:
    with pytest.raises(FileUnusable) as caught:
        wishes(line)
    assert caught.value.line
    assert "posts/README.md" in caught.value.hint


def test_a_rule_in_the_text_is_no_front_matter() -> None:
    text = "Text.\n\n---\n\nauthor: nobody\n\n---\n"
    assert split_front_matter("a.md", text).body == text
