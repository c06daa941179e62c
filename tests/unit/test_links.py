"""Links: each delivery's own code, and UTM parameters that leave the rest of an address alone."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.links import delivery_code, slug, tracked


def test_a_tracked_link_carries_the_code_and_keeps_its_own_query_and_fragment() -> None:
    link = tracked("https://a.example/book?office=2&utm_source=old#form", source="folder", campaign="leg", code="abc")
    parts = urlsplit(link)
    assert parse_qs(parts.query) == {
        "office": ["2"],
        "utm_source": ["folder"],
        "utm_medium": ["social"],
        "utm_campaign": ["leg"],
        "utm_content": ["abc"],
    }
    assert parts.fragment == "form"


@given(st.lists(st.text()), st.integers(0, 5))
def test_a_code_is_seven_characters_and_never_looks_like_a_posts_number(identity: list[str], salt: int) -> None:
    code = delivery_code(*identity, salt=salt)
    assert len(code) == 7
    assert code[0].isalpha()
    assert code == code.lower()


def test_the_same_delivery_always_gets_the_same_code_and_a_salt_another() -> None:
    assert delivery_code("a", "b") == delivery_code("a", "b") != delivery_code("a", "b", salt=1)
    assert delivery_code("ab", "c") != delivery_code("a", "bc")


@given(st.text())
def test_a_slug_is_short_and_safe_in_an_address(title: str) -> None:
    assert 0 < len(slug(title)) <= 40
    assert set(slug(title)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
