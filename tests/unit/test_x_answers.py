"""X's answers are hostile: whatever they say, only the documented refusals prove anything, and only a whole and
readable list of posts proves that one is missing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from scheduler.channels.x.timeline import found
from scheduler.channels.x.verdicts import DOCUMENTED, of_asking, of_publishing
from scheduler.channels.x.wire import Rejected, Unanswered, Unreached
from scheduler.domain.channel import Outgoing
from scheduler.domain.errors import AccountRefused, Refused, TryAgain, Unknown
from scheduler.domain.links import code_in, tracked
from scheduler.testing.samples import NINE, outgoing

VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
JSON = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(
        ["detail", "errors", "message", "title", "id", "text", "created_at", "entities", "urls", "url", "expanded_url"]
    ), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
HEADERS = st.dictionaries(st.sampled_from(["Date", "x-rate-limit-reset"]), st.text(max_size=30))


def rejected(status: int, body: object, headers: dict[str, str] | None = None) -> Rejected:
    response = requests.Response()
    response.status_code = status
    response._content = body if isinstance(body, bytes) else json.dumps(body).encode()
    response.headers.update(headers or {})
    return Rejected(response)


@given(st.integers(300, 599), JSON | st.binary(max_size=30), HEADERS)
def test_only_a_documented_refusal_proves_that_nothing_is_out(status: int, body: Any, headers: dict[str, str]) -> None:
    verdict = of_publishing(rejected(status, body, headers))
    assert isinstance(verdict, Unknown) or status in DOCUMENTED
    assert len(verdict.message) < 300
    assert isinstance(of_asking(rejected(status, body, headers)), AccountRefused | Refused | TryAgain)


def test_what_was_not_sent_is_tried_again_and_what_was_not_answered_is_looked_for() -> None:
    assert isinstance(of_publishing(Unreached()), TryAgain)
    assert isinstance(of_publishing(Unanswered()), Unknown)
    assert isinstance(of_publishing(rejected(403, b"<html>no</html>")), Unknown)
    assert isinstance(of_publishing(rejected(403, {"detail": "Duplicate content."})), Unknown)
    assert isinstance(of_publishing(rejected(403, {"detail": "No."})), Refused)


@pytest.mark.parametrize(
    ("headers", "until"),
    [
        ({}, None),
        ({"x-rate-limit-reset": "1795425000"}, datetime.fromtimestamp(1795425000, UTC)),
        ({"Date": "Mon, 23 Nov 2026 09:00:00 GMT"}, None),
        ({"Date": "Mon, 23 Nov 2026 09:00:00 GMT", "x-rate-limit-reset": "1"}, None),
        ({"Date": "soon", "x-rate-limit-reset": "99999999999999999999"}, None),
        ({"Date": "Mon, 23 Nov 2026 09:00:00 GMT", "x-rate-limit-reset": "-5"}, None),
    ],
)
def test_a_pause_is_taken_at_its_word_within_a_day(headers: dict[str, str], until: datetime | None) -> None:
    for judge in (of_publishing, of_asking):
        verdict = judge(rejected(429, b"Too Many Requests", headers))
        assert isinstance(verdict, AccountRefused)
        assert (verdict.until, verdict.wait) == (until, timedelta(minutes=15))


@pytest.mark.parametrize(
    ("status", "body", "wait"),
    [
        (401, {"title": "Unauthorized"}, None),
        (402, {"detail": "Your account has no credits."}, timedelta(hours=1)),
        (403, {"detail": "Your account is suspended and is not permitted to access this feature."}, None),
        (403, {"errors": [{"code": 326, "message": "Log in to https://x.com to unlock your account."}]}, None),
        (401, {"errors": [{"code": 64, "message": "No."}]}, None),
        (403, {"type": "https://api.x.com/2/problems/client-forbidden", "title": "Client Forbidden"}, None),
    ],
)
def test_what_x_has_against_the_account_is_none_of_the_post(status: int, body: Any, wait: timedelta | None) -> None:
    for judge in (of_publishing, of_asking):
        verdict = judge(rejected(status, body))
        assert isinstance(verdict, AccountRefused)
        assert (verdict.until, verdict.wait) == (None, wait)
        assert verdict.hint


def test_what_x_says_can_not_steer_a_terminal() -> None:
    verdict = of_publishing(rejected(400, {"detail": "\x1b[2J\x07 red \u202egnp.exe\n"}))
    assert verdict.message == "X can't make sense of the post: �[2J� red �gnp.exe"


@given(st.lists(JSON, max_size=3))
def test_an_odd_list_of_posts_never_proves_that_ours_is_missing(shown: list[Any]) -> None:
    try:
        answer = found(shown, POST, NINE)
    except Unanswered:
        return
    assert answer is None
    assert all(isinstance(post, dict) and {"id", "text", "created_at"} <= set(post) for post in shown)


POST = Outgoing(
    code="k3f9x2a",
    key="key",
    channel="x",
    text="Rest & walk.\n\nBook: https://example.com/book?utm_content=k3f9x2a",
    link="https://example.com/book?utm_content=k3f9x2a",
    alt_text="",
    card_path="",
    card_sha256="",
    article="",
    created_at=NINE,
)


def shown(text: str, *, at: datetime = NINE, **urls: str) -> dict[str, Any]:
    links = [{"url": f"https://t.co/{short}", "expanded_url": link} for short, link in urls.items()]
    return {"id": "77", "text": text, "created_at": at.isoformat(), "entities": {"urls": links}}


def test_our_post_is_found_by_the_code_behind_its_short_link() -> None:
    assert found([shown("Another text https://t.co/a", a=POST.link)], POST, NINE) == "77"


def test_our_post_is_found_by_its_words_where_the_link_lost_its_code() -> None:
    bare = "https://example.com/book"
    other = shown("Rest &amp; walk. Book: https://t.co/a https://t.co/b", a=bare, b="https://x.com/a/status/77/photo/1")
    plain = Outgoing(
        **{field: getattr(POST, field) for field in POST.__slots__} | {"text": f"Rest & walk. Book: {bare}"}
    )
    assert found([other], plain, NINE) == "77"
    assert found([other], POST, NINE) is None


def test_a_link_that_can_not_be_looked_behind_leaves_it_open() -> None:
    with pytest.raises(Unanswered):
        found([shown("Somebody's words https://t.co/hidden")], POST, NINE)
    assert found([shown("Somebody's words https://t.co/hidden", at=NINE - timedelta(minutes=1))], POST, NINE) is None


@pytest.mark.parametrize("url", ["", "https://[broken", "https://example.com", "no address", "?utm_content="])
def test_an_address_without_a_code_has_none(url: str) -> None:
    assert code_in(url) == ""


def test_the_code_of_a_tracked_link_is_read_from_it_again(tmp_path: Path) -> None:
    link = tracked("https://example.com/?a=1", source="x", campaign="back", code=outgoing(tmp_path).code)
    assert code_in(link) == "k3f9x2a"


def test_a_part_of_a_thread_is_found_as_the_answer_to_its_parent_and_to_nothing_else() -> None:
    part = replace(POST, text="Rest & walk.", link="", reply_to="70")
    plain = shown("Rest &amp; walk.")
    for references, post_id in (([], "77"), ([{"type": "replied_to", "id": "70"}], "77")):
        assert found([plain | {"referenced_tweets": references}], part, NINE) == post_id
    elsewhere = plain | {"referenced_tweets": [{"type": "replied_to", "id": "71"}]}
    assert found([elsewhere], part, NINE) is None
    assert found([elsewhere], replace(part, reply_to=""), NINE) is None


def test_a_post_that_belongs_to_another_delivery_is_passed_over() -> None:
    plain = replace(POST, text="Rest & walk.", link="")
    assert found([shown("Rest &amp; walk.")], replace(plain, taken=("77",)), NINE) is None
