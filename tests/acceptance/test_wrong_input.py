"""Wrong files and wrong words at the keyboard: a sentence, the place, a hint, the right exit code; all else goes on."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.acceptance.walk import Workspace, make_workspace

pytestmark = pytest.mark.xdist_group("wrong-input")

GOOD = "Sleep\n\nRest is the one treatment that only you can give yourself, each night of the year.\n"
WRONG = {
    "empty.md": b"",
    "front-matter-only.md": b"---\ntitle: A\n---\n",
    "program.md": bytes(range(256)) * 12,
    "utf-16.txt": GOOD.encode("utf-16"),
    "latin-1.txt": "Café\n\nDéjà vu.\n".encode("latin-1"),
    "huge.txt": b"a" * 5_000_000,
    "not-yaml.md": b"---\ntitle: [a\n---\nText.\n",
    "wrong-types.md": b"---\ntitle: [a, b]\n---\nText.\n",
    "wrong-link.md": f"---\nlink: https://[x\n---\n{GOOD}".encode(),
    "heading-only.md": b"# A heading\n",
    "line\nbreak.txt": GOOD.encode(),
    "steering \x1b[31m.txt": GOOD.encode(),
}
LINKS = {
    "outside.txt": "/etc/hostname",
    "settings.txt": "../../settings.env",
    "gone.txt": "gone",
    "loop.txt": "loop.txt",
}
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]")


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with everything wrong in its folder, and one good article."""
    workspace = make_workspace(tmp_path_factory.mktemp("messy") / "clinic")
    for name, data in WRONG.items():
        workspace.drop(name, data)
    folder = workspace.root / "posts" / "articles"
    for name, target in LINKS.items():
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "pipe.txt")
    Path(os.fsdecode(os.fsencode(folder) + b"/bytes\xff.txt")).write_text(GOOD, "utf-8")
    workspace.drop("a good one 😀.txt", GOOD)
    return workspace


@pytest.fixture(scope="module")
def queued(messy: Workspace) -> Result:
    return messy.run("queue", "--json")


@pytest.fixture(scope="module")
def files(queued: Result) -> dict[str, dict[str, Any]]:
    """What became of each file."""
    return {each["file"]: each for each in json.loads(queued.stdout)["files"]}


def test_every_wrong_file_is_told_with_its_place_and_a_hint_and_the_good_one_goes_on(
    files: dict[str, dict[str, Any]],
) -> None:
    assert files["posts/articles/a good one 😀.txt"]["posts"] == 1
    wrong = {name: each for name, each in files.items() if "good" not in name}
    assert len(wrong) == len(WRONG) + len(LINKS) + 2
    for name, each in wrong.items():
        assert each["fate"] == "refused", name
        assert each["error"]["message"].count(".") >= 1, name
        assert each["error"]["hint"], name
        assert each["error"]["place"].startswith("posts/articles/"), name


def test_a_bad_file_makes_the_exit_code_1_and_prints_nothing_that_steers_a_terminal(queued: Result) -> None:
    assert queued.exit_code == 1
    assert queued.stderr.count("Error: ") == queued.stderr.count("  Where: ") == len(WRONG) + len(LINKS) + 2
    assert not STEERING.search(queued.output)


@pytest.mark.parametrize("name", ["settings.txt", "outside.txt"])
def test_a_link_never_lets_a_file_from_elsewhere_be_posted(files: dict[str, dict[str, Any]], name: str) -> None:
    assert "link" in files[f"posts/articles/{name}"]["error"]["message"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nothing.md", "There is no such file."),
        ("posts", "No reader takes"),
        ("settings.env", "No reader takes '.env' files."),
        ("folder.md", "This is a folder."),
        ("posts/articles/outside.txt", "This is a link"),
        ("nul\0.txt", "characters that can't be printed"),
    ],
)
@pytest.mark.parametrize("command", ["cut", "queue"])
def test_a_wrong_name_is_told_by_every_command(messy: Workspace, command: str, name: str, words: str) -> None:
    (messy.root / "folder.md").mkdir(exist_ok=True)
    done = messy.run(command, name)
    assert done.exit_code == 1
    assert words in done.stderr
    assert "  Hint: " in done.stderr


