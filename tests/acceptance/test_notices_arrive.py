"""Notices reach a real mail server and a real webhook; one that hangs or fails harms nothing."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.bootstrap import App, open_app, telling
from scheduler.dispatch.children import Limits
from scheduler.domain.notice import Ending, Fate, Notice, NoticeKind
from scheduler.service import Service
from scheduler.testing.clock import FakeClock
from scheduler.testing.samples import NINE
from tests.acceptance.walk import EVERY_SECOND, Workspace
from tests.servers.mail import Received, mail_server, webhook

WORDS = "The network says <no> & “never”."


@pytest.fixture
def mail() -> Iterator[Received]:
    with mail_server() as received:
        yield received


@pytest.fixture
def hook() -> Iterator[Received]:
    with webhook() as received:
        yield received


def set_up(workspace: Workspace, *addresses: str, more: str = "") -> None:
    file = workspace.root / "settings.env"
    file.write_text(f"{EVERY_SECOND}NOTIFY={' '.join(addresses)}\n{more}", "utf-8")
    file.chmod(0o600)


def opened(workspace: Workspace) -> App:
    app = open_app(workspace.root)
    app.clock = FakeClock(NINE)
    app.store.notices.see([Notice(key="one", kind=NoticeKind.FAILED, at=NINE, words=WORDS)], now=NINE)
    app.clock.pass_by(minutes=5)
    return app


def test_a_failure_is_told_by_mail_and_by_webhook(workspace: Workspace, mail: Received, hook: Received) -> None:
    set_up(workspace, mail.mailbox, hook.webhook)
    app = opened(workspace)
    assert app.herald.tell() == 2
    app.close()
    (letter,) = mail.mails
    assert letter["Subject"] == "Quotidian: 1 failed"
    assert letter["To"] == "ann@clinic.example"
    body = letter.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert WORDS in body.decode()
    assert [told["title"] for told in hook.hooks] == ["Quotidian: 1 failed"]
    assert WORDS in hook.hooks[0]["message"]


def test_doctor_sends_a_test_to_every_address_and_shows_none(
    workspace: Workspace, mail: Received, hook: Received
) -> None:
    hook.status = 500
    set_up(workspace, mail.mailbox, hook.webhook, "nosuch://token-secret@nowhere")
    told = workspace.run("doctor", "--notify")
    assert "notice 1 (mailto): sent" in told.output
    assert "notice 2 (json): failed" in told.output
    assert "notice 3 (nosuch): unknown address" in told.output
    assert told.exit_code == 1
    assert "secret" not in told.output
    assert len(mail.mails) == 1


def test_a_webhook_that_hangs_is_left_after_a_while_and_keeps_no_post_waiting(
    workspace: Workspace, hook: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "SENDING", Limits(seconds=2, memory_mib=768))
    set_up(workspace, hook.webhook, more="APPROVAL=flagged\n")
    hook.hang.set()
    app = opened(workspace)
    telling_one = threading.Thread(target=app.herald.tell)
    telling_one.start()
    workspace.drop("rest.txt", "Night\n\nRest is the one treatment that only you can give yourself, each night.\n")
    os.utime(workspace.root / "posts" / "articles" / "rest.txt", (1, 1))
    other = open_app(workspace.root)
    Service(app=other).scan()
    deadline = time.monotonic() + 20
    while not workspace.sent() and time.monotonic() < deadline:
        Service(app=other).deliver()
    assert workspace.sent()
    telling_one.join(10)
    (message,) = app.store.notices.messages(Fate.WAITING)
    assert message.tries == 1
    app.close()
    other.close()


def test_an_address_that_others_could_read_is_refused(workspace: Workspace, hook: Received) -> None:
    set_up(workspace, hook.webhook)
    (workspace.root / "settings.env").chmod(0o644)
    refused = workspace.run("status")
    assert refused.exit_code == 3
    assert "chmod 600" in refused.stderr
    assert "webhook-secret" not in refused.output + refused.stderr


def test_what_is_no_address_is_refused_without_being_shown(workspace: Workspace, tmp_path: Path) -> None:
    set_up(workspace, "ann@clinic.example my-pa55w0rd")
    refused = workspace.run("status")
    assert refused.exit_code == 3
    assert "NOTIFY is unusable: write up to 10 addresses" in refused.stderr
    assert "pa55w0rd" not in refused.output + refused.stderr
    assert telling.send("json://user:pa55w0rd@127.0.0.1:1/", "t", "b") is Ending.FAILED
