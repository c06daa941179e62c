"""Whose turn it is: every rule of every post holds in whatever slots there are, and nobody waits for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.fatigue import Evergreen, Perennial
from scheduler.domain.slots import SlotTime, at_instant, local
from scheduler.usecases.rotation import Rotation
from scheduler.usecases.turns import Turn, Turns

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ZONE = "Europe/Madrid"


def perennial(number: int, *, article: int = 0, saying: int = 0, category: str = "tip") -> Perennial:
    return Perennial(
        post_id=number,
        article_id=article or number,
        source=f"{number}.md",
        saying=saying or number,
        may_go_out=True,
        evergreen=True,
        ready=False,
        campaign="",
        category=category,
    )


def turns_of(posts: list[Perennial], rules: Evergreen, *, ran: datetime = NOW) -> list[Turn]:
    """Posts that had their first run; equal sayings share what is said."""
    says: dict[int, list[datetime]] = {}
    for one in posts:
        says.setdefault(one.saying, []).append(ran)
    return [Turn(perennial=one, rotation=Rotation(rules=rules), runs=[ran], says=says[one.saying]) for one in posts]


def anywhere(_: SlotTime, __: str) -> bool:
    return True


def runs_in(turns: Turns, hours: list[int], takes=anywhere) -> list[tuple[int, datetime]]:  # type: ignore[no-untyped-def]
    at, found = NOW, []
    for step in hours:
        at += timedelta(hours=step)
        if turn := turns.take(at_instant(at, ZONE), takes, lambda _: ""):
            found.append((turn.perennial.post_id, at))
    return found


rules = st.builds(
    Evergreen,
    cool_down_days=st.integers(1, 60),
    max_runs=st.integers(1, 5),
    season=st.sampled_from(["", "12-01..02-28", "2026-12-01..2026-12-24"]),
    end=st.sampled_from(["", "2027-01-15"]),
)


@settings(max_examples=60)
@given(rules, st.lists(st.integers(1, 4), min_size=1, max_size=6), st.lists(st.integers(1, 72), max_size=150))
def test_the_rules_hold_for_all_histories(rules: Evergreen, sayings: list[int], hours: list[int]) -> None:
    posts = [perennial(number, saying=saying) for number, saying in enumerate(sayings, 1)]
    found = runs_in(Turns(turns_of(posts, rules), zone=ZONE, now=NOW), hours)
    for saying in set(sayings):
        same = [NOW, *(at for number, at in found if sayings[number - 1] == saying)]
        assert all(later - earlier >= timedelta(days=rules.cool_down_days) for earlier, later in pairwise(same))
    for one in posts:
        assert sum(number == one.post_id for number, _ in found) < rules.max_runs
    days = [local(at, ZONE).date() for _, at in found]
    assert all(rules.is_season(day) and not rules.is_over(day) for day in days)


def test_who_rested_longest_comes_first_and_everybody_comes() -> None:
    posts = [perennial(number) for number in range(1, 6)]
    found = runs_in(Turns(turns_of(posts, Evergreen(cool_down_days=1)), zone=ZONE, now=NOW), [24] * 10)
    assert [number for number, _ in found] == [1, 2, 3, 4, 5] * 2


def test_neighbours_are_of_one_article_only_where_there_is_no_other() -> None:
    posts = [perennial(number, article=1 if number < 4 else 2) for number in range(1, 7)]
    turns = Turns(turns_of(posts, Evergreen(cool_down_days=3)), zone=ZONE, now=NOW)
    found = runs_in(turns, [72] + [1] * 5)
    assert [number for number, _ in found] == [1, 4, 2, 5, 3, 6]
    alone = Turns(turns_of(posts[:2], Evergreen(cool_down_days=3)), zone=ZONE, now=NOW)
    assert [number for number, _ in runs_in(alone, [72, 1])] == [1, 2]


def test_a_post_takes_the_slots_of_its_category_alone() -> None:
    posts = [perennial(1, category="Quote"), perennial(2, category="tip")]
    turns = Turns(turns_of(posts, Evergreen(cool_down_days=1)), zone=ZONE, now=NOW)
    found = runs_in(turns, [24, 1, 1], takes=lambda _, name: name == "quote")
    assert [number for number, _ in found] == [1]


def test_who_can_never_fill_a_slot_is_over_and_tells_why() -> None:
    turns = Turns(turns_of([perennial(1), perennial(2)], Evergreen(cool_down_days=1)), zone=ZONE, now=NOW)
    slot = at_instant(NOW + timedelta(days=2), ZONE)
    taken = turns.take(slot, anywhere, lambda turn: "Used up." if turn.perennial.post_id == 1 else "")
    assert taken is not None
    assert taken.perennial.post_id == 2
    assert [(turn.perennial.post_id, why) for turn, why in turns.over] == [(1, "Used up.")]
