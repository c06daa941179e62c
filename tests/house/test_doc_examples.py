"""The examples of the documents run: tutorial, brand, rule, channel, JSON."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from scheduler import bootstrap
from scheduler.cards import brand, brandfile
from scheduler.checks.claims import ClaimsCheck
from scheduler.checks.rules import load_rules
from scheduler.cli import COMMANDS
from scheduler.cli.group import quotidian
from scheduler.domain.article import Excerpt, ExcerptKind
from scheduler.testing.clock import FakeClock
from scheduler.testing.samples import article
from tests.house.pages import DOCS, FILES_PAGE, block, blocks, names_in, rows, section, text_of

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("tutorial")]

SECONDS_BETWEEN_COMMANDS = 10


def test_the_example_brand_is_a_brand_and_every_key_of_it_is_documented(tmp_path: Path) -> None:
    (tmp_path / "brand.toml").write_text(block(DOCS / "how-to" / "your-brand.md", "toml brand.toml"), "utf-8")
    assert brand.load(tmp_path).name == "Garden Street Clinic"
    told = {row[0].strip("`") for row in rows(section(FILES_PAGE, "## brand.toml"))}
    assert told == set(brandfile.BrandFile.model_fields)


def test_the_example_rule_finds_what_it_says(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(block(FILES_PAGE, "toml rules.toml"), "utf-8")
    check = ClaimsCheck(load_rules([str(file)]))
    found = {words: [finding.rule for finding in check(excerpt(words), article())] for words in FREE}
    assert found == FREE


FREE = {
    "Your first consultation is 20% off this month.": ["free-gift"],
    "Ask us about a free first check-up.": ["free-gift"],
    "Parking behind the house is free.": [],
    "It is not a free visit.": [],
}


def excerpt(words: str) -> Excerpt:
    return Excerpt(text=words, kind=ExcerptKind.QUOTE, score=0.5, spans=((0, len(words)),))


def plain(line: str) -> str:
    """A line without what differs each time: spaces, dates, codes."""
    line = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?( [+-]\d{4})?", "DATE", line)
    line = re.sub(r"\b[a-z][a-z0-9]{6}\b", "CODE", line)
    return " ".join(line.split())


def is_shown(expected: str, lines: Iterator[str]) -> bool:
    """Whether the output goes on with a line like this one; `…` stands for anything."""
    pattern = ".*".join(re.escape(part) for part in plain(expected).split("…"))
    return any(re.fullmatch(pattern, plain(line)) for line in lines)


def typed_in(console: str) -> Iterator[tuple[list[str], list[str]]]:
    """Each command of a block with the lines that it is said to print."""
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        line, *shown = part.splitlines()
        yield shlex.split(line), shown


class Reader:
    """Somebody who follows the tutorial: saves the files it shows, types a command every few seconds."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._clock = FakeClock(datetime.now(UTC))  # noqa: TID251 - files are as old as they are
        monkeypatch.setattr(bootstrap, "SystemClock", lambda: self._clock)

    def follow(self, page: Path) -> Iterator[tuple[str, Result, list[str]]]:
        for info, text in blocks(page):
            if info == "console":
                yield from self._type(text)
            elif " " in info:
                Path(info.split()[1]).write_text(text, "utf-8")

    def _type(self, console: str) -> Iterator[tuple[str, Result, list[str]]]:
        for words, shown in typed_in(console):
            if words[0] == "cd":
                self._monkeypatch.chdir(words[1])
            elif words[0] == "quotidian":
                self._clock.pass_by(seconds=SECONDS_BETWEEN_COMMANDS)
                yield " ".join(words), CliRunner().invoke(quotidian, words[1:]), shown


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[str, Result, list[str]]]]:
    """Every command of the tutorial with what it printed and what it should; we stay where it ends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("tutorial"))
        yield list(Reader(patch).follow(DOCS / "tutorial.md"))


def test_every_command_example_in_the_tutorial_runs(typed: list[tuple[str, Result, list[str]]]) -> None:
    for words, result, shown in typed:
        assert result.exit_code in (0, 1), f"{words}\n{result.output}"
        lines = iter(result.output.splitlines())
        for expected in filter(str.strip, shown):
            assert expected.strip() == "…" or is_shown(expected, lines), f"{words}: “{expected}”\n{result.output}"
    commands = {words.split()[1] for words, _, _ in typed}
    assert commands >= {"init", "cut", "plan", "queue", "list", "show", "preview", "approve", "worker", "log", "why"}


def keys_of(document: Any) -> set[str]:
    return set(document[0] if isinstance(document, list) else document)


@pytest.mark.usefixtures("typed")
def test_the_json_documents_have_the_keys_that_are_documented() -> None:
    told = {row[0].strip("`"): row[1] for row in rows(section(FILES_PAGE, "## JSON documents"))}
    assert set(told) == set(COMMANDS)
    for name, words in JSON_EXAMPLES.items():
        document = json.loads(CliRunner().invoke(quotidian, [name, *words, "--json"]).stdout)
        assert keys_of(document) == names_in(told[name].split(": ", 1)[1]), name


@pytest.mark.usefixtures("typed")
def test_the_outbox_holds_what_is_documented() -> None:
    told = {row[0].strip("`"): row[1] for row in rows(section(FILES_PAGE, "## The outbox"))}
    directories = list(Path("var/outbox/folder").iterdir())
    assert len(directories) == 4
    for directory in directories:
        assert {path.name for path in directory.iterdir()} == set(told)
        assert keys_of(json.loads(text_of(directory / "post.json"))) == names_in(told["post.json"])


JSON_EXAMPLES: dict[str, list[str]] = {
    "init": ["again"],
    "cut": ["posts/articles/sleep.md"],
    "card": ["--text", "A bedroom should be dark.", "--out", "cards"],
    "plan": [],
    "list": [],
    "why": ["1"],
    "approve": ["1"],
    "preview": [],
    "worker": ["--once"],
    "pause": ["folder"],
    "log": [],
    "report": ["--month", "2026-11"],
    "status": [],
    "service": ["install", "--print", "--user", "quotidian"],
    "completion": ["bash"],
    "doctor": [],
}


def test_the_example_channel_of_the_docs_passes_the_contract(tmp_path: Path) -> None:
    for name in ("feed_channel.py", "test_feed_channel.py"):
        (tmp_path / name).write_text(block(DOCS / "how-to" / "write-a-channel.md", f"python {name}"), "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", "--rootdir=.", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert re.search(r"^[1-9]\d* passed", done.stdout, re.MULTILINE), done.stdout
