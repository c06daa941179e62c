"""X keeps the contract of channels against the stand-in, and what is special about X."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.channels.x import open_x
from scheduler.channels.x.api import Keys
from scheduler.channels.x.channel import X
from scheduler.channels.x.media import PIECE_BYTES
from scheduler.channels.x.wire import Patience
from scheduler.domain.channel import Account, Outgoing
from scheduler.domain.errors import AccountRefused, NotSent, Refused, SettingsUnusable, TryAgain, Unknown
from scheduler.ports import Publisher
from scheduler.testing.publishers import PublisherContract
from scheduler.testing.samples import NINE, outgoing, picture
from tests.servers.x import XServer, stand_in
from tests.servers.x_book import Post
from tests.servers.x_faults import Call, Fault
from tests.servers.x_keys import OPTIONS, SECRETS

CALM = Patience(poll=0.01)
SINCE = NINE - timedelta(minutes=2)


def channel(server: XServer, patience: Patience = CALM) -> X:
    return X(Keys(**OPTIONS), server=server.url, patience=patience)


@pytest.fixture
def server() -> Iterator[XServer]:
    with stand_in(lambda: NINE) as started:
        yield started


class TestX(PublisherContract):
    @pytest.fixture(autouse=True)
    def _network(self, tmp_path: Path, server: XServer) -> None:
        self.folder = tmp_path
        self.server = server

    def publisher(self) -> Publisher:
        return channel(self.server)

    def record(self) -> Sequence[str]:
        return [post.text for post in self.server.book.posts]


def send(server: XServer, post: Outgoing) -> Post:
    x = channel(server)
    x.publish(x.prepare(post))
    return server.book.posts[-1]


def noisy(path: Path, size: int) -> Outgoing:
    """A post with a picture of so many bytes."""
    post = outgoing(path)
    data = picture() + bytes(size - len(picture()))
    Path(post.card_path).write_bytes(data)
    return replace(post, card_sha256=hashlib.sha256(data).hexdigest())


def test_the_picture_arrives_with_its_alt_text_and_all_of_it_costs_what_x_tells(
    server: XServer, tmp_path: Path
) -> None:
    sent = outgoing(tmp_path)
    post = send(server, sent)
    assert [(upload.data, upload.alt_text) for upload in post.media] == [(picture(), sent.alt_text)]
    assert server.book.ledger == [("alt text", 5), ("post with a link", 200)]
    assert server.book.cost_usd == 0.205
    assert channel(server).capabilities().prices.on(NINE.date()).of(has_link=True, has_alt_text=True) == 0.205


@pytest.mark.parametrize("size", [PIECE_BYTES + 1, 2 * PIECE_BYTES, 5_000_000])
def test_a_large_picture_goes_up_in_pieces(server: XServer, tmp_path: Path, size: int) -> None:
    post = send(server, noisy(tmp_path, size))
    assert [len(upload.data) for upload in post.media] == [size]
    assert server.calls[0] is Call.INITIALIZE
    assert server.calls.count(Call.APPEND) == -(-size // PIECE_BYTES)


@pytest.mark.parametrize("size", [1000, PIECE_BYTES + 1])
def test_a_picture_that_x_works_on_is_waited_for(server: XServer, tmp_path: Path, size: int) -> None:
    server.book.processing = ("pending", "in_progress", "succeeded")
    assert send(server, noisy(tmp_path, size)).media[0].states == ["succeeded"]
    assert server.calls.count(Call.STATUS) == 2


def test_a_picture_that_x_cannot_process_is_refused(server: XServer, tmp_path: Path) -> None:
    server.book.processing = ("in_progress", "failed")
    with pytest.raises(Refused, match="can't process"):
        channel(server).prepare(outgoing(tmp_path))


def test_a_picture_that_never_gets_ready_is_not_waited_for_without_end(server: XServer, tmp_path: Path) -> None:
    server.book.processing = ("in_progress",)
    with pytest.raises(TryAgain):
        channel(server, Patience(prepare=0.3, poll=0.01)).prepare(outgoing(tmp_path))
    assert server.calls.count(Call.STATUS) > 1


def test_an_alt_text_over_the_limit_is_refused_before_anything_is_paid(server: XServer, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="1001 of 1000"):
        channel(server).prepare(replace(outgoing(tmp_path), alt_text="a" * 1001))
    assert server.calls == []


def test_it_tells_who_we_are(server: XServer) -> None:
    assert channel(server).verify() == "@linden_clinic on X"


def test_keys_that_x_does_not_know_are_refused_with_the_way_out(server: XServer) -> None:
    strange = X(Keys(**OPTIONS | {"access_secret": "not-the-one"}), server=server.url, patience=CALM)
    with pytest.raises(AccountRefused, match="doesn't accept the keys") as refusal:
        strange.verify()
    assert "Reconnect" in refusal.value.hint


@pytest.mark.parametrize("missing", OPTIONS)
def test_a_missing_key_is_told_by_the_name_of_its_setting(tmp_path: Path, missing: str) -> None:
    account = Account(name="main", folder=str(tmp_path), options=OPTIONS | {missing: " "})
    with pytest.raises(SettingsUnusable) as refusal:
        open_x(account)
    assert refusal.value.setting == f"CHANNELS__MAIN__OPTIONS__{missing.upper()}"
    assert "developer portal" in refusal.value.hint


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1", "https://127.0.0.1:80", "http://example.com:80", "http://10.0.0.1:80", "127.0.0.1:80"),
        *("http://a@127.0.0.1:80", "http://127.0.0.1:80/x", "http://127.0.0.1:port", "http://[::1", "http://[::1]:0x"),
    ],
)
def test_a_stand_in_is_never_somewhere_else(tmp_path: Path, address: str) -> None:
    account = Account(name="main", folder=str(tmp_path), options=OPTIONS | {"server": address})
    with pytest.raises(SettingsUnusable) as refusal:
        open_x(account)
    assert refusal.value.setting == "CHANNELS__MAIN__OPTIONS__SERVER"


def test_an_option_that_x_does_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsUnusable, match="no option 'bearer'"):
        open_x(Account(name="main", folder=str(tmp_path), options=OPTIONS | {"bearer": "x"}))


@pytest.mark.parametrize("server", ["http://127.0.0.1:8080", "http://[::1]:8080", ""])
def test_an_account_with_its_keys_is_opened(tmp_path: Path, server: str) -> None:
    opened = open_x(Account(name="main", folder=str(tmp_path), options=OPTIONS | {"server": server}))
    assert opened.capabilities().text_limit == 280


def test_a_text_without_a_link_is_found_by_its_words(server: XServer, tmp_path: Path) -> None:
    plain = replace(outgoing(tmp_path), text="Rest & “walk”, <daily>:\n\nask us.", link="")
    x = channel(server)
    receipt = x.publish(x.prepare(plain))
    assert x.find(plain, SINCE) == receipt
    assert x.find(replace(plain, text="Rest & walk."), SINCE) is None


def test_a_post_from_before_the_attempt_is_not_taken_for_it(server: XServer, tmp_path: Path) -> None:
    x = channel(server)
    x.publish(x.prepare(outgoing(tmp_path)))
    assert x.find(outgoing(tmp_path), NINE + timedelta(seconds=1)) is None


def test_every_page_of_posts_is_read_before_one_is_called_missing(server: XServer, tmp_path: Path) -> None:
    x, posts = channel(server), [outgoing(tmp_path, code=f"code{number:03}") for number in range(5)]
    receipts = [x.publish(x.prepare(replace(post, card_path="", alt_text=""))) for post in posts]
    server.book.page = 2
    assert x.find(posts[0], SINCE) == receipts[0]
    server.book.page = 1
    assert x.find(outgoing(tmp_path, code="absent2"), SINCE) is None


def test_too_many_posts_are_no_proof_of_absence(server: XServer, tmp_path: Path) -> None:
    x = channel(server)
    for number in range(12):
        x.publish(x.prepare(replace(outgoing(tmp_path, code=f"code{number:03}"), card_path="", alt_text="")))
    server.book.page = 1
    with pytest.raises(NotSent):
        x.find(outgoing(tmp_path, code="absent2"), SINCE)


@pytest.mark.parametrize("call", [Call.UPLOAD, Call.ALT, Call.POST, Call.ME, Call.TIMELINE])
@pytest.mark.parametrize("fault", [None, Fault.UNAUTHORIZED, Fault.ERROR_AFTER, Fault.DROP_AFTER, Fault.LIMITED])
def test_no_key_is_ever_shown(
    server: XServer, tmp_path: Path, caplog: pytest.LogCaptureFixture, call: Call, fault: Fault | None
) -> None:
    caplog.set_level(logging.DEBUG)
    x = channel(server)
    shown = [repr(x), repr(Keys(**OPTIONS)), repr(Account(name="x", folder="", options=OPTIONS))]
    if fault:
        server.fail(call, fault)
    steps: tuple[Callable[[], object], ...] = (
        lambda: x.publish(x.prepare(outgoing(tmp_path))),
        lambda: x.find(outgoing(tmp_path), SINCE),
    )
    for step in steps:
        try:
            shown.append(repr(step()))
        except NotSent as error:
            shown += [error.message, error.hint, repr(error), repr(error.__cause__), repr(error.__context__)]
    told = "\n".join([*shown, caplog.text])
    assert not any(secret in told for secret in SECRETS)
    assert "oauth_signature" not in told


def test_a_pause_ends_when_x_says_so_or_after_a_sensible_while(server: XServer, tmp_path: Path) -> None:
    until = NINE + timedelta(minutes=10)
    expected = {Fault.LIMITED: (until, 15), Fault.LIMITED_BARE: (None, 15), Fault.NO_CREDITS: (None, 60)}
    for fault, (end, minutes) in expected.items():
        server.fail(Call.UPLOAD, fault)
        with pytest.raises(AccountRefused) as refusal:
            channel(server).prepare(outgoing(tmp_path))
        assert (refusal.value.until, refusal.value.wait) == (end, timedelta(minutes=minutes))


def test_duplicate_content_is_neither_success_nor_a_refusal(server: XServer, tmp_path: Path) -> None:
    send(server, outgoing(tmp_path))
    with pytest.raises(Unknown, match="already"):
        send(server, outgoing(tmp_path))
    assert len(server.book.posts) == 1


def test_a_thread_goes_out_part_by_part_and_each_part_is_found_again(server: XServer, tmp_path: Path) -> None:
    x = channel(server)
    first = x.publish(x.prepare(outgoing(tmp_path)))
    part = replace(outgoing(tmp_path, code="part002"), text="And walk.", link="", card_path="", alt_text="")
    part = replace(part, reply_to=first.remote_id)
    second = x.publish(x.prepare(part))
    assert [post.reply_to for post in server.book.posts] == ["", first.remote_id]
    assert x.find(part, SINCE) == second
    assert x.find(replace(part, reply_to="12"), SINCE) is None


def test_a_worker_that_was_stopped_too_long_sends_nothing_any_more(server: XServer, tmp_path: Path) -> None:
    x = channel(server)
    late = replace(x.prepare(outgoing(tmp_path)), in_time=lambda: False)
    with pytest.raises(TryAgain):
        x.publish(late)
    assert server.book.posts == []
    assert x.publish(replace(late, in_time=lambda: True)).remote_id == "1800"


@pytest.mark.parametrize("call", [Call.POST, Call.UPLOAD, Call.TIMELINE])
def test_a_redirect_to_another_server_is_never_followed(server: XServer, tmp_path: Path, call: Call) -> None:
    with stand_in(lambda: NINE) as other:
        server.elsewhere = other.url
        server.fail(call, Fault.REDIRECT_AWAY)
        x = channel(server)
        with suppress(NotSent):
            x.publish(x.prepare(outgoing(tmp_path)))
        with suppress(NotSent):
            x.find(outgoing(tmp_path), SINCE)
        assert call in server.calls
        assert other.calls == []


@pytest.mark.parametrize("bomb", [Fault.HUGE, Fault.HUGE_HEADERS])
def test_an_answer_without_measure_is_unknown_and_soon_over(server: XServer, tmp_path: Path, bomb: Fault) -> None:
    x = channel(server)
    prepared = x.prepare(outgoing(tmp_path))
    server.fail(Call.POST, bomb)
    with pytest.raises(Unknown):
        x.publish(prepared)
    assert len(server.book.posts) == 1
