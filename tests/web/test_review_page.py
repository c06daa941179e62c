"""Review decides about what was seen, says why where it can't, and takes back what can be taken back."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from scheduler.bootstrap import App
from scheduler.domain import transitions
from scheduler.domain.delivery import State
from scheduler.domain.findings import Finding, Severity
from scheduler.domain.post import Post, PostStatus
from scheduler.store.posts import replace_post
from scheduler.web.dashboard import reviewing
from tests.web.clinic import clock_of
from tests.web.visitor import OURS, Visitor


def _waiting(app: App, *, level: str = "") -> Post:
    """The first in the queue whose gravest finding is this one."""
    for turn in app.store.review_screen.queue(most=100):
        post = app.store.posts.get(turn.post_id)
        grave = [each.severity.value for each in post.findings if each.severity is not Severity.NOTE]
        if (grave[0] if grave else "") == level and (level or not post.findings):
            return post
    raise AssertionError(f"nothing waits with {level or 'no finding'}")


def _seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


def _decide(ann: Visitor, post: Post, what: str, **fields: str) -> str:
    page = ann.get(f"/review/{post.id}").text
    token = re.search(r'name="token" value="(\w+)"', page)
    assert token
    data = {"token": token[1], "seen": _seen(page), **fields}
    answer = ann.ask("POST", f"/review/{post.id}/{what}", data=data, headers=OURS)
    return answer.headers["location"] if answer.status_code == 303 else answer.text


def _find(app: App, post: Post, severity: Severity) -> Post:
    """The post with one more finding, as if a check had just been added."""
    new = Finding(check="claims", severity=severity, rule="made-up", span=(0, 3), message="Too good.", hint="Ask.")
    flagged = replace(post, findings=(new,), status=PostStatus.DRAFT, approval=None)
    with app.store._database.write() as connection:
        assert replace_post(connection, post, flagged)
    return flagged


def test_the_queue_begins_with_blocks_and_goes_on_by_slot(clinic: App) -> None:
    _find(clinic, _waiting(clinic), Severity.BLOCK)
    turns = clinic.store.review_screen.queue(most=100)
    slots = [turn.due_at for turn in turns if turn.due_at]
    blocked = [turn for turn in turns if turn.due_at is None]
    assert blocked == list(turns[: len(blocked)])
    assert blocked
    assert slots == sorted(slots)
    assert clinic.store.review_screen.count(most=100) == len(turns)


def test_a_second_page_of_the_queue_begins_where_the_first_ended(clinic: App) -> None:
    screen = clinic.store.review_screen
    turns = list(screen.queue(most=100))
    for at in range(1, len(turns)):
        assert [*turns[:at], *screen.queue(after=turns[at - 1], most=100)] == turns


def test_the_next_post_is_a_press_away_from_each_to_the_last(
    clinic: App, ann: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "A_PAGE", 2)
    turns = clinic.store.review_screen.queue(most=100)
    assert len(turns) > 4
    for one, following in pairwise(turns):
        page = ann.get(f"/review/{one.post_id}").text
        assert f'href="/review/{following.post_id}" data-key="j"' in page
    assert 'data-key="j"' not in ann.get(f"/review/{turns[-1].post_id}").text


def test_a_post_stands_beside_its_sentence_with_what_was_left_out_struck_through(clinic: App, ann: Visitor) -> None:
    turns = clinic.store.review_screen.queue(most=100)
    posts = [clinic.store.posts.get(turn.post_id) for turn in turns]
    cut = next(one for one in posts if one.ready is None and any(r.kind == "citation" for r in one.excerpt.repairs))
    page = ann.get(f"/review/{cut.id}").text
    assert "<mark>" in page
    assert "<del>" in page
    assert "Left out:" in page


def test_a_yes_schedules_what_was_seen_and_leads_on_to_the_next(clinic: App, ann: Visitor) -> None:
    post = _waiting(clinic)
    to = _decide(ann, post, "approve")
    approved = clinic.store.posts.get(post.id)
    assert approved.may_go_out
    assert approved.approval
    assert approved.approval.by == "Ann"
    assert f"did=approved&on={post.id}" in to
    assert f"/review/{post.id}?" not in to
    page = ann.get(to).text
    assert "Approved." in page
    assert "Goes out" in page
    assert "Undo" in page


def test_a_post_that_changed_meanwhile_is_not_approved(clinic: App, ann: Visitor) -> None:
    post = _waiting(clinic)
    seen = _seen(ann.get(f"/review/{post.id}").text)
    _find(clinic, post, Severity.NOTE)
    answer = ann.post(f"/review/{post.id}/approve", seen=seen)
    assert answer.status_code == 409
    assert "The post changed while you were reading." in answer.text
    assert not clinic.store.posts.get(post.id).may_go_out


@pytest.mark.parametrize("seen", ["", "0" * 32, "ä"])
def test_no_yes_without_the_hash_of_what_was_seen(clinic: App, ann: Visitor, seen: str) -> None:
    post = _waiting(clinic)
    assert ann.post(f"/review/{post.id}/approve", seen=seen).status_code == 409
    assert not clinic.store.posts.get(post.id).may_go_out


def test_an_open_confirmation_is_named_and_the_yes_waits_for_its_tick(clinic: App, ann: Visitor) -> None:
    post = _waiting(clinic, level="confirm")
    refused = _decide(ann, post, "approve")
    assert "One confirmation is open" in refused
    assert "““" not in refused
    ticks = re.findall(r'name="checked" value="([^"]+)"', ann.get(f"/review/{post.id}").text)
    assert len(ticks) == 1
    _decide(ann, post, "approve", checked=ticks[0])
    approved = clinic.store.posts.get(post.id)
    assert approved.may_go_out
    assert approved.approval
    assert approved.approval.confirmed


def test_a_blocked_post_goes_out_only_against_a_written_reason(clinic: App, ann: Visitor) -> None:
    post = _find(clinic, _waiting(clinic), Severity.BLOCK)
    assert "override it in writing" in _decide(ann, post, "approve")
    assert "Write at least one sentence." in _decide(ann, post, "override", reason="ok")
    assert not clinic.store.posts.get(post.id).may_go_out
    _decide(ann, post, "override", reason="Our own study of 2025 shows it.")
    approval = clinic.store.posts.get(post.id).approval
    assert approval
    assert approval.override == "Our own study of 2025 shows it."


def test_undo_takes_the_yes_back_and_the_log_keeps_both(clinic: App, ann: Visitor) -> None:
    post = _waiting(clinic)
    _decide(ann, post, "approve")
    answer = ann.post("/review/undo", post=str(post.id))
    assert "Taken back." in ann.get(answer.headers["location"]).text
    assert not clinic.store.posts.get(post.id).may_go_out
    told = [entry.what for entry in clinic.store.journal.audit(f"post {post.id}")]
    assert told[-2:] == ["approved", "took back the yes"]


def test_nobody_undoes_what_is_out(clinic: App, ann: Visitor) -> None:
    out = clinic.store.deliveries.select(states={State.PUBLISHED})[0]
    answer = ann.post("/review/undo", post=str(out.post_id))
    assert answer.status_code == 409
    assert clinic.store.posts.get(out.post_id).may_go_out


def test_hold_keeps_back_and_release_gives_a_slot(clinic: App, ann: Visitor) -> None:
    post = _waiting(clinic)
    to = _decide(ann, post, "hold")
    assert "did=held" in to
    assert {one.state for one in clinic.store.deliveries.select(post_id=post.id)} == {State.HELD}
    assert all(turn.post_id != post.id for turn in clinic.store.review_screen.queue(most=100))
    assert "Released." in ann.get(_decide(ann, post, "release")).text
    assert {one.state for one in clinic.store.deliveries.select(post_id=post.id)} == {State.SCHEDULED}


def test_undoing_a_hold_gives_the_same_slot_back(clinic: App, ann: Visitor) -> None:
    post = _waiting(clinic)
    before = [one.due_at for one in clinic.store.deliveries.select(post_id=post.id)]
    page = ann.get(_decide(ann, post, "hold")).text
    assert f'action="/review/{post.id}/release"' in page
    assert "waits for a yes, in its slot" in ann.get(_decide(ann, post, "release", back="yes")).text
    after = clinic.store.deliveries.select(post_id=post.id)
    assert [one.due_at for one in after] == before
    assert {one.state for one in after} == {State.SCHEDULED}


def test_drop_cancels_what_is_planned_and_undo_puts_it_back_where_it_was(clinic: App, ann: Visitor) -> None:
    post = _waiting(clinic)
    before = {one.code: one.due_at for one in clinic.store.deliveries.select(post_id=post.id)}
    told = ann.get(_decide(ann, post, "drop")).text
    assert "Nothing more of it goes out." in told
    assert {one.state for one in clinic.store.deliveries.select(post_id=post.id)} == {State.CANCELLED}
    assert f'action="/review/{post.id}/undrop"' in told
    assert "It waits for a yes, in its slot." in ann.get(ann.post(f"/review/{post.id}/undrop").headers["location"]).text
    after = clinic.store.deliveries.select(post_id=post.id)
    assert {one.code: one.due_at for one in after} == before
    assert {one.state for one in after} == {State.SCHEDULED}


def test_what_was_held_when_it_was_dropped_is_held_again(clinic: App, ann: Visitor) -> None:
    post = _waiting(clinic)
    _decide(ann, post, "approve")
    _decide(ann, post, "hold")
    _decide(ann, post, "drop")
    assert "It is held, as it was." in ann.get(ann.post(f"/review/{post.id}/undrop").headers["location"]).text
    assert {one.state for one in clinic.store.deliveries.select(post_id=post.id)} == {State.HELD}


@pytest.mark.parametrize("why", ["has passed", "has another post by now"])
def test_a_drop_that_cannot_be_undone_says_why(clinic: App, ann: Visitor, why: str) -> None:
    post = _waiting(clinic)
    dropped = clinic.store.deliveries.select(post_id=post.id)[0]
    to = _decide(ann, post, "drop")
    if "passed" in why:
        clock_of(clinic).jump(dropped.due_at - clinic.clock.now())
    else:
        planned = clinic.store.deliveries.select(states={State.SCHEDULED})
        other = next(one for one in planned if one.channel == dropped.channel)
        clinic.store.deliveries.write(other, transitions.moved(other, dropped.promise))
    told = ann.get(to).text
    assert why in told
    assert "undrop" not in told
    assert why in ann.post(f"/review/{post.id}/undrop").text
    assert {one.state for one in clinic.store.deliveries.select(post_id=post.id)} == {State.CANCELLED}


def test_an_edit_makes_a_new_draft_with_its_own_card(clinic: App, ann: Visitor) -> None:
    post = _waiting(clinic)
    _decide(ann, post, "approve")
    to = _decide(ann, post, "edit", words="Sleep is a habit, not a gift.", hashtags="sleep well", link="booking")
    edited = clinic.store.posts.get(post.id)
    assert edited.words == "Sleep is a habit, not a gift."
    assert edited.hashtags == ("#SleepWell",)
    assert edited.card
    assert post.card
    assert edited.card.sha256 != post.card.sha256
    assert not edited.may_go_out
    assert "waits for a yes" in ann.get(to).text


def test_what_is_wrong_with_an_edit_stands_at_its_field_and_the_words_stay(clinic: App, ann: Visitor) -> None:
    post = _waiting(clinic)
    page = _decide(ann, post, "edit", words="A few words of mine.", link="javascript:alert(1)")
    assert "is not a whole address" in page
    assert 'id="link-error"' in page
    assert "A few words of mine." in page
    assert clinic.store.posts.get(post.id) == post


def test_words_are_counted_by_each_network_s_rule(clinic: App, ann: Visitor) -> None:
    post = _waiting(clinic)
    answer = ann.post(f"/review/{post.id}/count", words="word " * 100, hashtags="", link="none")
    told = json.loads(answer.text)
    counted = {each["channel"]: each["words"] for each in told if each["channel"] != "found"}
    codes = {one.code for one in clinic.store.deliveries.select(post_id=post.id) if one.state is State.SCHEDULED}
    assert set(counted) == codes
    assert set(counted.values()) == {"499 of 280", "499 of 300"} or all(" of " in each for each in counted.values())
    assert clinic.store.posts.get(post.id) == post


def test_together_approves_only_what_was_seen_and_has_no_finding(clinic: App, ann: Visitor) -> None:
    page = ann.get("/review").text
    plain = re.findall(r'name="plain" value="(\d+):(\w+)"', page)
    assert len(plain) > 1
    changed = clinic.store.posts.get(int(plain[0][0]))
    _find(clinic, changed, Severity.CONFIRM)
    flagged = _waiting(clinic, level="confirm")
    asked = [f"{number}:{seen}" for number, seen in plain] + [f"{flagged.id}:{'0' * 32}"]
    answer = ann.ask("POST", "/review/together", data={"token": ann.token(), "plain": asked}, headers=OURS)
    assert answer.status_code == 303
    done = [clinic.store.posts.get(int(number)).may_go_out for number, _ in plain]
    assert done == [False, *[True] * (len(plain) - 1)]
    assert not clinic.store.posts.get(flagged.id).may_go_out


def test_an_empty_queue_says_what_brings_posts_here(empty: App) -> None:
    page = Visitor(empty).get("/review").text
    assert "Nothing waits for you" in page
    assert "posts/articles/" in page


def test_the_address_cannot_make_the_page_say_what_was_not_done(clinic: App, ann: Visitor) -> None:
    post = _waiting(clinic)
    assert "Approved." not in ann.get(f"/review?did=approved&on={post.id}").text
    assert ann.get("/review?did=approved&on=99999999,x,-1").status_code == 200


@pytest.mark.parametrize("name", ["0", "99999", "abc", "9" * 30, "../1"])
def test_a_post_that_is_not_there_is_told_as_such(ann: Visitor, name: str) -> None:
    assert ann.get(f"/review/{name}").status_code == 404


def test_the_parts_of_a_thread_are_told_apart(clinic: App, ann: Visitor) -> None:
    post = next(post for post in clinic.store.posts.all() if post.ready)
    one, two = "One idea is enough for a day.", "A second one helps it along."
    with clinic.store._database.write() as connection:
        assert replace_post(connection, post, replace(post, edited=f"{one}\n---\n{two}", findings=()))
    assert f"{one}\n{reviewing.PART}\n{two}" in ann.get(f"/review/{post.id}").text


def test_the_place_in_the_article_is_named_where_there_is_one(clinic: App, ann: Visitor) -> None:
    turns = clinic.store.review_screen.queue(most=100)
    posts = [clinic.store.posts.get(turn.post_id) for turn in turns]
    cut = next(post for post in posts if post.ready is None)
    typed = next(post for post in posts if post.ready)
    assert re.search(r"sentence \d+( to \d+)? of \d+<", ann.get(f"/review/{cut.id}").text)
    assert not re.search(r"sentence \d+ of", ann.get(f"/review/{typed.id}").text)
