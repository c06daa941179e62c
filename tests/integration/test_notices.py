"""Notices: few messages, each thing once, whatever crashes or fails, and never what a person did himself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest

from scheduler.bootstrap.linkwatch import THERE, gone, note
from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import State
from scheduler.domain.errors import AccountRefused
from scheduler.domain.notice import Fate, Notice, NoticeKind
from scheduler.domain.post import PostStatus
from scheduler.store import Store, open_store
from scheduler.testing.clock import FakeClock
from scheduler.testing.samples import NINE, article, delivery, post
from scheduler.usecases.budget import CAP_WORDS
from scheduler.usecases.forecast import Coming, Forecast
from scheduler.usecases.notices import DELAYS, Herald
from scheduler.usecases.pause import refuse
from scheduler.usecases.watch import Watch, summary
from tests.integration.scene import entry

SECRET = "json://user:pa55w0rd@hooks.clinic.example/x"


@dataclass
class Desk:
    """A store, a clock and an address that takes what it is told unless it is `broken`."""

    store: Store
    clock: FakeClock = field(default_factory=FakeClock)
    taken: list[tuple[str, str]] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)
    broken: bool = False
    crashing: bool = False
    digest: time | None = None
    addresses: tuple[str, ...] = (SECRET,)
    foreseen: tuple[Forecast, ...] = ()

    def send(self, address: str, title: str, body: str) -> bool:
        if self.crashing:
            raise KeyboardInterrupt
        if not self.broken:
            self.taken.append((title, body))
        return not self.broken

    @property
    def herald(self) -> Herald:
        store = self.store
        return Herald(
            outbox=store.notices,
            addresses=self.addresses,
            watch=Watch(behind=store.behind, pauses=store.pauses, foresee=lambda now: self.foreseen, gone=self.gone),
            summary=partial(summary, store.journal),
            send=self.send,
            clock=self.clock,
            log=lambda event, /, **fields: self.logged.append(f"{event} {fields}"),
            zone="Etc/UTC",
            digest=self.digest,
        )

    def gone(self) -> Iterator[tuple[str, AuditEntry]]:
        address = "https://clinic-of-ours.org/book"
        return ((address, seen) for _, seen in gone({"main": address}, self.store))

    def live(self, minutes: int, step: int = 1) -> None:
        """The worker's ticks, a minute apart."""
        for _ in range(0, minutes, step):
            self.herald.tell()
            self.clock.pass_by(minutes=step)

    def go_wrong(self, count: int = 1, state: State = State.FAILED, words: str = "The network says no.") -> None:
        """So many more deliveries that failed or are held."""
        first = len(self.store.posts.all()) + 1
        self.store.library.add(article(f"Article {first}"), [post(approved=True)] * count, entry())
        due, numbers = self.clock.now(), range(first, first + count)
        planned = [delivery(code=f"code{n:03}", post_id=n, due_at=due + timedelta(seconds=n)) for n in numbers]
        self.store.deliveries.add(planned, entry())
        for one in planned:
            row = self.store.deliveries.get(one.code)
            assert self.store.deliveries.write(row, replace(row, state=state, words=words))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(open_store(f"sqlite:///{tmp_path / 'test.db'}"))
    yield made
    made.store.close()


def test_many_failures_are_one_message(desk: Desk) -> None:
    desk.go_wrong(30)
    desk.live(30)
    ((title, body),) = desk.taken
    assert title == "Quotidian: 30 failed"
    assert body.count("The network says no.") == 20
    assert "and 10 more" in body
    assert "quotidian why code001" in body


def test_what_comes_later_waits_for_ten_minutes_and_nothing_is_told_twice(desk: Desk) -> None:
    desk.go_wrong()
    desk.live(3)
    for _ in range(5):
        desk.go_wrong()
        desk.live(1)
    assert [title for title, _ in desk.taken] == ["Quotidian: 1 failed"]
    desk.live(60)
    assert [title for title, _ in desk.taken] == ["Quotidian: 1 failed", "Quotidian: 5 failed"]


def test_a_failure_that_was_put_right_and_comes_again_is_told_again(desk: Desk) -> None:
    desk.go_wrong()
    desk.live(12)
    row = desk.store.deliveries.get("code001")
    assert desk.store.deliveries.write(row, replace(row, due_at=row.due_at + timedelta(hours=1)))
    desk.live(12)
    assert len(desk.taken) == 2


def test_nothing_is_told_of_what_a_person_holds_or_where_nobody_wants_to_know(desk: Desk) -> None:
    desk.go_wrong(state=State.HELD)
    seen = desk.store.posts.get(1)
    desk.store.posts.write(seen, replace(seen, status=PostStatus.HELD), entry("held"))
    desk.live(30)
    desk.addresses = ()
    desk.go_wrong()
    desk.live(30)
    assert desk.taken == []
    assert desk.store.notices.pending() == []


def test_a_message_that_nobody_takes_is_tried_again_and_given_up_one_day(desk: Desk) -> None:
    desk.go_wrong()
    desk.broken = True
    desk.live(15)
    assert desk.store.notices.messages(Fate.WAITING)[0].tries > 1
    desk.live(24 * 60, step=60)
    (given_up,) = desk.store.notices.messages(Fate.GIVEN_UP)
    assert given_up.tries == len(DELAYS) + 1
    assert not desk.taken


