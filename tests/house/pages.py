"""How the documents are read by the tests that hold them to the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "posts" / "README.md"])
COMMANDS_PAGE, SETTINGS_PAGE, FILES_PAGE = (
    DOCS / "reference" / f"{name}.md" for name in ("commands", "settings", "files")
)


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


def names_in(words: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", words))
