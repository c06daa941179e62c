"""When a channel publishes, changed on the screen: what is saved holds at once, what is planned keeps its time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import takewhile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.bootstrap import App
from scheduler.domain.delivery import State
from scheduler.domain.slots import WEEKDAYS, parse_slots
from scheduler.domain.timetable import Timetable
from scheduler.settings import load
from scheduler.web.dashboard.pages import slots
from scheduler.web.dashboard.slotform import mark_of
from tests.web.clinic import NOW, SECRET, SETTINGS, make
from tests.web.visitor import HERE, OURS, Visitor

PATH = "/channels/main/slots"
WAS = "daily 08:30, daily 12:15"


def week(**times: str) -> dict[str, str]:
    return dict.fromkeys(WEEKDAYS, "") | times


def save(visitor: Visitor, was: str = WAS, path: str = PATH, **fields: str) -> int:
    return visitor.post(path, was=mark_of(was), **fields).status_code


def file_of(app: App) -> Path:
    return app.folders.root / "settings.env"


def slots_of(app: App, channel: str = "main") -> str:
    return load(app.folders.root).channels[channel].slots


def test_each_day_has_its_row_with_its_times(ann: Visitor) -> None:
    page = ann.get(PATH).text
    assert page.count('value="8:30 AM, 12:15 PM"') == len(WEEKDAYS)
    assert "All that is planned stands in these slots." in page
    assert f'href="{PATH}"' in ann.get("/channels").text


def test_what_is_saved_holds_with_the_next_page_and_for_the_planner(clinic: App, ann: Visitor) -> None:
    assert save(ann, **week(mon="8:30, 5:00 PM", fri="9:05 tip")) == 303
    assert slots_of(clinic) == "mon 08:30, mon 17:00, fri 09:05 tip"
    page = ann.get("/channels").text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "Mon 8:30 AM and 5:00 PM, Fri 9:05 AM for tip" in page


def test_the_rest_of_the_file_stays_as_it_is(clinic: App, ann: Visitor) -> None:
    file = file_of(clinic)
    file.write_text(f"# Ours.\n{SETTINGS}\n# The end.", "utf-8")
    before, mode = file.read_text("utf-8"), file.stat().st_mode
    assert save(ann, **week(mon="8:30")) == 303
    assert file.read_text("utf-8") == before.replace(f"SLOTS={WAS}", "SLOTS='mon 08:30'")
    assert file.stat().st_mode == mode
    assert SECRET in file.read_text("utf-8")


def test_who_changed_what_and_when_stands_in_the_audit_log(clinic: App, ann: Visitor) -> None:
    save(ann, **week(tue="10:00"))
    entry = clinic.store.journal.audit("channel main")[-1]
    assert (entry.who, entry.at) == ("Ann", clinic.clock.now())
    assert entry.what == f"changed its slots to tue 10:00; they were {WAS}"
    assert "changed its slots" in ann.get("/log/changes").text


def test_what_is_planned_keeps_its_time_and_the_page_says_how_much_stands_elsewhere(clinic: App, ann: Visitor) -> None:
    def planned() -> list[tuple[str, str]]:
        found = clinic.store.deliveries.select(states={State.SCHEDULED})
        return [(one.code, one.wall_time) for one in found if one.channel == "main"]

    before = planned()
    elsewhere = sum(not wall.endswith("T08:30") for _, wall in before)
    assert elsewhere > 1
    assert save(ann, **dict.fromkeys(WEEKDAYS, "8:30")) == 303
    page = ann.get(PATH).text
    assert f"{elsewhere} planned posts stand at times that are no slots any more." in page
    assert planned() == before


def test_an_error_stands_at_its_field_and_changes_nothing(clinic: App, ann: Visitor) -> None:
    before = file_of(clinic).read_bytes()
    answer = ann.post(PATH, was=mark_of(WAS), **week(mon="8:30", tue="25:00", sun="soon"))
    assert answer.status_code == 422
    assert "&#39;25:00&#39; is not a time of day; the last one is 23:59." in answer.text
    assert 'id="sun-error"' in answer.text
    assert 'id="mon-error"' not in answer.text
    assert 'value="soon" autocomplete="off" aria-invalid="true"' in answer.text
    assert file_of(clinic).read_bytes() == before


def test_a_week_without_a_time_is_told_how_to_pause(clinic: App, ann: Visitor) -> None:
    answer = ann.post(PATH, was=mark_of(WAS), **week())
    assert "No time is given. To publish nothing, pause the channel." in answer.text
    assert slots_of(clinic) == WAS


def test_the_same_slots_in_other_words_write_nothing(clinic: App, ann: Visitor) -> None:
    before = file_of(clinic).stat().st_mtime_ns
    assert save(ann, **dict.fromkeys(WEEKDAYS, "12:15 pm, 8:30")) == 303
    assert "publishes as before" in ann.get("/channels").text
    assert file_of(clinic).stat().st_mtime_ns == before


def test_what_somebody_else_saved_meanwhile_is_not_written_over(clinic: App, ann: Visitor) -> None:
    save(ann, **week(mon="7:00"))
    answer = ann.post(PATH, was=mark_of(WAS), **week(mon="9:00"))
    assert answer.status_code == 409
    assert "The slots changed while you were looking." in answer.text
    assert 'value="7:00 AM"' in answer.text
    assert slots_of(clinic) == "mon 07:00"


@pytest.fixture
def often(tmp_path: Path) -> Iterator[App]:
    app = make(tmp_path / "often", SETTINGS.replace(WAS, "every 5 minutes, mon 8:30"))
    yield app
    app.close()


def test_slots_that_are_no_times_of_a_day_stand_in_one_field(often: App) -> None:
    ann = Visitor(often)
    assert 'name="slots" type="text" value="every 5 minutes, mon 8:30"' in ann.get(PATH).text
    was = "every 5 minutes, mon 8:30"
    answer = ann.post(PATH, was=mark_of(was), slots="every 0 minutes")
    assert "would never move on." in answer.text
    assert save(ann, was, slots="every 7 minutes,\r\n mon 8:30") == 303
    assert set(parse_slots(slots_of(often))) == set(parse_slots("every 7 minutes, mon 8:30"))


def test_slots_of_the_environment_are_not_saved_in_vain(
    clinic: App, ann: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file_of(clinic).read_bytes()
    monkeypatch.setenv("QUOTIDIAN_CHANNELS__MAIN__SLOTS", WAS)
    answer = ann.post(PATH, was=mark_of(WAS), **week(mon="9:00"))
    assert answer.status_code == 409
    assert "QUOTIDIAN_CHANNELS__MAIN__SLOTS of the environment" in answer.text
    assert file_of(clinic).read_bytes() == before


@pytest.mark.parametrize(
    "poison",
    ["8:30\nBOOKING__MAIN=https://evil.example", "8:30\r\nLATE=send", "8:30 'x", "8:30 ${HOME}", "8:30 \x00", "8:30 #"],
)
def test_nothing_but_times_comes_into_the_file(clinic: App, ann: Visitor, poison: str) -> None:
    before = file_of(clinic).read_bytes()
    for fields in (week(mon=poison), {"slots": f"mon {poison}"}):
        assert ann.post(PATH, was=mark_of(WAS), **fields).status_code == 422
    assert file_of(clinic).read_bytes() == before


def test_a_name_with_a_line_in_it_names_no_channel(ann: Visitor) -> None:
    assert ann.post("/channels/main%0aBRAND=x/slots", was=mark_of(WAS), **week(mon="9:00")).status_code == 404
    assert ann.get("/channels/nobody/slots").status_code == 404


def test_a_megabyte_of_times_is_refused(clinic: App, ann: Visitor) -> None:
    assert ann.post(PATH, was=mark_of(WAS), **week(mon="8:30, " * 180_000)).status_code == 413
    assert ann.post(PATH, was=mark_of(WAS), **week(mon="8:30 a, " * 2_000)).status_code == 422
    assert slots_of(clinic) == WAS


def test_every_minute_of_a_week_may_be_a_slot(clinic: App, ann: Visitor) -> None:
    minutes = ", ".join(f"{n // 60}:{n % 60:02}" for n in range(1440))
    assert save(ann, **week(wed=minutes)) == 303
    assert len(parse_slots(slots_of(clinic))) == 1440
    assert save(ann, slots_of(clinic), **dict.fromkeys(WEEKDAYS, minutes)) == 303
    assert ann.get("/channels").status_code == 200
    started = time.monotonic()
    assert ann.get(PATH).status_code == 200
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("text", ["mon 08:30, thu 17:00", "every 7 minutes", "every 150 seconds, daily 9:00"])
@settings(max_examples=20, deadline=None)
@given(minutes=st.lists(st.integers(1, 15 * 24 * 60), min_size=1, max_size=20, unique=True), most=st.integers(1, 50))
def test_what_stands_astray_is_what_no_slot_comes_to(text: str, minutes: list[int], most: int) -> None:
    table = Timetable(account="main", slots=parse_slots(text), zone="America/New_York")
    planned = sorted([NOW + timedelta(minutes=each) for each in minutes] + [next(table.times(after=NOW)).due_at])
    real = {time.due_at for time in takewhile(lambda one: one.due_at <= planned[-1], table.times(after=NOW))}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slots, "MOST_TIMES", most)
        assert list(slots._astray(table, planned, NOW)) == [at for at in planned if at not in real]


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_another_site_changes_no_slots(clinic: App, ann: Visitor, headers: dict[str, str]) -> None:
    data = {"token": ann.token(), "was": mark_of(WAS), **week(mon="9:00")}
    assert ann.ask("POST", PATH, data=data, headers={**OURS, **headers}).status_code == 403
    assert ann.ask("POST", PATH, data={**data, "token": "x"}, headers={"origin": HERE}).status_code == 403
    assert slots_of(clinic) == WAS
