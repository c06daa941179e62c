"""The wheel, in a clean virtual environment: it carries everything that init and demo need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("installed")]
ROOT = Path(__file__).parents[2]


def run(*words: str | Path, cwd: Path, **variables: str) -> str:
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd), **variables}
    done = subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `quotidian` of a new environment that never saw the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    pip = (python, "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check")
    settings = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements" / "run.txt"], check=True, cwd=folder)
    run(*pip, "--no-deps", next(folder.glob("*.whl")), cwd=folder, **settings)
    return folder / "venv" / "bin" / "quotidian"


@pytest.mark.timeout(300)
def test_the_wheel_makes_a_workspace_with_everything_in_it(command: Path, tmp_path: Path) -> None:
    run(command, "init", "clinic", cwd=tmp_path)
    made = {str(path.relative_to(tmp_path / "clinic")) for path in (tmp_path / "clinic").rglob("*") if path.is_file()}
    wanted = {"settings.env", "posts/README.md", "assets/brand/brand.toml", "assets/templates/editorial.toml"}
    assert made >= {*wanted, "assets/rules/health.toml"}


@pytest.mark.timeout(300)
def test_the_wheel_does_the_main_job(command: Path, tmp_path: Path) -> None:
    result = json.loads(run(command, "demo", "--json", cwd=tmp_path))
    assert result["published"] >= 5
    assert result["unknown"] == 0
    assert len(list(Path(result["outbox"]).glob("*/card.png"))) == result["published"]
    assert Path(result["preview"]).is_file()
