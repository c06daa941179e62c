"""Every failure of X at every call, through the real engine: the right next state, and never a post twice."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.channels.x.api import Keys
from scheduler.channels.x.channel import X
from scheduler.channels.x.wire import Patience
from scheduler.domain.delivery import State
from scheduler.testing.clock import FakeClock
from scheduler.testing.samples import article, delivery, picture, post
from scheduler.usecases.pause import try_anew
from tests.integration.scene import Scene, entry
from tests.servers.x import XServer, stand_in
from tests.servers.x_faults import Call, Fault
from tests.servers.x_keys import OPTIONS

CALM = Patience(poll=0.01)
HASTY = Patience(read=0.3, call=0.5, poll=0.01)
HANGING = (Fault.HANG_BEFORE, Fault.HANG_AFTER, Fault.DRIP_AFTER)
PREPARING = (Call.UPLOAD, Call.INITIALIZE, Call.APPEND, Call.FINALIZE, Call.STATUS, Call.ALT)
PIECES = (Call.INITIALIZE, Call.APPEND, Call.FINALIZE, Call.STATUS)
READING = (Call.ME, Call.TIMELINE)
REFUSED = {Fault.BAD_REQUEST, Fault.FORBIDDEN, Fault.TOO_LARGE, Fault.STEERING}
FOR_A_WHILE = {Fault.LIMITED, Fault.LIMITED_BARE, Fault.LIMITED_ABSURD, Fault.NO_CREDITS}
FOR_A_PERSON = {Fault.UNAUTHORIZED, Fault.READ_ONLY, Fault.SUSPENDED, Fault.LOCKED}
OF_ACCOUNT = FOR_A_WHILE | FOR_A_PERSON
STATUS_IS_ENOUGH = {(Call.APPEND, Fault.NO_ID), (Call.ALT, Fault.NO_ID)}
SETTLED = timedelta(minutes=11)


class Account:
    """One account on the stand-in, and an engine that publishes to it."""

    def __init__(self, folder: Path, server: XServer, clock: FakeClock) -> None:
        self.server, self.clock, self.folder = server, clock, folder
        self.scene = Scene.make(folder, self.channel(CALM))
        self.scene.clock = clock

    def channel(self, patience: Patience) -> X:
        """The account as we reach it."""
        return X(Keys(**OPTIONS), server=self.server.url, patience=patience)

    def plan(self, count: int = 1) -> None:
        """Approved posts with cards, due a second apart."""
        self.scene.store.library.add(article(), [post()] * count, entry())
        planned = []
        for number in range(1, count + 1):
            card = self.folder / f"{number}.png"
            card.write_bytes(picture(shade=number))
            due_at = self.clock.now() + timedelta(seconds=number - 1)
            bare = delivery(code=f"code{number:03}", post_id=number, due_at=due_at)
            sha256 = hashlib.sha256(card.read_bytes()).hexdigest()
            planned.append(replace(bare, card_path=str(card), card_sha256=sha256, alt_text="A card."))
        self.scene.store.deliveries.add(planned, entry())

    def state_after(self, call: Call, fault: Fault) -> State:
        """Where the delivery stands after this call has failed like this."""
        if call in READING:
            self.server.fail(Call.POST, Fault.DROP_AFTER)
            self.scene.tick()
            self.clock.pass_by(seconds=SETTLED.total_seconds())
            self.server.fail(call, fault)
            self.scene.caretaker.tidy()
        else:
            self.server.fail(call, fault)
            self.scene.tick()
        assert call is Call.STATUS or call in self.server.calls or fault is Fault.CLOSED
        return self.scene.get().state

    def reconnect(self) -> None:
        """A person sees that the network refuses the account, and mends it."""
        try_anew({"account"}, pauses=self.scene.store.pauses, now=self.clock.now())

    def live_on(self) -> None:
        """All is well again, a person has reconnected the account, and an hour passes."""
        self.server.open()
        self.reconnect()
        for minutes in (12, 12, 40):
            self.clock.pass_by(minutes=minutes)
            self.scene.tick()

    @property
    def texts(self) -> list[str]:
        """What X holds."""
        return [post.text for post in self.server.book.posts]

    def published(self) -> list[str]:
        """What we believe that X holds."""
        sent = self.scene.store.deliveries.select(states={State.PUBLISHED})
        ids = {post.id: post.text for post in self.server.book.posts}
        return [ids[one.remote_id] for one in sent]


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Account]:
    clock = FakeClock()
    with stand_in(clock.now) as server:
        account = Account(tmp_path, server, clock)
        yield account
        account.scene.store.close()


def expected(call: Call, fault: Fault) -> State:
    """What delivery.md says."""
    if call in READING:
        return State.HELD if fault in REFUSED | {Fault.DUPLICATE} else State.UNKNOWN
    if call in PREPARING:
        if (call, fault) in STATUS_IS_ENOUGH:
            return State.PUBLISHED
        return State.FAILED if fault in REFUSED | {Fault.DUPLICATE} else State.SCHEDULED
    if fault in REFUSED:
        return State.FAILED
    return State.SCHEDULED if fault in OF_ACCOUNT | {Fault.CLOSED} else State.UNKNOWN


KINDS = (Fault.CLOSED, Fault.HANG_AFTER, Fault.DROP_BEFORE, Fault.HTML_OK, Fault.LIMITED, Fault.UNAUTHORIZED)
MATRIX = [(call, fault) for call in (Call.UPLOAD, Call.POST, Call.TIMELINE) for fault in Fault]
MATRIX += [(call, fault) for call in (*PIECES, Call.ALT, Call.ME) for fault in KINDS]
SAME_EVERYWHERE = {Fault.READ_ONLY, Fault.LOCKED, Fault.STEERING, Fault.REDIRECT_AWAY, Fault.HUGE_HEADERS}
MATRIX = [(call, fault) for call, fault in MATRIX if fault not in SAME_EVERYWHERE or call in (Call.POST, Call.TIMELINE)]


@pytest.mark.parametrize(("call", "fault"), MATRIX, ids=lambda part: part.name)
def test_each_failure_at_each_call_ends_where_it_should_and_sends_nothing_twice(
    account: Account, monkeypatch: pytest.MonkeyPatch, call: Call, fault: Fault
) -> None:
    if call in (Call.INITIALIZE, Call.APPEND, Call.FINALIZE):
        monkeypatch.setattr("scheduler.channels.x.media.PIECE_BYTES", 80)
    if call is Call.STATUS:
        account.server.book.processing = ("pending", "succeeded")
    if fault in HANGING:
        account.scene.publisher = account.channel(HASTY)
    account.plan()
    state = account.state_after(call, fault)
    assert state is expected(call, fault)
    paused = account.scene.store.pauses.all().get("account")
    assert (paused is not None) is (fault in OF_ACCOUNT)
    assert paused is None or (paused.until is not None) is (fault in FOR_A_WHILE)
    account.live_on()
    final = account.scene.get()
    assert final.state is (state if state is State.FAILED else State.PUBLISHED)
    assert account.texts == ([] if state is State.FAILED else [final.text])
    assert account.published() == account.texts


@pytest.mark.parametrize(("processing", "state"), [(("pending",), State.SCHEDULED), (("failed",), State.FAILED)])
def test_a_picture_that_never_gets_ready_is_put_off_and_one_that_fails_is_told(
    account: Account, processing: tuple[str, ...], state: State
) -> None:
    account.server.book.processing = processing
    account.scene.publisher = account.channel(Patience(prepare=0.3, poll=0.01))
    account.plan()
    account.scene.tick()
    assert account.scene.get().state is state
    assert account.texts == []


def test_a_timeline_that_lags_behind_the_settling_time_does_not_bring_a_second_post(account: Account) -> None:
    account.server.book.shown_after = timedelta(minutes=25)
    account.server.fail(Call.POST, Fault.DROP_AFTER)
    account.plan()
    account.scene.tick()
    account.live_on()
    account.live_on()
    assert account.scene.get().state is State.PUBLISHED
    assert account.texts == account.published() == [account.scene.get().text]


def test_a_post_that_x_calls_a_duplicate_but_never_shows_is_left_to_a_person(account: Account) -> None:
    account.server.fail(Call.POST, *[Fault.DUPLICATE] * 9)
    account.plan()
    account.scene.tick()
    for _ in range(5):
        account.live_on()
    assert account.scene.get().state is State.HELD
    assert account.texts == []


def test_a_read_back_that_never_works_ends_with_a_question(account: Account) -> None:
    account.server.fail(Call.POST, Fault.DROP_AFTER)
    account.plan()
    account.scene.tick()
    account.server.close()
    for _ in range(9):
        account.clock.pass_by(hours=3)
        account.scene.tick()
    assert account.scene.get().state is State.HELD
    assert "quotidian resolve" in account.scene.get().words


FAST = [fault for fault in Fault if not fault.name.startswith(("HANG", "DRIP", "CLOSED"))]


@pytest.mark.parametrize("seed", range(4))
def test_what_x_holds_is_what_we_say_is_out_whatever_goes_wrong(account: Account, seed: int) -> None:
    chance = random.Random(seed)
    for call in (Call.UPLOAD, Call.ALT, Call.POST, Call.POST, Call.ME, Call.TIMELINE):
        account.server.fail(call, *chance.choices(FAST, k=4))
    account.plan(8)
    for minutes in [*chance.choices([1, 10, 25], k=50), *[12 * 60] * 4]:
        account.scene.tick()
        account.reconnect()
        account.clock.pass_by(minutes=minutes)
    for _ in range(48):  # what was held up catches up, a few a day
        account.scene.tick()
        account.reconnect()
        account.clock.pass_by(hours=1)
    deliveries = account.scene.store.deliveries.select()
    held_and_live = [one.text for one in deliveries if one.state is State.HELD and one.text in account.texts]
    assert {one.state for one in deliveries} <= {State.PUBLISHED, State.FAILED, State.HELD}
    assert len(set(account.texts)) == len(account.texts)
    assert sorted(account.texts) == sorted(account.published() + held_and_live)
