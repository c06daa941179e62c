"""A delivery's story: what it says, what can be done, and that a decision holds only for what was seen."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from scheduler.bootstrap import App
from scheduler.domain.delivery import Delivery, State
from tests.web.clinic import clock_of
from tests.web.visitor import Visitor


def one_in(app: App, state: State) -> Delivery:
    return app.store.deliveries.select(states={state})[0]


def asked(app: App) -> Delivery:
    """One that only a person can judge: it was sent, and the worker didn't find it."""
    before = one_in(app, State.UNKNOWN)
    after = replace(before, state=State.HELD, words="We looked and did not find it.")
    assert app.store.deliveries.write(before, after)
    return after


def seen(ann: Visitor, code: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', ann.get(f"/log/{code}").text)
    return unescape(found[1]) if found else ""


def now(app: App, one: Delivery) -> Delivery:
    return app.store.deliveries.get(one.code)


def test_a_story_tells_each_try_who_said_yes_and_the_next_step(ann: Visitor, clinic: App) -> None:
    failed = one_in(clinic, State.FAILED)
    page = ann.get(f"/log/{failed.code}").text
    assert "It did not go out" in page
    assert "Approved by Ann" in page
    assert "Refused" in page
    assert "Try 1" in page
    assert "Send it in the next free slot" in page


def test_a_row_opens_its_story_beside_the_table(ann: Visitor, clinic: App) -> None:
    unknown = one_in(clinic, State.UNKNOWN)
    page = ann.get(f"/log?open={unknown.code}").text
    assert "Did this post reach Rough?" in page
    assert "<table" in page


def test_a_failed_one_that_is_retried_goes_into_the_next_free_slot(ann: Visitor, clinic: App) -> None:
    failed = one_in(clinic, State.FAILED)
    answer = ann.post(f"/log/{failed.code}", do="retry", seen=seen(ann, failed.code))
    assert answer.status_code == 303
    assert now(clinic, failed).state is State.SCHEDULED
    assert "Goes out" in ann.get(f"/log/{failed.code}").text
    assert [one.who for one in clinic.store.journal.audit(f"delivery {failed.code}")][-1] == "Ann"


def test_it_is_there_marks_it_as_published_at_its_address(ann: Visitor, clinic: App) -> None:
    lost = asked(clinic)
    answer = ann.post(f"/log/{lost.code}", do="there", url="https://rough.example/9", seen=seen(ann, lost.code))
    assert answer.status_code == 303
    assert (now(clinic, lost).state, now(clinic, lost).url) == (State.PUBLISHED, "https://rough.example/9")


def test_an_address_that_could_run_something_is_refused(ann: Visitor, clinic: App) -> None:
    lost = asked(clinic)
    answer = ann.post(f"/log/{lost.code}", do="there", url="javascript:alert(1)", seen=seen(ann, lost.code))
    assert answer.status_code == 409
    assert now(clinic, lost) == lost


def test_send_again_asks_whether_somebody_looked(ann: Visitor, clinic: App) -> None:
    lost = asked(clinic)
    answer = ann.post(f"/log/{lost.code}", do="again", seen=seen(ann, lost.code))
    assert answer.status_code == 409
    assert "Look first" in answer.text
    assert now(clinic, lost) == lost
    assert ann.post(f"/log/{lost.code}", do="again", looked="1", seen=seen(ann, lost.code)).status_code == 303
    assert now(clinic, lost).state is State.SCHEDULED


def test_what_is_still_looked_for_is_not_sent_again(ann: Visitor, clinic: App) -> None:
    lost = one_in(clinic, State.UNKNOWN)
    answer = ann.post(f"/log/{lost.code}", do="again", looked="1", seen=seen(ann, lost.code))
    assert answer.status_code == 409
    assert "We are still looking for it" in answer.text
    assert now(clinic, lost) == lost


def test_hold_and_release_are_one_press_each(ann: Visitor, clinic: App) -> None:
    planned = next(
        one for one in clinic.store.deliveries.select(states={State.SCHEDULED}) if one.due_at > clinic.clock.now()
    )
    assert ann.post(f"/log/{planned.code}", do="hold", seen=seen(ann, planned.code)).status_code == 303
    assert now(clinic, planned).state is State.HELD
    assert ann.post(f"/log/{planned.code}", do="release", seen=seen(ann, planned.code)).status_code == 303
    assert now(clinic, planned).state is State.SCHEDULED


def test_one_that_is_tried_again_says_when_and_one_that_is_late_says_so(ann: Visitor, clinic: App) -> None:
    waits = next(
        one
        for one in clinic.store.deliveries.select(states={State.SCHEDULED})
        if clinic.store.posts.get(one.post_id).may_go_out
    )
    clock_of(clinic).jump(waits.due_at + timedelta(minutes=9) - clinic.clock.now())
    assert "It is late" in ann.get(f"/log/{waits.code}").text
    put_off = replace(
        waits, not_before=clinic.clock.now() + timedelta(minutes=4), words="The network is busy.", attempt=2
    )
    clinic.store.deliveries.write(waits, put_off)
    page = ann.get(f"/log/{waits.code}").text
    assert "The network is busy." in page
    assert "The next try comes today" in page


def test_the_way_to_resolve_is_told_once_in_the_page_s_own_words(ann: Visitor, clinic: App) -> None:
    before = one_in(clinic, State.UNKNOWN)
    words = f"Rough was silent. Look whether it is there, then say so: `quotidian resolve {before.code}`."
    clinic.store.deliveries.write(before, replace(before, state=State.HELD, words=words))
    page = ann.get(f"/log/{before.code}").text
    assert "Rough was silent. It may be there." in page
    assert "resolve" not in page


def test_what_was_dropped_on_its_story_is_taken_back_there(ann: Visitor, clinic: App) -> None:
    planned = next(
        one for one in clinic.store.deliveries.select(states={State.SCHEDULED}) if one.due_at > clinic.clock.now()
    )
    ann.post(f"/log/{planned.code}", do="cancel", seen=seen(ann, planned.code))
    assert now(clinic, planned).state is State.CANCELLED
    assert "Take it back" in ann.get(f"/log/{planned.code}").text
    assert ann.post(f"/log/{planned.code}", do="undrop", seen=seen(ann, planned.code)).status_code == 303
    assert (now(clinic, planned).state, now(clinic, planned).due_at) == (State.SCHEDULED, planned.due_at)


def test_a_decision_about_what_moved_on_meanwhile_changes_nothing(ann: Visitor, clinic: App) -> None:
    failed = one_in(clinic, State.FAILED)
    was = seen(ann, failed.code)
    moved = replace(failed, fence=failed.fence + 1)
    clinic.store.deliveries.write(failed, moved)
    answer = ann.post(f"/log/{failed.code}", do="retry", seen=was)
    assert answer.status_code == 409
    assert "moved on while you were reading" in answer.text
    assert now(clinic, failed) == moved


@pytest.mark.parametrize("do", ["", "burn", "release", "cancel"])
def test_what_cannot_be_done_is_told_in_a_sentence(ann: Visitor, clinic: App, do: str) -> None:
    published = one_in(clinic, State.PUBLISHED)
    code = f"{published.state.value} {published.fence} {published.due_at.timestamp():.0f}"
    answer = ann.post(f"/log/{published.code}", do=do, seen=code)
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert now(clinic, published) == published


def test_nobody_is_sent_elsewhere_after_a_decision(ann: Visitor, clinic: App) -> None:
    failed = one_in(clinic, State.FAILED)
    answer = ann.post(f"/log/{failed.code}", do="retry", seen=seen(ann, failed.code), to="//evil.example/")
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("path", ["/log/NOPE", "/calendar/move/NOPE", "/review/99999"])
def test_what_never_was_leads_to_a_page_that_shows_what_is(ann: Visitor, path: str) -> None:
    answer = ann.get(path)
    main = answer.text.partition("<main")[2]
    assert answer.status_code == 404
    assert 'href="/log"' in main or 'href="/review"' in main
    assert "quotidian " not in main.partition("</main>")[0]
