"""Many cards at once: all templates and sizes on one labelled sheet, and whole files only."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from scheduler.bootstrap import hostile
from scheduler.domain.card import CardRequest, CardResult
from tests.acceptance.walk import PATIENCE_SECONDS, Workspace

ARTICLE = """Necks

A body likes change more than it likes rules, at any desk and at any age.

A firm pillow gives the neck a quiet night, and the shoulders a better morning.
"""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def cards_in(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if not path.name.startswith("contact-sheet")]


def test_every_template_and_size_of_a_sentence_is_on_one_sheet(workspace: Workspace, out: Path) -> None:
    done = workspace.run("card", "--text", "A body likes change.", "--out", str(out), "--all")
    assert done.exit_code == 0
    assert len(cards_in(out)) == 24
    with Image.open(out / "contact-sheet-1.png") as sheet:
        assert sheet.height > 6 * 540
        assert sheet.width > 540 + 960 + 432 + 304
    assert not (out / "contact-sheet-2.png").exists()


def test_each_post_of_a_file_has_a_sheet_of_its_own_in_what_was_chosen(workspace: Workspace, out: Path) -> None:
    workspace.drop("necks.txt", ARTICLE)
    file = str(workspace.root / "posts" / "articles" / "necks.txt")
    painted = workspace.json("card", file, "--out", str(out), "--all", "--template", "bold")
    posts = {card["alt_text"] for card in painted}
    assert {card["template"] for card in painted} == {"bold"}
    assert len(painted) == 4 * len(posts) == len(cards_in(out))
    assert workspace.run("card", file, "--out", str(out), "--all", "--size", "square").exit_code == 0
    assert len(list(out.glob("contact-sheet-*.png"))) == len(posts) > 1


def test_a_template_that_refuses_the_text_has_an_empty_place_on_the_sheet(workspace: Workspace, out: Path) -> None:
    text = "A body likes change more than it likes rules, at any desk and at any age. " * 6
    done = workspace.run("card", "--text", text, "--out", str(out), "--all", "--size", "square")
    assert done.exit_code == 1
    assert "Error: " in done.output
    assert 0 < len(cards_in(out)) < 6
    with Image.open(out / "contact-sheet-1.png") as sheet:
        assert sheet.height > 6 * 540


def test_many_cards_are_painted_in_few_processes(
    workspace: Workspace, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[int] = []
    paint = hostile.paint

    def counted(requests: Sequence[CardRequest]) -> Sequence[CardResult]:
        batches.append(len(requests))
        return paint(requests)

    monkeypatch.setattr(hostile, "paint", counted)
    workspace.run("card", "--text", "A body likes change.", "--out", str(out), "--all", "--json")
    assert batches == [12, 12]


def test_who_stops_it_midway_finds_whole_pictures_only(workspace: Workspace, out: Path) -> None:
    command = [sys.executable, "-m", "scheduler", "card", "--text", "A body likes change.", "--all", "--out", str(out)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        end = time.monotonic() + PATIENCE_SECONDS
        while len(os.listdir(out)) < 3:
            assert time.monotonic() < end, "nothing is painted"
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode == 1
    assert "Traceback" not in said
    found = list(out.iterdir())
    assert 3 <= len(found) < 24
    for path in found:
        assert path.suffix in {".png", ".jpg"}
        with Image.open(path) as picture:
            picture.load()
