"""What the documents say is so: settings, commands, files and states are the code's; examples run."""

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

import click
import pytest
from click.testing import CliRunner, Result

from scheduler import bootstrap
from scheduler.cards import brand
from scheduler.checks.claims import ClaimsCheck
from scheduler.checks.rules import load_rules
from scheduler.cli import COMMANDS, main
from scheduler.domain import errors
from scheduler.domain.article import Excerpt, ExcerptKind
from scheduler.domain.delivery import Outcome, State
from scheduler.domain.transitions import TRANSITIONS
from scheduler.settings import described
from scheduler.testing.clock import FakeClock
from scheduler.testing.samples import article

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "posts" / "README.md"])
COMMANDS_PAGE, SETTINGS_PAGE, FILES_PAGE = (
    DOCS / "reference" / f"{name}.md" for name in ("commands", "settings", "files")
)
SHARED_OPTIONS = {"--workspace", "--json", "--debug", "--help"}
SECONDS_BETWEEN_COMMANDS = 10


def text_of(page: Path) -> str:
    return page.read_text("utf-8")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def section(page: Path, heading: str) -> str:
    """What stands under a heading, up to the next of its rank or above."""
    rank = len(heading.split()[0])
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{rank}}} |\Z)", text_of(page), re.DOTALL | re.MULTILINE)
    assert found, f"{name_of(page)} has no “{heading}”"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The cells of a table, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def blocks(page: Path) -> Iterator[tuple[str, str]]:
    """Fenced blocks: what stands behind the fence, and the text."""
    for found in re.finditer(r"^```(.*?)\n(.*?)^```$", text_of(page), re.DOTALL | re.MULTILINE):
        yield found[1].strip(), found[2]


def block(page: Path, info: str) -> str:
    return next(text for found, text in blocks(page) if found == info)


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found
    return found


def options_of(name: str) -> set[str]:
    options = (option for option in command(name).params if isinstance(option, click.Option))
    return {word for option in options for word in option.opts} - SHARED_OPTIONS


# Links


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"^```.*?^```$", "", text_of(page), flags=re.DOTALL | re.MULTILINE)
    for link in re.findall(r"\]\((?!https?://)([^)\s]+)\)", prose):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link} leads nowhere"
        assert not anchor or anchor in anchors(target), f"{link} names no heading"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_paths_that_a_document_names_are_there(page: Path) -> None:
    named = re.findall(r"`((?:scheduler|tests|bench|assets|docs|requirements)/[\w./-]*)`", text_of(page))
    missing = [path for path in named if not (ROOT / path).exists() and not path.startswith(WORKSPACE_ONLY)]
    assert missing == []


WORKSPACE_ONLY = ("assets/brand/", "assets/templates/NAME")


def test_the_readme_opens_with_one_sentence_a_card_and_two_commands() -> None:
    paragraphs = text_of(ROOT / "README.md").split("\n\n")
    assert paragraphs[0].startswith("**Quotidian** turns")
    assert paragraphs[0].count(". ") == 0
    picture = re.search(r"!\[(.+)\]\((.+)\)", paragraphs[1])
    assert picture
    assert (ROOT / picture[2]).exists()
    assert [line.split("#")[0].strip() for line in paragraphs[2].splitlines()[1:-1]] == ["make demo", "make test"]


# Settings and commands


def test_every_setting_is_documented() -> None:
    told = [tuple(row) for row in rows(section(SETTINGS_PAGE, "# Settings")) if row[0].strip("`").isupper()]
    wanted = [(f"`{key}`", f"`{value}`" if value else "empty", meaning) for key, value, meaning in described()]
    assert told == wanted


def test_every_command_and_option_is_documented() -> None:
    for name in COMMANDS:
        told = section(COMMANDS_PAGE, f"### {name}")
        assert f"`quotidian {name}" in told
        assert set(re.findall(r"^\| `(--[a-z]+)", told, re.MULTILINE)) == options_of(name), name
    shared = section(COMMANDS_PAGE, "## Every command")
    assert set(re.findall(r"^\| `(--[a-z]+)", shared, re.MULTILINE)) == SHARED_OPTIONS


