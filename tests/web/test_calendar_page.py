"""The calendar: what people see of their weeks and months, and how they move what is planned."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.bootstrap import App
from scheduler.domain.delivery import Delivery, State
from tests.web import clinic as clinics
from tests.web.visitor import Visitor

WEEK, NEXT_WEEK = "/calendar?at=2026-10-28", "/calendar?at=2026-11-04"


@pytest.fixture(scope="module")
def looking(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """Ann at a clinic in which nobody changes anything."""
    root = tmp_path_factory.mktemp("looking") / "clinic"
    shutil.copytree(model, root)
    app = clinics.opened(root)
    yield Visitor(app)
    app.close()


def first(app: App, channel: str = "main", state: State = State.SCHEDULED) -> Delivery:
    """The soonest of a channel that is still to come."""
    found = app.store.deliveries.select(states={state})
    return next(one for one in found if one.channel == channel and one.due_at > app.clock.now())


def due(app: App, code: str) -> str:
    """When it goes out, on the wall."""
    return app.store.deliveries.get(code).wall_time


def tiles(page: str) -> list[str]:
    """The tiles of a week, as text."""
    found = re.findall(r'<a class="tile [^>]*>(.*?)</a>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def test_a_week_shows_each_delivery_with_its_state_in_words(looking: Visitor) -> None:
    page = looking.get(WEEK).text
    assert "26 October to 1 November" in page
    shown = "\n".join(tiles(page))
    for word in ("Published", "Unknown", "Failed", "Scheduled", "Draft"):
        assert word in shown, word


def test_a_week_counts_slots_and_what_needs_somebody(looking: Visitor) -> None:
    page = looking.get(WEEK).text
    filled, free = (int(re.search(rf"(\d+) {word}", page)[1]) for word in ("filled", "free"))  # type: ignore[index]
    assert f"{filled + free} slots · {filled} filled · {free} free · 2 posts need you" in page
    assert len(tiles(page)) == filled + free


def test_a_month_tells_quiet_states_once_a_day_and_the_others_in_their_rows(looking: Visitor) -> None:
    page = looking.get("/calendar?view=month&at=2026-10-01").text
    assert "October 2026" in page
    assert "1 published" in page
    assert re.search(r'class="entry s-failed".*?<span class="word">Failed', page, re.DOTALL)
    assert not re.search(r'<span class="word">(Scheduled|Published)', page)


def test_a_day_with_more_posts_than_room_leads_to_them_all(clinic: App, ann: Visitor) -> None:
    day = first(clinic).wall_time[:10]
    for hour in (1, 2, 3, 5, 6):
        code = clinic.store.deliveries.select(states={State.SCHEDULED})[-1].code
        ann.post(f"/calendar/move/{code}", to=f"{day} 1{hour}:45")
    page = ann.get(f"/calendar?at={day}").text
    link = re.search(r'class="further" href="([^"]+)">\+(\d+) more', page)
    assert link, tiles(page)
    listed = ann.get(link[1].replace("&amp;", "&")).text
    of_day = re.search(r"<section.*?</section>", listed, re.DOTALL)
    assert of_day
    assert len(tiles(of_day[0])) == 4 + int(link[2])


def test_the_day_on_which_clocks_go_back_says_so(looking: Visitor) -> None:
    page = looking.get(WEEK).text
    assert page.count("Clocks go back at 2:00") == 1
    assert "Slots keep their wall time." in page
    assert "Clocks go" not in looking.get(NEXT_WEEK).text
    assert "Clocks −1 h" in looking.get("/calendar?view=month&at=2026-11-01").text


def test_a_slot_that_the_clocks_skip_tells_when_it_goes_out(tmp_path: Path) -> None:
    app = clinics.make(tmp_path / "clinic", clinics.SETTINGS.replace("daily 08:30", "daily 02:30"))
    page = " ".join(Visitor(app).get("/calendar?at=2027-03-14").text.split())
    app.close()
    assert "Clocks go forward at 2:00" in page
    assert re.search(r"2:30.AM does not exist that day; that slot goes out at 3:30.AM\.", page)


def test_closed_days_are_named_and_offer_no_slot(tmp_path: Path) -> None:
    app = clinics.make(tmp_path / "clinic", f"{clinics.SETTINGS}BLOCKED=2026-11-26\n")
    page = Visitor(app).get("/calendar?at=2026-11-26").text
    app.close()
    day = re.search(r'data-day="2026-11-26">(.*?)data-day=', page, re.DOTALL)
    assert day
    assert "Closed: a blocked day" in day[1]
    assert "Free" not in day[1]


def test_a_month_tells_what_it_costs_as_planned(clinic: App) -> None:
    with (clinic.folders.root / "settings.env").open("a", encoding="utf-8") as file:
        file.write("CHANNELS__ROUGH__PRICES=2026-04-20 post 0.50\n")
    app = clinics.opened(clinic.folders.root)
    planned = [one for one in app.store.deliveries.select(states={State.SCHEDULED}) if one.channel == "rough"]
    of_month = [one for one in planned if one.wall_time.startswith("2026-11")]
    page = Visitor(app).get("/calendar?view=month&at=2026-11-01").text
    app.close()
    assert f"as planned ${len(of_month) * 0.5:.2f}" in page


def test_a_filter_shows_one_channel_and_stays_on_the_way(looking: Visitor) -> None:
    page = looking.get(WEEK + "&channel=rough").text
    assert {one.split()[2] for one in tiles(page)} == {"Rough"}
    assert 'href="/calendar?view=month&amp;at=2026-10-28&amp;channel=rough"' in page


@pytest.mark.parametrize("asks", ["at=9999-99-99", "at=0001-01-01", "view=<script>", "channel=none", "after=9-9-9"])
def test_an_address_that_makes_no_sense_shows_this_week(looking: Visitor, asks: str) -> None:
    answer = looking.get(f"/calendar?{asks}")
    assert answer.status_code == 200
    assert "26 October to 1 November" in answer.text


def test_a_free_slot_leads_to_posts_that_could_fill_it(clinic: App, ann: Visitor) -> None:
    page = ann.get(WEEK).text
    link = re.search(r'<a class="tile free" href="([^"]+)"', page)
    assert link
    offer = ann.get(link[1].replace("&amp;", "&")).text
    code, to = (re.search(pattern, offer) for pattern in (r"/calendar/move/(\w+)", r'name="to" value="([^"]+)"'))
    assert code
    assert to
    ann.post(f"/calendar/move/{code[1]}", to=to[1])
    assert due(clinic, code[1]) == to[1].replace(" ", "T")


def test_a_move_goes_to_its_new_time_and_can_be_taken_back(clinic: App, ann: Visitor) -> None:
    one = first(clinic)
    answer = ann.post(f"/calendar/move/{one.code}", to="2026-11-01 16:45", back=WEEK)
    assert answer.status_code == 303
    page = ann.get(answer.headers["location"]).text
    assert "Moved." in page
    undo = re.search(r'<form method="post" action="/calendar/move/(\w+)".*?name="to" value="([^"]+)"', page, re.DOTALL)
    assert undo
    ann.post(f"/calendar/move/{undo[1]}", to=undo[2], undo="1")
    assert due(clinic, one.code) == one.wall_time


def test_a_move_across_the_clock_change_keeps_the_wall_time(clinic: App, ann: Visitor) -> None:
    one = first(clinic)
    ann.post(f"/calendar/move/{one.code}", to="+1w")
    moved = clinic.store.deliveries.get(one.code)
    assert moved.wall_time[11:] == one.wall_time[11:]
    assert moved.due_at - one.due_at == timedelta(days=7, hours=1)


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("2026-10-01 08:30", "has passed"),
        ("2026-13-40 08:30", "is not a time"),
        ("", "is not a time"),
        ("2036-10-01 08:30", "years ahead"),
    ],
)
def test_a_move_that_cannot_be_says_why_and_changes_nothing(clinic: App, ann: Visitor, to: str, words: str) -> None:
    before = clinic.store.deliveries.select()
    answer = ann.post(f"/calendar/move/{first(clinic).code}", to=to)
    assert answer.status_code == 409
    alerts = re.findall(r'role="alert">(.*?)</div>', answer.text, re.DOTALL)
    assert any("Not moved." in alert and words in alert for alert in alerts)
    assert clinic.store.deliveries.select() == before


def test_a_taken_time_is_refused_with_its_sentence(clinic: App, ann: Visitor) -> None:
    one, other = [each for each in clinic.store.deliveries.select(states={State.SCHEDULED}) if each.channel == "main"][
        :2
    ]
    answer = ann.post(f"/calendar/move/{one.code}", to=other.wall_time.replace("T", " "))
    assert "is taken by another post on main" in answer.text
    assert f'href="/calendar/move/{other.code}?' in answer.text
    assert "quotidian move" not in answer.text
    assert due(clinic, one.code) == one.wall_time


@pytest.mark.parametrize("state", [State.PUBLISHED, State.UNKNOWN, State.HELD])
def test_what_is_not_to_come_stays_where_it_is(clinic: App, ann: Visitor, state: State) -> None:
    (one, *_) = clinic.store.deliveries.select(states={state})
    assert ann.post(f"/calendar/move/{one.code}", to="2026-11-01 16:45").status_code == 409
    assert clinic.store.deliveries.get(one.code) == one


def test_the_audit_log_names_who_moved_a_post(clinic: App, ann: Visitor) -> None:
    one = first(clinic)
    ann.post(f"/calendar/move/{one.code}", to="2026-11-01 16:45")
    told = [f"{entry.who} {entry.what}" for entry in clinic.store.journal.audit(f"delivery {one.code}")]
    assert told[-1].startswith("Ann moved it from ")


def test_the_way_back_never_leads_elsewhere(clinic: App, ann: Visitor) -> None:
    for back in ("https://evil.example/", "//evil.example/calendar?", "/signout"):
        answer = ann.post(f"/calendar/move/{first(clinic).code}", to="next", back=back)
        assert answer.headers["location"].startswith("/calendar?moved=")


def test_an_empty_calendar_has_slots_and_no_posts(empty: App) -> None:
    page = Visitor(empty).get(WEEK).text
    assert "0 filled" in page
    assert "Free: fill it" in page
    assert "Nothing planned" not in page


def test_a_list_goes_on_where_the_last_one_ended(clinic: App, ann: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.web.dashboard.pages.calendar.LIST_ROWS", 5)
    address, seen = "/calendar?view=list&at=2026-10-01", []
    while address:
        page = ann.get(address).text
        seen += re.findall(r'datetime="([^"]+)"', page)
        later = re.search(r'href="([^"]+)" data-key="\]"', page)
        address = later[1].replace("&amp;", "&") if later else ""
    assert len(seen) == len([one for one in clinic.store.deliveries.select() if one.state is not State.CANCELLED])
    assert [datetime.fromisoformat(at) for at in seen] == sorted(datetime.fromisoformat(at) for at in seen)


def test_what_was_cancelled_is_not_in_the_calendar(clinic: App, ann: Visitor) -> None:
    one = first(clinic)
    before = len(tiles(ann.get(WEEK).text))
    clinic.store.deliveries.write(one, one.but(state=State.CANCELLED))
    page = ann.get(WEEK).text
    assert one.code not in page
    assert len(tiles(page)) in (before, before - 1)


def test_days_count_as_their_deliveries_stand(clinic: App) -> None:
    start = datetime(2026, 10, 26, 4, tzinfo=UTC)
    spans = [(start + timedelta(days=day), start + timedelta(days=day + 1)) for day in range(21)]
    screen = clinic.store.calendar_screen
    for channels in ((), ("rough",), ("main", "rough")):
        counts = screen.counts(spans, channels=channels)
        shown = screen.tiles(spans, channels=channels, most=50)
        assert [sum(one.values()) for one in counts] == [len(one) for one in shown]
        for told, day in zip(counts, shown, strict=True):
            assert dict(told) == {tile.standing: sum(t.standing is tile.standing for t in day) for tile in day}
