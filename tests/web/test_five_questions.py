"""What a marketer asks most: at most two steps on the screen, and one command, as the how-to shows them."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from lxml import html

from scheduler.bootstrap import App
from scheduler.cli.group import quotidian
from scheduler.domain.delivery import State
from tests.web.visitor import Visitor

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("practice")]

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "dashboard.md"
COMMANDS = re.findall(r"^\| [^|]+\?.*\| `quotidian ([^`]+)` \|$", HOW_TO.read_text("utf-8"), re.MULTILINE)


def step(visitor: Visitor, page: str, words: str) -> str:
    """Where the link of these words leads."""
    for link in html.document_fromstring(page).xpath("//a[@href]"):
        if words in " ".join(link.text_content().split()):
            return visitor.get(link.get("href")).text
    raise AssertionError(f"no link says “{words}”")


def test_what_goes_out_tomorrow_stands_on_the_first_page(linden: App) -> None:
    page = Visitor(linden).get("/").text
    tomorrow = page.partition("Thursday 29 October")[2].partition("Friday 30 October")[0]
    assert "Light in the first half hour" in tomorrow


def test_why_this_did_not_go_out_is_one_step_away(linden: App) -> None:
    ann = Visitor(linden)
    assert "The picture could not be read." in step(ann, ann.get("/").text, "See what to do")


def test_what_was_said_about_something_is_two_steps_away(linden: App) -> None:
    ann = Visitor(linden)
    log = step(ann, ann.get("/").text, "Log")
    names = set(html.document_fromstring(log).xpath("//form[@action='/log']//@name"))
    asked = {"since": "2026-10-01", "until": "2026-10-31", "q": "sciatica"}
    assert set(asked) <= names
    found = ann.get(f"/log?{urlencode(asked)}").text
    assert "Warmth relaxes the muscles" in found
    assert "Caffeine" not in found


def test_who_approved_this_is_two_steps_away(linden: App) -> None:
    ann = Visitor(linden)
    log = step(ann, ann.get("/").text, "Log")
    assert "Approved by Ann" in step(ann, log, "Twenty minutes of effort")


def test_what_october_brought_is_one_step_away(linden: App) -> None:
    ann = Visitor(linden)
    report = step(ann, ann.get("/").text, "Report")
    assert "October" in report
    assert "17" in report


@pytest.mark.parametrize(
    ("question", "answer"),
    list(enumerate(["Light in the first half", "could not be read", "What sciatica is", "Ann", "17"])),
)
def test_the_how_tos_command_answers_each(linden: App, question: int, answer: str) -> None:
    failed = linden.store.deliveries.select(states={State.FAILED})[0].code
    words = COMMANDS[question].replace("CODE", failed).replace("03-01", "10-01").replace("04-01", "11-01").split()
    done = CliRunner().invoke(quotidian, [*words, "--workspace", str(linden.folders.root)])
    assert done.exit_code == 0, done.output
    written = linden.folders.var / "report-2026-10.html"
    assert answer in done.output + (written.read_text("utf-8") if written.exists() else "")