def test_no_command_is_documented_that_does_not_exist() -> None:
    assert sorted(re.findall(r"^### (\S+)$", text_of(COMMANDS_PAGE), re.MULTILINE)) == sorted(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_that_a_document_types_has_its_options(page: Path) -> None:
    for typed in re.findall(r"(?:^|[`/ ])quotidian ([a-z]+(?: [^`\n#]*)?)", text_of(page), re.MULTILINE):
        name, _, rest = typed.partition(" ")
        if name in COMMANDS:
            unknown = set(re.findall(r"(?<!\S)\[?(--[a-z]+)", rest)) - options_of(name) - SHARED_OPTIONS
            assert unknown == set(), typed


def test_every_exit_code_is_documented() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    ours = {str(kind.exit_code) for kind in kinds if issubclass(kind, errors.QuotidianError)}
    done, wrong_usage = "0", "2"
    assert {row[0] for row in rows(section(COMMANDS_PAGE, "## Exit codes"))} == {done, wrong_usage, *ours}


def test_every_outcome_can_be_asked_for() -> None:
    told = section(COMMANDS_PAGE, "### log")
    assert all(f"`{outcome.value}`" in told for outcome in Outcome)


# States


def test_the_states_in_the_docs_are_those_of_the_code() -> None:
    page = DOCS / "explanation" / "never-twice.md"
    drawn = set(re.findall(r"^ *(\w+) --> (\w+):", block(page, "mermaid"), re.MULTILINE))
    assert drawn == {(before.value, after.value) for (before, _), after in TRANSITIONS.items()}
    assert [row[0].strip("`") for row in rows(section(page, "## States"))] == [state.value for state in State]


def test_every_state_has_a_next_step_for_the_marketer() -> None:
    told = section(DOCS / "how-to" / "when-something-went-wrong.md", "## A post didn't go out")
    assert all(f"`{state.value}`" in told for state in State if state is not State.PUBLISHED)


# Files


def test_the_front_matter_of_the_reference_is_that_of_the_marketers_page() -> None:
    told = {key for row in rows(section(FILES_PAGE, "## An article")) for key in re.findall(r"`(\w+)`", row[0])}
    marketers = {key for row in rows(text_of(ROOT / "posts" / "README.md")) for key in re.findall(r"`(\w+)`", row[0])}
    assert told - {"language"} == marketers
    reader = text_of(ROOT / "scheduler" / "readers" / "frontmatter.py")
    assert all(f'"{key}"' in reader or f"fields.{key}" in reader for key in told)


def test_the_example_brand_is_a_brand_and_every_key_of_it_is_documented(tmp_path: Path) -> None:
    (tmp_path / "brand.toml").write_text(block(DOCS / "how-to" / "your-brand.md", "toml brand.toml"), "utf-8")
    assert brand.load(tmp_path).name == "Garden Street Clinic"
    told = {row[0].strip("`") for row in rows(section(FILES_PAGE, "## brand.toml"))}
    assert told == set(brand._BrandFile.model_fields)


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


# The tutorial


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
                yield " ".join(words), CliRunner().invoke(main, words[1:]), shown


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


def names_in(words: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", words))


@pytest.mark.usefixtures("typed")
def test_the_json_documents_have_the_keys_that_are_documented() -> None:
    told = {row[0].strip("`"): row[1] for row in rows(section(FILES_PAGE, "## JSON documents"))}
    assert set(told) == set(COMMANDS)
    for name, words in JSON_EXAMPLES.items():
        document = json.loads(CliRunner().invoke(main, [name, *words, "--json"]).stdout)
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
    "log": [],
    "doctor": [],
}


# The example channel


def test_the_example_channel_of_the_docs_passes_the_contract(tmp_path: Path) -> None:
    for name in ("feed_channel.py", "test_feed_channel.py"):
        (tmp_path / name).write_text(block(DOCS / "how-to" / "write-a-channel.md", f"python {name}"), "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", "--rootdir=.", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert re.search(r"^[1-9]\d* passed", done.stdout, re.MULTILINE), done.stdout


def test_the_service_unit_starts_a_command_that_exists() -> None:
    unit = text_of(ROOT / "assets" / "service" / "quotidian.service")
    (start,) = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    program, name, *options = start.split()
    assert (program, name) == ("/opt/quotidian/.venv/bin/quotidian", "worker")
    assert {option for option in options if option.startswith("--")} <= SHARED_OPTIONS | options_of(name)
    assert int(re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)[0]) > 25