def test_what_an_article_says_never_reaches_the_terminal_raw(workspace: Workspace) -> None:
    title = "\\e]0;owned\\a\\u202E"
    hashtags = '["\\e[31mRest"]'
    workspace.drop("good.md", f'---\ntitle: "Sleep {title}"\n---\n\n{GOOD}')
    workspace.drop("bad.md", f"---\nhashtags: {hashtags}\n---\n\n{GOOD}")
    assert not STEERING.search(workspace.run("queue").output)
    for words in (("list",), ("show", "1"), ("why", "1"), ("cut", "posts/articles/good.md")):
        assert not STEERING.search(workspace.run(*words).output), words
        printed = workspace.run(*words, "--json").stdout
        assert not STEERING.search(printed), words
        assert json.loads(printed)


def test_a_file_is_named_from_where_one_stands(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace.drop("rest.txt", GOOD)
    monkeypatch.chdir(workspace.root / "posts")
    (taken,) = workspace.json("queue", "articles/rest.txt")["files"]
    assert taken["file"] == "posts/articles/rest.txt"
    assert taken["fate"] == "new"
    assert workspace.json("cut", "posts/articles/rest.txt")["article"]["source"] == "posts/articles/rest.txt"


@pytest.mark.parametrize(
    "words",
    [
        *(("show", "999"), ("show", "9" * 30), ("why", "٣"), ("show", "zzz"), ("hold", "9" * 30), ("approve", "zzz")),
        *(("cut", "no.md"), ("card", "no.md", "--out", "x"), ("queue", "no.md"), ("cancel", "zzz"), ("retry", "1")),
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_told_in_one_document(workspace: Workspace, words: tuple[str, ...]) -> None:
    done = workspace.run(*words, "--json")
    document = json.loads(done.stdout)
    assert done.exit_code == 1
    assert "no" in str(document).lower()
    assert "Traceback" not in done.output
    assert "  Hint: " in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        *(("show",), ("list", "--nope"), ("approve",), ("resolve", "1"), ("resolve", "1", "--there", "--again")),
        *(("worker", "--once", "--drain"), ("log", "--since", "yesterday"), ("card", "--out", "x"), ("cut",)),
        *(("approve", "--all", "--override", "why"), ("demo", "nothing.md")),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2_and_one_document(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(workspace.root)
    done = workspace.run(words[0], "--json", *words[1:])
    assert done.exit_code == 2
    assert json.loads(done.stdout)["error"]["kind"] == "WrongUsage"


def test_a_card_that_is_refused_is_still_one_document(workspace: Workspace) -> None:
    done = workspace.run("card", "--text", "a" * 5000, "--out", str(workspace.root / "out"), "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["error"]["kind"] == "CardRefused"


def test_an_article_in_which_every_sentence_is_blocked_is_taken_in_and_nothing_is_planned(workspace: Workspace) -> None:
    workspace.drop(
        "cure.txt", "Headaches\n\nOur deep tissue massage cures every kind of migraine for good, in no time.\n"
    )
    planned = workspace.json("plan")
    assert planned["planned"] == []
    done = workspace.run("queue")
    assert "Left out on folder: 1 post. A finding blocks it." in done.stdout
    assert "1: “Our deep tissue massage" in done.stdout
    assert workspace.run("why", "1").stdout.startswith("Post 1 has no delivery: blocked.")


def typed(workspace: Workspace, *words: str, **where: Any) -> subprocess.CompletedProcess[str]:
    """A process of its own, as errors that nobody foresaw are told only at its end."""
    command = [sys.executable, "-m", "scheduler", *words, "--workspace", str(workspace.root)]
    return subprocess.run(
        command, cwd=Path(__file__).parents[2], stderr=subprocess.PIPE, text=True, check=False, **where
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's /dev/full")
@pytest.mark.parametrize("words", [["list"], ["list", "--json"]], ids=" ".join)
def test_a_full_disk_under_the_output_is_a_sentence_and_no_traceback(workspace: Workspace, words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = typed(workspace, *words, stdout=full)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: The machine refused: No space left on device.\n  Hint: ")
    assert "Traceback" not in done.stderr


def test_a_traceback_is_shown_when_it_is_asked_for(workspace: Workspace) -> None:
    (workspace.root / "settings.env").write_text("BOGUS=1\n", "utf-8")
    assert "Traceback" not in workspace.run("list").stderr
    assert "Traceback" in typed(workspace, "list", "--debug").stderr


def test_all_that_is_printed_goes_through_the_one_mouth_that_keeps_terminals_safe() -> None:
    sources = (Path(__file__).parents[2] / "scheduler" / "cli").glob("*.py")
    mouths = {path.name for path in sources if re.search(r"click\.s?echo\(|\bprint\(", path.read_text("utf-8"))}
    assert mouths == {"common.py", "sheet.py"}
