"""What comes again rests, stays in its season, ends, and never comes more often than it may, whatever ran before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.fatigue import Evergreen, Past, next_run, why_not
from scheduler.domain.slots import local
from scheduler.domain.wording import wording

ZONES = ("Etc/UTC", "Europe/Madrid", "America/Los_Angeles", "Pacific/Apia", "Australia/Lord_Howe")
MAY = datetime(2026, 5, 4, 9, tzinfo=UTC)
instants = st.integers(0, 4 * 366 * 1440).map(lambda minutes: MAY + timedelta(minutes=minutes))
rules = st.builds(
    Evergreen,
    cool_down_days=st.integers(1, 400),
    max_runs=st.integers(1, 6),
    season=st.sampled_from(["", "03-01..05-31", "12-24..01-02", "02-29", "2027-06-01..2027-06-30"]),
    end=st.sampled_from(["", "2027-12-31", "2026-03-01"]),
)
pasts = st.builds(
    Past,
    runs=st.lists(instants, max_size=6).map(tuple),
    says=st.lists(instants, max_size=3).map(tuple),
)


@given(rules, pasts, instants, st.sampled_from(ZONES))
def test_what_may_run_next_keeps_every_rule(rules: Evergreen, past: Past, after: datetime, zone: str) -> None:
    found = next_run(rules, past, after=after, zone=zone)
    if isinstance(found, str):
        assert found.endswith(".")
        return
    assert found >= after
    assert why_not(rules, past, found, zone) == ""
    assert len(past.runs) < rules.max_runs
    assert all(found - other >= timedelta(days=rules.cool_down_days) for other in (*past.runs, *past.says))
    assert rules.is_season(local(found, zone).date())
    assert not rules.end or local(found, zone).date().isoformat() <= rules.end


@given(rules, pasts, instants, st.sampled_from(ZONES), st.integers(0, 10_000))
def test_nothing_may_run_between_its_last_run_and_the_next(
    rules: Evergreen, past: Past, after: datetime, zone: str, hours: int
) -> None:
    found = next_run(rules, past, after=after, zone=zone)
    at = max([after, *past.runs, *past.says]) + timedelta(hours=hours)
    if isinstance(found, str) or at < found:
        assert why_not(rules, past, at, zone)


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (Evergreen(max_runs=1), "It has had its one run."),
        (Evergreen(max_runs=4), "It rests 90 days from 2026-05-04."),
        (Evergreen(cool_down_days=1, season="12-01..12-24"), "2026-06-01 is out of its season, 12-01..12-24."),
        (Evergreen(cool_down_days=1, end="2026-05-31"), "It ended on 2026-05-31."),
    ],
)
def test_why_a_post_may_not_come_again_is_one_sentence(rules: Evergreen, sentence: str) -> None:
    assert why_not(rules, Past(runs=(MAY,)), datetime(2026, 6, 1, 9, tzinfo=UTC), "Etc/UTC") == sentence


def test_a_season_opens_at_midnight_on_the_brands_clocks() -> None:
    found = next_run(Evergreen(season="03-01..05-31"), Past(runs=(MAY,)), after=MAY, zone="America/Los_Angeles")
    assert found == datetime(2027, 3, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"cool_down_days": 0}, "a cool-down of 0 days can't be kept; 1 to 3650 can"),
        ({"max_runs": 101}, "101 runs can't be counted; 1 to 100 can"),
        ({"season": "spring"}, "'spring' is not a day"),
        ({"end": "03-01"}, "'03-01' is not a last day"),
        ({"end": "2027-02-30"}, "'2027-02-30' is not a day"),
    ],
)
def test_rules_that_nobody_could_keep_are_refused(wrong: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Evergreen(**wrong)  # type: ignore[arg-type]


def test_rules_are_told_in_words() -> None:
    spring = Evergreen(cool_down_days=30, max_runs=3, season="03-01..05-31", end="2028-05-31")
    assert Evergreen().told == "at most 4 times, 90 days apart"
    assert spring.told == "at most 3 times, 30 days apart, only in 03-01..05-31, until 2028-05-31"


@given(st.text(), st.text(st.characters(categories=["L"]), max_size=7))
def test_a_links_code_capitals_spaces_and_forms_of_letters_make_no_other_text(words: str, code: str) -> None:
    one, other = (f"https://a.example/?utm_content={one}" for one in (code, f"{code}x"))
    assert wording(f"{words}\n\nBook: {one}", one) == wording(f"  {words} \n Book:   {other}", other)
    assert 0 <= wording(words) < 2**63


def test_other_words_are_another_text() -> None:
    assert wording("CAFE\u0301 au lait") == wording("caf\u00e9  au\u00a0lait")
    assert wording("Short walks help.") != wording("Short walks help!")
