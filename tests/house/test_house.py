"""The house keeps its own rules: one direction, small rooms, short functions."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from scheduler.cli.group import quotidian

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "scheduler").rglob("*.py"))
LONGEST_FUNCTION, LONGEST_FILE = 40, 300


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    docstring = ast.get_docstring(function, clean=False) or ""
    written = (function.end_lineno or 0) - function.lineno + 1
    return written - (docstring.count("\n") + 1 if docstring else 0)


def test_imports_go_inwards() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_one_idea_and_says_which(path: Path) -> None:
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    assert ast.get_docstring(tree), "no docstring says why this module exists"
    assert source.count("\n") <= LONGEST_FILE
    assert [f"{f.name}: {lines_of(f)}" for f in functions(tree) if lines_of(f) > LONGEST_FUNCTION] == []


def test_only_one_place_catches_everything() -> None:
    broad = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) in BROAD)
    ]
    assert [place.split(":")[0] for place in broad] == ["scheduler/usecases/sending.py"]


BROAD = ("Exception", "BaseException")


def test_the_worker_never_loads_what_only_a_child_needs() -> None:
    code = "import sys, scheduler.service; print([m for m in ('PIL', 'numpy', 'lxml', 'alembic') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_loads_nothing_but_itself() -> None:
    code = (
        "import sys; from scheduler.cli import main; sys.argv = ['quotidian', '--help']; main();"
        "print([m for m in sys.modules if m.startswith(('scheduler.', 'click', 'pydantic', 'sqlalchemy'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "['scheduler.cli']"
    assert CliRunner().invoke(quotidian, ["--help"]).stdout == done.stdout.rpartition("[")[0]
    assert max(map(len, done.stdout.splitlines())) <= 80
