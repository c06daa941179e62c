"""The first page: what needs somebody comes first, what goes out next by day."""

from __future__ import annotations

import html
import re

from scheduler.bootstrap import App
from scheduler.domain.delivery import State
from scheduler.web.dashboard.agenda import coming
from tests.web.clinic import clock_of
from tests.web.visitor import Visitor


def test_a_new_workspace_shows_three_steps(empty: App) -> None:
    page = Visitor(empty).get("/").text
    assert "Nothing is planned yet" in page
    assert "Put in an article" in page
    assert "Needs you" not in page


def test_unknown_stands_before_failed_and_failed_before_what_waits(ann: Visitor) -> None:
    page = ann.get("/").text
    order = [page.index(words) for words in ("Did a post reach", "A post did not go out on", "your yes</h3>")]
    assert order == sorted(order)


def test_there_is_one_likeliest_choice(ann: Visitor) -> None:
    assert ann.get("/").text.count('class="button primary"') == 1


def test_what_goes_out_next_is_sorted_and_short(clinic: App) -> None:
    rows = coming(clinic, now=clinic.clock.now())
    times = [row.tile.due_at for row in rows]
    assert times == sorted(times)
    assert 0 < len(rows) <= 12
    assert all(time >= clinic.clock.now() for time in times)


def test_each_row_leads_to_where_one_decides(clinic: App, ann: Visitor) -> None:
    for row in coming(clinic, now=clinic.clock.now()):
        assert f'href="{row.address}"' in ann.get("/").text
        assert ann.get(row.address).status_code == 200


def test_an_old_failure_asks_for_nothing_any_more(clinic: App, ann: Visitor) -> None:
    assert "A post did not go out on" in ann.get("/").text
    clock_of(clinic).pass_by(days=40)
    assert "A post did not go out on" not in ann.get("/").text


def test_how_far_the_plans_reach_is_told_by_channel(clinic: App) -> None:
    reach = clinic.store.today_screen.reach(["main", "rough", "gone"])
    scheduled = clinic.store.deliveries.select(states={State.SCHEDULED})
    assert reach["main"] == max(one.due_at for one in scheduled if one.channel == "main")
    assert "gone" not in reach


def test_what_is_held_is_found_in_the_log_whenever_it_is_due(clinic: App, ann: Visitor) -> None:
    (held,) = clinic.store.deliveries.select(states={State.HELD})
    found = re.search(r'href="(/log\?state=held[^"]*)"', ann.get("/").text)
    assert found
    assert held.code in ann.get(html.unescape(found[1])).text