def test_a_worker_that_dies_while_it_tells_tells_once_more_and_no_third_time(desk: Desk) -> None:
    desk.go_wrong()
    desk.live(1)
    desk.crashing = True
    for _ in range(4):
        try:
            desk.herald.recover()
            desk.herald.tell()
        except KeyboardInterrupt:
            pass
    (message,) = desk.store.notices.messages(Fate.GIVEN_UP)
    assert (message.tries, message.crashes) == (2, 2)


def test_a_crash_before_it_was_sent_loses_nothing(desk: Desk) -> None:
    desk.go_wrong()
    desk.live(1)
    desk.crashing = True
    with pytest.raises(KeyboardInterrupt):
        desk.herald.tell()
    desk.crashing = False
    desk.herald.recover()
    desk.live(5)
    assert [title for title, _ in desk.taken] == ["Quotidian: 1 failed"]


def test_each_address_is_told_by_itself_and_one_that_left_the_settings_no_more(desk: Desk) -> None:
    desk.addresses = (SECRET, "json://other.clinic.example/y")
    desk.go_wrong()
    desk.broken = True
    desk.live(3)
    desk.broken, desk.addresses = False, (SECRET,)
    desk.live(15)
    assert len(desk.taken) == 1
    assert len(desk.store.notices.messages(Fate.GIVEN_UP)) == 1


def test_an_address_is_written_nowhere(desk: Desk, tmp_path: Path) -> None:
    desk.go_wrong()
    desk.live(5)
    desk.store.close()
    assert "pa55w0rd" not in "".join(desk.logged)
    assert b"pa55w0rd" not in (tmp_path / "test.db").read_bytes()
    assert desk.logged


def test_an_account_that_the_network_refuses_is_told_once_a_day_with_the_way_out(desk: Desk) -> None:
    refusal = AccountRefused("X wants credits first.", hint="Buy credits.", wait=timedelta(hours=1))
    for _ in range(3):
        refuse("account", refusal, pauses=desk.store.pauses, now=desk.clock.now())
        desk.live(60)
    ((title, body),) = desk.taken
    assert title == "Quotidian: 1 paused"
    assert "account is paused until 2026-11-23 10:00 UTC. X wants credits first. Buy credits." in body


def test_what_a_cap_holds_is_one_notice_a_month(desk: Desk) -> None:
    for _ in range(4):
        desk.go_wrong(3, State.HELD, f"{CAP_WORDS} of $5.00 doesn't allow it.")
        desk.live(60, step=10)
    ((title, body),) = desk.taken
    assert title == "Quotidian: 1 cap"
    assert "MONTHLY_CAP" in body


def test_what_is_foreseen_is_told_two_weeks_ahead_and_shortly_before(desk: Desk) -> None:
    end = NINE + timedelta(days=20)
    words = "account: the token ends on 13 December, 14 posts after that."
    desk.foreseen = (Forecast(channel="account", what=Coming.TOKEN_ENDS, at=end, posts_after=14, words=words),)
    desk.live(21 * 24 * 60, step=12 * 60)
    assert [title for title, _ in desk.taken] == ["Quotidian: 1 token"] * 2
    assert words in desk.taken[0][1]


def test_a_digest_comes_once_a_day_and_only_where_something_happened(desk: Desk) -> None:
    desk.digest = time(8)
    desk.live(3 * 24 * 60, step=120)
    assert desk.taken == []
    desk.go_wrong(2)
    desk.go_wrong(1, State.HELD)
    desk.live(3 * 24 * 60, step=120)
    assert [title for title, _ in desk.taken] == ["Quotidian: 2 failed, 1 held"]
    made_at = desk.store.notices.last_at(digest=True)
    assert made_at == datetime(2026, 11, 27, 9, tzinfo=UTC)


def test_a_digest_never_keeps_the_urgent_waiting(desk: Desk) -> None:
    desk.digest = time(8)
    desk.go_wrong()
    refuse("account", AccountRefused("No."), pauses=desk.store.pauses, now=desk.clock.now())
    desk.live(10)
    assert [title for title, _ in desk.taken] == ["Quotidian: 1 paused"]


def test_words_from_outside_stay_on_one_line(desk: Desk) -> None:
    desk.go_wrong(words="\x1b[31mred\n\nAccounts that stand still:\n- all" + "x" * 5000)
    desk.live(3)
    ((_, body),) = desk.taken
    assert "\x1b" not in body
    assert len(body.splitlines()) == 2
    assert len(body) < 700


def test_a_notice_is_kept_once_however_often_it_is_seen(desk: Desk) -> None:
    one = Notice(key="k", kind=NoticeKind.ALARM, at=NINE, words="First.")
    for words in ("First.", "Second."):
        desk.store.notices.see([replace(one, words=words)], now=NINE)
    assert [kept.words for kept in desk.store.notices.pending()] == ["First."]


def test_a_page_that_is_gone_is_told_once_and_again_when_it_goes_again(desk: Desk) -> None:
    address = "https://clinic-of-ours.org/book"
    note("main", address, "There is no page at this address.", desk.store, now=desk.clock.now())
    desk.live(24 * 60, step=10)
    ((title, body),) = desk.taken
    assert title == "Quotidian: 1 page gone"
    assert "There is no page at this address." in body
    assert body.count(address) == 1
    note("main", address, THERE, desk.store, now=desk.clock.now())
    desk.live(60)
    note("main", address, "There is no page at this address.", desk.store, now=desk.clock.now())
    desk.live(60)
    assert len(desk.taken) == 2
