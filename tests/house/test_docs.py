"""What the documents say is so: settings, commands, files and states are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from scheduler.cli import COMMANDS, reference
from scheduler.cli.reference import leaves
from scheduler.domain import errors
from scheduler.domain.delivery import Outcome, State
from scheduler.domain.machine import TRANSITIONS
from scheduler.service import STOP_SECONDS
from scheduler.settings import described
from tests.house.pages import (
    COMMANDS_PAGE,
    DOCS,
    FILES_PAGE,
    PAGES,
    ROOT,
    SETTINGS_PAGE,
    block,
    name_of,
    rows,
    section,
    text_of,
)

SHARED_OPTIONS = {"--workspace", "--json", "--debug", "--help"}


def options_of(name: str) -> set[str]:
    """Of a command, or of all that are below it."""
    params = (param for _, command in leaves(name) for param in command.params)
    return {word for param in params if isinstance(param, click.Option) for word in param.opts} - SHARED_OPTIONS


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


def test_every_setting_is_documented() -> None:
    told = [tuple(row) for row in rows(section(SETTINGS_PAGE, "# Settings")) if row[0].strip("`").isupper()]
    wanted = [(f"`{key}`", f"`{value}`" if value else "empty", meaning) for key, value, meaning in described()]
    assert told == wanted


def test_every_command_and_option_is_documented() -> None:
    for name in COMMANDS:
        told = section(COMMANDS_PAGE, f"### {name}")
        assert f"`quotidian {name}" in told
        assert set(re.findall(r"^\| `(--[a-z-]+)", told, re.MULTILINE)) == options_of(name), name
    shared = section(COMMANDS_PAGE, "## Every command")
    assert set(re.findall(r"^\| `(--[a-z-]+)", shared, re.MULTILINE)) == SHARED_OPTIONS


def test_no_command_is_documented_that_does_not_exist() -> None:
    assert sorted(re.findall(r"^### (\S+)$", text_of(COMMANDS_PAGE), re.MULTILINE)) == sorted(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_that_a_document_types_has_its_options(page: Path) -> None:
    for typed in re.findall(r"(?:^|[`/ ])quotidian ([a-z]+(?: [^`\n#]*)?)", text_of(page), re.MULTILINE):
        name, _, rest = typed.partition(" ")
        if name in COMMANDS:
            unknown = set(re.findall(r"(?<!\S)\[?(--[a-z-]+)", rest)) - options_of(name) - SHARED_OPTIONS
            assert unknown == set(), typed


def test_the_reference_is_what_the_commands_say_of_themselves() -> None:
    assert text_of(COMMANDS_PAGE) == reference.page(), "run `make docs`"


def test_every_option_and_every_command_has_words() -> None:
    for name, command in (leaf for one in COMMANDS for leaf in leaves(one)):
        assert command.help, name
        options = [param for param in command.params if isinstance(param, click.Option)]
        assert [option.name for option in options if not option.help] == [], name
        assert [option.name for option in options if not (option.is_flag or option.metavar)] == [], name


def test_every_exit_code_is_documented() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    ours = {str(kind.exit_code) for kind in kinds if issubclass(kind, errors.QuotidianError)}
    done, wrong_usage = "0", "2"
    assert {row[0] for row in rows(section(COMMANDS_PAGE, "## Exit codes"))} == {done, wrong_usage, *ours}


def test_every_outcome_can_be_asked_for() -> None:
    told = section(COMMANDS_PAGE, "### log")
    assert all(f"`{outcome.value}`" in told for outcome in Outcome)


def test_the_states_in_the_docs_are_those_of_the_code() -> None:
    page = DOCS / "explanation" / "never-twice.md"
    drawn = set(re.findall(r"^ *(\w+) --> (\w+):", block(page, "mermaid"), re.MULTILINE))
    assert drawn == {(before.value, after.value) for (before, _), after in TRANSITIONS.items()}
    assert [row[0].strip("`") for row in rows(section(page, "## States"))] == [state.value for state in State]


def test_every_state_has_a_next_step_for_the_marketer() -> None:
    told = section(DOCS / "how-to" / "when-something-went-wrong.md", "## A post didn't go out")
    assert all(f"`{state.value}`" in told for state in State if state is not State.PUBLISHED)


def test_the_front_matter_of_the_reference_is_that_of_the_marketers_page() -> None:
    told = {key for row in rows(section(FILES_PAGE, "## An article")) for key in re.findall(r"`(\w+)`", row[0])}
    marketers = {key for row in rows(text_of(ROOT / "posts" / "README.md")) for key in re.findall(r"`(\w+)`", row[0])}
    assert told - {"language"} == marketers
    reader = text_of(ROOT / "scheduler" / "readers" / "frontmatter.py")
    assert all(f'"{key}"' in reader or f"fields.{key}" in reader for key in told)


def test_the_service_unit_starts_a_command_that_exists() -> None:
    unit = text_of(ROOT / "assets" / "service" / "quotidian.service")
    (start,) = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    program, name, *options = start.split()
    assert (program, name) == ("/opt/quotidian/.venv/bin/quotidian", "worker")
    assert {option for option in options if option.startswith("--")} <= SHARED_OPTIONS | options_of(name)
    assert int(re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)[0]) > STOP_SECONDS
