"""The state machine of a delivery: what may happen when, whatever comes in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.channel import Receipt
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import AccountRefused, NotAllowedNow, NotSent, Refused, TryAgain, Unknown
from scheduler.domain.machine import TRANSITIONS, Event
from scheduler.domain.slots import SlotTime
from scheduler.domain.transitions import (
    after,
    asked,
    cancel,
    claimed,
    edited,
    expired,
    forgotten,
    found,
    given_back,
    hold,
    intent,
    look_later,
    missing,
    moved,
    outgoing,
    postponed,
    release,
    replayed,
    resolve_again,
    resolve_there,
    retry,
)
from scheduler.testing.samples import NINE, delivery

RECEIPT = Receipt(remote_id="42", url="https://social.example/42")
LATER = SlotTime(due_at=NINE + timedelta(days=1), wall_time="2026-11-24T09:00", zone="Etc/UTC")
ANSWERS = (RECEIPT, Refused(), TryAgain(), TryAgain(at=NINE + timedelta(hours=1)), Unknown())
PAYLOAD = ("code", "channel", "text", "link", "alt_text", "card_path", "card_sha256", "created_at", "key")
Act = Callable[[Delivery], Delivery]


def claim(one: Delivery, now: datetime = NINE) -> Delivery:
    return claimed(one, now=now, lease_seconds=120)


def send(one: Delivery) -> Delivery:
    return intent(one, now=NINE, lease_seconds=120)


def answer(outcome: Receipt | NotSent) -> Act:
    return lambda one: after(one, outcome, now=NINE)


# Whatever a worker, the maintenance or a person may do.
ACTS: dict[str, Act] = {
    "claim": claim,
    "send": send,
    "give back": given_back,
    "receipt": answer(ANSWERS[0]),
    "refused": answer(ANSWERS[1]),
    "busy": answer(ANSWERS[2]),
    "limited": answer(ANSWERS[3]),
    "unclear": answer(ANSWERS[4]),
    "expire": lambda one: expired(one, now=NINE),
    "find": lambda one: found(one, RECEIPT),
    "miss": missing,
    "replay": replayed,
    "forget": lambda one: forgotten(one, "?"),
    "ask": lambda one: asked(one, "?"),
    "wait": lambda one: look_later(one, NINE),
    "hold": lambda one: hold(one, "late"),
    "postpone": lambda one: postponed(one, NINE, "late"),
    "move": lambda one: moved(one, LATER),
    "edit": lambda one: edited(one, text=f"{one.text}!", link=one.link, card=None),
    "release": lambda one: release(one, LATER),
    "cancel": cancel,
    "retry": lambda one: retry(one, LATER),
    "there": resolve_there,
    "again": lambda one: resolve_again(one, LATER),
}
PROOFS_OF_REFUSAL = {"busy", "limited"}
lives = st.lists(st.sampled_from(sorted(ACTS)), max_size=30)


def live(names: list[str]) -> list[tuple[Delivery, str, Delivery]]:
    """What of `names` was allowed, each step with before and after."""
    steps: list[tuple[Delivery, str, Delivery]] = []
    one = delivery()
    for name in names:
        try:
            result = ACTS[name](one)
        except NotAllowedNow:
            continue
        steps.append((one, name, result))
        one = result
    return steps


@given(lives)
def test_nothing_leaves_sending_for_scheduled_without_proof_of_refusal(names: list[str]) -> None:
    for before, name, result in live(names):
        if before.state is State.SENDING and result.state is State.SCHEDULED:
            assert name in PROOFS_OF_REFUSAL


@given(lives)
def test_key_and_payload_never_change_once_claimed(names: list[str]) -> None:
    for before, _, result in live(names):
        if before.state not in (State.SCHEDULED, State.HELD):
            assert [getattr(before, name) for name in PAYLOAD] == [getattr(result, name) for name in PAYLOAD]


@given(lives)
def test_what_may_be_out_there_keeps_its_key_until_somebody_knows(names: list[str]) -> None:
    for before, _, result in live(names):
        if before.sent_at is not None and result.sent_at is not None:
            assert result.key == before.key


@given(lives)
def test_an_edited_payload_goes_out_under_a_new_key(names: list[str]) -> None:
    keys: dict[str, str] = {}
    for _, _, result in live(names):
        if result.key:
            assert keys.setdefault(result.key, result.text) == result.text


@given(lives)
def test_a_fence_rises_with_every_claim_and_never_otherwise(names: list[str]) -> None:
    for before, name, result in live(names):
        assert result.fence == before.fence + (name == "claim")


@given(lives)
def test_only_claimed_and_sending_deliveries_hold_a_lease(names: list[str]) -> None:
    for _, _, result in live(names):
        assert (result.lease_until is not None) == (result.state in (State.CLAIMED, State.SENDING))


@given(lives)
def test_published_is_final_and_from_cancelled_a_person_can_only_hold(names: list[str]) -> None:
    steps = [(before.state, result.state) for before, _, result in live(names)]
    assert not any(before is State.PUBLISHED for before, _ in steps)
    assert all(after is State.HELD for before, after in steps if before is State.CANCELLED)


@given(lives)
def test_every_step_is_one_of_the_table(names: list[str]) -> None:
    for before, _, result in live(names):
        assert any(source is before.state and target is result.state for (source, _), target in TRANSITIONS.items())


@given(lives)
def test_a_delivery_that_may_be_out_there_is_cancelled_only_by_a_person_who_was_asked(names: list[str]) -> None:
    for before, name, _ in live(names):
        if name == "cancel" and before.sent_at is not None:
            assert before.state is State.HELD


@pytest.mark.parametrize("event", Event)
def test_every_event_has_its_place_in_the_table(event: Event) -> None:
    assert any(of is event for _, of in TRANSITIONS)


def test_the_same_delivery_claimed_again_travels_with_the_same_key_and_date() -> None:
    first = claim(delivery())
    second = claim(expired(first, now=NINE), now=NINE + timedelta(hours=1))

    assert outgoing(second) == outgoing(first)
    assert second.fence == first.fence + 1


def test_two_deliveries_never_share_a_key() -> None:
    assert claim(delivery(code="first01")).key != claim(delivery(code="second2")).key


def test_a_network_that_names_a_time_costs_no_attempt() -> None:
    limited = ACTS["limited"](send(claim(delivery())))
    busy = ACTS["busy"](send(claim(delivery())))

    assert (limited.attempt, limited.not_before) == (0, NINE + timedelta(hours=1))
    assert (busy.attempt, busy.not_before) == (1, NINE + timedelta(minutes=1))


def test_after_six_refusals_for_now_a_delivery_has_failed_and_says_so() -> None:
    one = delivery()
    for _ in range(6):
        one = after(send(claim(one)), TryAgain("The network is busy."), now=NINE)

    assert one.state is State.FAILED
    assert one.words == "The network is busy. Given up after 6 tries."


def test_two_crashes_while_preparing_make_a_delivery_fail() -> None:
    once = expired(claim(delivery()), now=NINE)
    twice = expired(claim(once), now=NINE)

    assert (once.state, once.not_before) == (State.SCHEDULED, NINE + timedelta(minutes=1))
    assert twice.state is State.FAILED
    assert "2 times" in twice.words


def test_a_claim_that_is_given_back_leaves_no_trace_but_its_fence_and_key() -> None:
    back = given_back(claim(delivery()))

    assert replace(back, fence=0, key="", created_at=None) == delivery()


def test_a_held_delivery_that_nobody_sent_can_only_be_released_or_cancelled() -> None:
    held = hold(delivery(), "late")

    assert release(held, LATER).due_at == LATER.due_at
    assert cancel(held).state is State.CANCELLED
    for resolve in (resolve_there, ACTS["again"]):
        with pytest.raises(NotAllowedNow, match="has not been sent"):
            resolve(held)


def test_a_held_delivery_that_may_be_out_there_is_resolved_before_it_is_released() -> None:
    held = asked(expired(send(claim(delivery())), now=NINE), "?")

    with pytest.raises(NotAllowedNow, match="Nobody knows") as refusal:
        release(held, LATER)
    assert "quotidian resolve" in refusal.value.hint
    assert resolve_there(held, "https://social.example/7").url == "https://social.example/7"
    again = resolve_again(held, LATER)
    assert (again.state, again.key, again.sent_at) == (State.SCHEDULED, held.key, None)


def test_a_delivery_about_to_be_replayed_can_not_be_moved_or_cancelled() -> None:
    replay = replayed(expired(send(claim(delivery())), now=NINE))

    for act in (cancel, ACTS["move"]):
        with pytest.raises(NotAllowedNow, match="Nobody knows"):
            act(replay)


@pytest.mark.parametrize("refusal", [Refused("No."), TryAgain("Busy."), AccountRefused("Pay first.")])
def test_a_refused_replay_proves_nothing_about_the_try_that_it_repeats(refusal: NotSent) -> None:
    replay = send(claim(replayed(expired(send(claim(delivery())), now=NINE))))
    refused = after(replay, refusal, now=NINE)

    assert refused.state is (State.HELD if isinstance(refusal, Refused) else State.SCHEDULED)
    assert refused.sent_at == NINE
    with pytest.raises(NotAllowedNow, match="Nobody knows"):
        edited(refused, text="Other words.", link="", card=None)


def test_a_replay_that_nobody_can_prepare_is_asked_about() -> None:
    once = expired(claim(replayed(expired(send(claim(delivery())), now=NINE))), now=NINE)
    twice = expired(claim(once), now=NINE)

    assert (once.state, twice.state) == (State.SCHEDULED, State.HELD)
    assert "quotidian resolve" in twice.words


@pytest.mark.parametrize("state", sorted(set(State) - {State.SENDING, State.PUBLISHED, State.CANCELLED}))
def test_a_receipt_always_wins(state: State) -> None:
    late = found(replace(delivery(), state=state), RECEIPT)

    assert (late.state, late.remote_id, late.sent_at) == (State.PUBLISHED, RECEIPT.remote_id, late.due_at)


def test_a_look_put_off_changes_nothing_else() -> None:
    unknown = expired(send(claim(delivery())), now=NINE)

    assert look_later(unknown, LATER.due_at) == replace(unknown, not_before=LATER.due_at)
    assert missing(look_later(unknown, LATER.due_at)).not_before is None


def test_a_person_who_names_the_address_names_the_id_too() -> None:
    unknown = expired(send(claim(delivery())), now=NINE)

    assert resolve_there(unknown, "https://social.example/ann/77/").remote_id == "77"


def test_a_retry_by_a_person_starts_counting_again() -> None:
    failed = after(send(claim(delivery())), Refused("The network says no."), now=NINE)
    again = retry(failed, LATER)

    assert failed.words == "The network says no."
    assert (again.attempt, again.crashes, again.due_at, again.words) == (0, 0, LATER.due_at, "")


def test_an_act_that_is_not_allowed_says_why() -> None:
    with pytest.raises(NotAllowedNow, match="A scheduled delivery can't be retried") as refusal:
        retry(delivery(), LATER)
    assert "quotidian why" in refusal.value.hint
    with pytest.raises(NotAllowedNow, match="Only a claimed delivery"):
        outgoing(delivery())
