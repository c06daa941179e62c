"""The log on the screen: every delivery, try and change by day, filtered, paged, and as files."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.bootstrap import App
from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Attempt, Delivery, Outcome, State
from scheduler.domain.transitions import hold
from scheduler.store.screens.leafing import every
from scheduler.store.screens.log import LogFilter, StoredLogScreen
from tests.web.visitor import Visitor


def one_in(app: App, state: State) -> Delivery:
    return app.store.deliveries.select(states={state})[0]


def codes(page: str) -> list[str]:
    return re.findall(r'class="code codes">([^<]+)<', page)


def test_the_log_shows_each_delivery_of_the_month_by_day_with_what_happened(ann: Visitor, clinic: App) -> None:
    page = ann.get("/log").text
    published, unknown = one_in(clinic, State.PUBLISHED), one_in(clinic, State.UNKNOWN)
    assert {published.code, unknown.code} <= set(codes(page))
    assert "Published in" in page
    assert "1 published" in page
    assert "0 sent twice" in page


def test_what_is_merely_planned_is_not_in_the_log(ann: Visitor, clinic: App) -> None:
    later = [
        one.code for one in clinic.store.deliveries.select(states={State.SCHEDULED}) if one.due_at > clinic.clock.now()
    ]
    assert later
    assert not set(later) & set(codes(ann.get("/log?until=2027-12-31").text))


@pytest.mark.parametrize("state", [State.PUBLISHED, State.UNKNOWN, State.FAILED])
def test_a_filter_by_state_shows_that_state_alone(ann: Visitor, clinic: App, state: State) -> None:
    wanted = [one.code for one in clinic.store.deliveries.select(states={state})]
    assert sorted(codes(ann.get(f"/log?since=&until=2026-12-31&state={state.value}").text)) == sorted(wanted)


def test_words_are_found_in_capitals_or_not_and_others_are_left_out(ann: Visitor, clinic: App) -> None:
    published = one_in(clinic, State.PUBLISHED)
    word = max(re.findall(r"[a-z]{5,}", published.text.partition("\n\n")[0]), key=len)
    assert published.code in codes(ann.get(f"/log?since=&q={word.upper()}").text)
    assert "No delivery matches" in ann.get("/log?since=&q=zebra-crossing").text


def test_a_code_that_is_typed_leads_to_its_story(ann: Visitor, clinic: App) -> None:
    failed = one_in(clinic, State.FAILED)
    assert ann.get(f"/log?q={failed.code}").headers["location"] == f"/log/{failed.code}"


def test_every_try_stands_among_the_tries_with_its_outcome(ann: Visitor, clinic: App) -> None:
    tried = clinic.store.journal.attempts()
    page = ann.get("/log/tries?since=&until=2026-12-31").text
    assert sorted(codes(page)) == sorted(one.code for one in tried)
    refused = ann.get("/log/tries?since=&until=2026-12-31&outcome=refused").text
    assert codes(refused) == [one.code for one in tried if one.outcome is Outcome.REFUSED]


def test_a_post_that_was_too_late_to_go_out_is_never_shown_as_if_it_had(ann: Visitor, clinic: App) -> None:
    one, now = one_in(clinic, State.SCHEDULED), clinic.clock.now()
    words = "It was due at 08:30 and came too late, so it is held."
    attempt = Attempt(
        code=one.code,
        channel=one.channel,
        article="A",
        number=1,
        started_at=now,
        ended_at=now,
        outcome=Outcome.TOO_LATE,
        words=words,
    )
    clinic.store.deliveries.write(one, hold(one, words), attempt=attempt)
    tries = ann.get("/log/tries?outcome=too-late&since=").text
    assert codes(tries) == [one.code]
    for page in (tries, ann.get(f"/log/{one.code}").text):
        assert words in page
        assert "answer came late" not in page.lower()
    assert "#published" not in tries


def test_the_changes_say_who_did_what_and_can_leave_out_the_worker(ann: Visitor, clinic: App) -> None:
    entries = clinic.store.journal.audit()
    assert {"worker", "Ann"} & {one.who for one in entries}
    page = ann.get("/log/changes?since=&who=people").text
    assert ">Ann</td>" in page
    assert ">worker</td>" not in page


@pytest.mark.parametrize(
    "query",
    [
        "since=yesterday",
        "until=9999-12-31",
        "before=1-2-3",
        "before=99999999999999999999-1",
        "state=lost",
        "since=0001-01-01",
    ],
)
def test_an_address_that_makes_no_sense_shows_the_log_all_the_same(ann: Visitor, query: str) -> None:
    for path in ("/log", "/log/tries", "/log/changes", "/log.csv", "/report"):
        assert ann.get(f"{path}?{query}").status_code == 200


def test_an_empty_log_says_what_comes_first(empty: App) -> None:
    page = Visitor(empty).get("/log").text
    assert "Nothing has gone out yet this month" in page
    assert "Nothing is planned either." in page


def test_a_sheet_of_the_log_computes_nothing_and_has_times_with_their_offset(ann: Visitor, clinic: App) -> None:
    formula = AuditEntry(at=clinic.clock.now(), who="=cmd()", what="+1+1", subject="post 1")
    failed = one_in(clinic, State.FAILED)
    clinic.store.deliveries.write(failed, failed.but(words="@SUM(1)"), entry=formula)
    for path in ("/log.csv?since=", "/log/tries.csv?since=", "/log/changes.csv?since=", "/report.csv?month=2026-10"):
        answer = ann.get(path)
        assert "attachment" in answer.headers["content-disposition"]
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert rows
        assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t"))]
        assert all(re.search(r"-0[45]:?00$", next(iter(row.values()))) for row in rows)
    assert "'=cmd()" in ann.get("/log/changes.csv?since=").text


def test_the_files_hold_what_the_page_shows_under_the_same_filters(ann: Visitor, clinic: App) -> None:
    shown = codes(ann.get("/log?since=&until=2026-12-31&state=failed").text)
    assert [row["code"] for row in ann.get("/log.json?since=&until=2026-12-31&state=failed").json()] == shown
    tries = ann.get("/log/tries.json?since=&until=2026-12-31").json()
    assert len(tries) == len(clinic.store.journal.attempts())
    assert tries[0]["at"] >= tries[-1]["at"]


def with_tries(app: App, count: int) -> StoredLogScreen:
    """So many more tries of one delivery, two at each instant."""
    one = one_in(app, State.FAILED)
    for number in range(count):
        at = app.clock.now() + timedelta(minutes=number // 2)
        attempt = Attempt(
            code=one.code,
            channel=one.channel,
            article="A" if number % 3 else "B",
            number=number,
            started_at=at,
            ended_at=at,
            outcome=Outcome.TRY_AGAIN,
        )
        app.store.deliveries.write(one.but(fence=99), one, attempt=attempt)
    return app.store.log_screen


@pytest.mark.parametrize("most", [1, 3, 50])
@pytest.mark.parametrize("wanted", [LogFilter(), LogFilter(words="b"), LogFilter(outcome=Outcome.TRY_AGAIN)])
def test_pages_follow_each_other_without_a_gap_or_a_repetition(clinic: App, wanted: LogFilter, most: int) -> None:
    screen = with_tries(clinic, 12)
    whole = screen.tries(wanted, most=10_000).rows
    assert len(whole) >= 4
    paged = list(every(lambda before: screen.tries(wanted, before=before, most=most)))
    forwards = list(every(lambda after: screen.tries_so_far(wanted, after=after, most=most)))
    assert [one.id for one in paged] == [one.id for one in whole]
    assert [one.id for one in forwards] == [one.id for one in whole][::-1]


def test_a_search_that_looks_through_very_many_stops_and_offers_to_go_on(
    ann: Visitor, clinic: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_tries(clinic, 12)
    monkeypatch.setattr("scheduler.store.screens.leafing.SCANNED", 5)
    page = ann.get("/log/tries?since=&until=2027-01-01&q=zebra").text
    assert "Look further back" in page
    screen = clinic.store.log_screen
    assert len(list(every(lambda before: screen.tries(LogFilter(words="b"), before=before, most=50)))) >= 4


def test_a_post_with_two_receipts_is_counted_as_sent_twice(ann: Visitor, clinic: App) -> None:
    out = one_in(clinic, State.PUBLISHED)
    assert "0 sent twice" in ann.get("/log").text
    (first,) = clinic.store.journal.attempts(code=out.code)
    again = replace(first, id=0, number=2, remote_id="another")
    clinic.store.deliveries.write(out.but(fence=99), out, attempt=again)
    assert "1 sent twice" in ann.get("/log").text
    assert re.search(r"<dt>Sent twice</dt><dd>1</dd>", ann.get("/").text)
