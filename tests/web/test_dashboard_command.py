"""The dashboard as people start it: alone, in the worker, with a password; a port that is taken stops no post."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from scheduler.bootstrap import App
from scheduler.bootstrap.renewal import Renewal
from scheduler.cli.group import quotidian
from scheduler.settings import load
from scheduler.web.dashboard.server import in_a_thread
from scheduler.web.dashboard.signin import HASHER
from tests.web.visitor import PASSWORD, Visitor


@contextmanager
def program(root: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """The command, running; ended by SIGTERM if it still does at the end."""
    command = [sys.executable, "-m", "scheduler", *words, "--workspace", str(root)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=30)


def first(process: subprocess.Popen[str], event: str) -> dict[str, str]:
    """The first line of the worker's log of this kind."""
    assert process.stderr
    return next(line for line in map(json.loads, process.stderr) if line["event"] == event)


def settings_of(app: App, line: str) -> None:
    (app.folders.root / "settings.env").write_text(f"BOOKING__MAIN=https://book.example.com\n{line}\n", "utf-8")


def test_the_worker_serves_the_dashboard_and_stops_cleanly(empty: App) -> None:
    settings_of(empty, "DASHBOARD=127.0.0.1:0")
    with program(empty.folders.root, "worker") as worker:
        address = first(worker, "dashboard")["address"]
        assert httpx.get(address).status_code == 200
        first(worker, "ready")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=20) == 0


def test_a_port_that_is_taken_is_told_and_stops_no_post(empty: App) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        settings_of(empty, f"DASHBOARD=127.0.0.1:{other.getsockname()[1]}")
        with program(empty.folders.root, "worker") as worker:
            assert "can't listen on 127.0.0.1" in first(worker, "trouble")["words"]
            first(worker, "ready")


def test_the_worker_never_opens_it_to_everybody_without_a_password(empty: App) -> None:
    settings_of(empty, "DASHBOARD=0.0.0.0:0")
    with program(empty.folders.root, "worker") as worker:
        assert "open to everybody" in first(worker, "trouble")["words"]


def test_a_worker_without_it_loads_nothing_of_it() -> None:
    loaded = "import sys, scheduler.service; print([m for m in ('starlette', 'uvicorn', 'argon2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_command_tells_where_it_is_and_ends_with_ctrl_c(empty: App) -> None:
    with program(empty.folders.root, "dashboard", "--at", "127.0.0.1:0", "--json") as dashboard:
        assert dashboard.stdout
        address = json.loads(dashboard.stdout.readline())["address"]
        assert "Quotidian" in httpx.get(address).text
        dashboard.send_signal(signal.SIGINT)
        dashboard.wait(timeout=10)
        assert "Traceback" not in (dashboard.stderr.read() if dashboard.stderr else "")


def test_it_serves_beside_other_work_until_that_ends(clinic: App) -> None:
    with in_a_thread(Renewal(app=clinic), host="127.0.0.1", port=0, host_user="Ann") as port:
        assert httpx.get(f"http://127.0.0.1:{port}/").status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/")


def set_password(app: App, *typed: str) -> Result:
    words = ["dashboard", "--set-password", "--workspace", str(app.folders.root)]
    return CliRunner().invoke(quotidian, words, input="".join(f"{line}\n" for line in typed))


def test_a_password_is_kept_as_a_hash_that_nobody_else_can_read(empty: App) -> None:
    result = set_password(empty, PASSWORD, PASSWORD)
    assert result.exit_code == 0, result.output
    file = empty.folders.root / "settings.env"
    assert PASSWORD not in file.read_text("utf-8") + result.output
    assert file.stat().st_mode & 0o077 == 0
    assert HASHER.verify(load(empty.folders.root).dashboard_password.get_secret_value(), PASSWORD)


def test_a_new_password_ends_every_session(empty: App) -> None:
    visitor = Visitor(empty, locked=True)
    visitor.sign_in()
    assert visitor.get("/signin").status_code == 303
    set_password(empty, PASSWORD, PASSWORD)
    assert visitor.get("/signin").status_code == 200


def test_with_a_password_in_the_settings_the_dashboard_asks_for_it(empty: App) -> None:
    set_password(empty, PASSWORD, PASSWORD)
    with program(empty.folders.root, "dashboard", "--at", "127.0.0.1:0", "--json") as dashboard:
        assert dashboard.stdout
        address = json.loads(dashboard.stdout.readline())["address"]
        assert httpx.get(address).headers["location"].startswith("/signin")


def test_a_short_password_is_refused_and_the_settings_stay(empty: App) -> None:
    before = (empty.folders.root / "settings.env").read_text("utf-8")
    assert "at least 10 characters" in set_password(empty, "cough", "cough").output
    assert (empty.folders.root / "settings.env").read_text("utf-8") == before


@pytest.mark.parametrize("at", ["8470", "127.0.0.1", "127.0.0.1:x", ":8470", "127.0.0.1:99999"])
def test_an_address_that_is_none_is_wrong_usage(empty: App, at: str) -> None:
    result = CliRunner().invoke(quotidian, ["dashboard", "--at", at, "--workspace", str(empty.folders.root)])
    assert result.exit_code == 2
    assert "address and a port" in result.output
