"""The main job on two channels, the folder and X: what the stand-in for X holds is what the log says."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from scheduler.domain.textlength import weighted
from tests.acceptance.walk import Workspace
from tests.servers.demo_x import environment
from tests.servers.x import XServer, stand_in
from tests.servers.x_book import links
from tests.servers.x_faults import Call, Fault
from tests.servers.x_keys import OPTIONS, SECRETS

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "data" / "seed-article.txt"
OWN = ROOT / "tests" / "data" / "articles" / "desk-necks.md"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[XServer]:
    """A stand-in, and an account on it beside the folder."""
    with stand_in() as started:
        for key, value in (environment(started.url) | {"QUOTIDIAN_CHANNELS__X__SLOTS": "every 1 second"}).items():
            monkeypatch.setenv(key, value)
        yield started


def publish_all(workspace: Workspace, article: Path) -> list[dict[str, str]]:
    """Queue, say yes to all, publish; every entry of the log."""
    workspace.drop(article.name, article.read_bytes())
    workspace.run("queue")
    planned = [delivery for post in workspace.json("list") for delivery in post["deliveries"]]
    workspace.run("approve", "--all", "--confirm", "--by", "Dr. Test")
    return workspace.attempts(len(planned))


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared")
def test_the_seed_article_goes_out_on_the_folder_and_on_x_and_the_record_is_the_log(
    workspace: Workspace, server: XServer
) -> None:
    log = publish_all(workspace, SEED)
    on_x = [entry for entry in log if entry["channel"] == "x"]
    posts = server.book.posts
    assert len(on_x) == len(posts) == len(workspace.sent()) >= 4
    assert {entry["outcome"] for entry in log} == {"published"}
    said = [(entry["remote_url"].rpartition("/")[2], entry["code"]) for entry in on_x]
    assert said == [(post.id, code_in(post.text)) for post in posts]
    assert len({code_in(post.text) for post in posts}) == len(posts)
    for post in posts:
        assert weighted(post.text) <= 280
        assert [len(upload.data) > 1000 and bool(upload.alt_text) for upload in post.media] == [True]


def code_in(text: str) -> str:
    """The code in a post's one link."""
    (link,) = links(text)
    return parse_qs(urlsplit(link).query)["utm_content"][0]


def test_a_marketer_is_told_what_x_said_and_sees_no_key(
    workspace: Workspace, server: XServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTIDIAN_POSTS_PER_ARTICLE", "1")
    server.fail(Call.UPLOAD, Fault.UNAUTHORIZED)
    log = publish_all(workspace, OWN)
    (refused,) = (entry for entry in log if entry["channel"] == "x")
    assert refused["outcome"] == "try-again"
    assert "Reconnect" in refused["hint"]
    told = (["why", refused["code"]], ["status"], ["log"], ["list"], ["channels", "list"], ["doctor"])
    shown = [workspace.run(*words).output for words in told]
    assert all("X doesn't accept the keys: Unauthorized" in words for words in shown[:3])
    assert not any(secret in "".join(shown) for secret in SECRETS)


def test_an_account_that_x_refused_goes_on_when_a_person_says_so_or_the_worker_starts_anew(
    workspace: Workspace, server: XServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTIDIAN_POSTS_PER_ARTICLE", "1")
    server.fail(Call.POST, Fault.SUSPENDED, Fault.NO_CREDITS)
    publish_all(workspace, OWN)
    (account,) = (each for each in workspace.json("status")["channels"] if each["channel"] == "x")
    assert account["paused"]["why"].startswith("X has suspended or locked the account")
    assert account["paused"]["until"] is None
    workspace.run("worker", "--drain")
    (account,) = (each for each in workspace.json("status")["channels"] if each["channel"] == "x")
    assert account["paused"]["until"] is not None
    assert "X wants credits first" in workspace.run("doctor").output
    workspace.run("worker", "--drain")
    assert server.book.posts == []
    assert workspace.run("resume", "x").exit_code == 0
    workspace.run("worker", "--drain")
    assert len(server.book.posts) == 1


def test_the_cap_of_a_month_holds_what_would_go_over_it_and_the_record_of_x_costs_what_we_say(
    workspace: Workspace, server: XServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTIDIAN_CHANNELS__X__MONTHLY_CAP", "0.5")
    log = publish_all(workspace, OWN)
    on_x = [entry for entry in log if entry["channel"] == "x"]
    assert len(server.book.posts) == 2
    assert len(on_x) > 2
    spent = workspace.json("status")["spending"]
    assert [month["spent_usd"] for month in spent] == [0.41] == [server.book.cost_usd]
    assert "$0.41 spent" in workspace.run("plan").output
    held = [entry for entry in on_x if "The month's cap of $0.50" in entry["words"]]
    assert len(held) == len(on_x) - 2


def test_doctor_names_the_account_and_a_missing_key(
    workspace: Workspace, server: XServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "@linden_clinic on X" in workspace.run("doctor").output
    monkeypatch.delenv("QUOTIDIAN_CHANNELS__X__OPTIONS__ACCESS_SECRET")
    told = workspace.run("doctor")
    assert told.exit_code != 0
    assert "CHANNELS__X__OPTIONS__ACCESS_SECRET" in told.output
    assert "Access token secret" in told.output


@pytest.mark.long
def test_the_demo_on_x_prints_the_log_and_beside_it_what_the_stand_in_holds() -> None:
    command = [sys.executable, "-m", "tests.servers.demo_x"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    logged = re.findall(r"^\d{4}-\S+ \S+\tx\t(\w+)\tpublished", done.stdout, re.MULTILINE)
    held = re.findall(r"^  18\d\d .*utm_content=(\w+)", done.stdout, re.MULTILINE)
    assert logged == held
    assert len(held) >= 5
    assert f"\tfolder\t{held[0]}" not in done.stdout
    assert re.search(rf"would have cost \${len(held) * 0.205:.3f}: ", done.stdout)
    assert OPTIONS["api_secret"] not in done.stdout + done.stderr
