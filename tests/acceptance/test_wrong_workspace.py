"""A workspace that is broken, and decisions that make no sense: told in a sentence, and nothing is lost."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.walk import Workspace, make_workspace

ARTICLE = """Sleep

Rest is the one treatment that only you can give yourself, each night of the year.

A dark and quiet bedroom helps most people to sleep through the early morning hours.
"""
WEEKLY = "BOOKING__MAIN=https://book.example.com/visit\nCHANNELS__FOLDER__SLOTS=mon 08:30, wed 12:15\n"


def garbage_database(root: Path) -> None:
    (root / "var").mkdir()
    (root / "var" / "quotidian.db").write_bytes(b"garbage " * 500)


def foreign_database(root: Path) -> None:
    (root / "var").mkdir()
    connection = sqlite3.connect(root / "var" / "quotidian.db")
    connection.execute("CREATE TABLE others (a)")
    connection.close()


def file_in_the_way(root: Path) -> None:
    (root / "var").write_text("I am a file.", "utf-8")


def no_settings(root: Path) -> None:
    (root / "settings.env").unlink()


def unknown_setting(root: Path) -> None:
    (root / "settings.env").write_text("TIME_ZON=Europe/Madrid\n", "utf-8")


@pytest.mark.parametrize("command", ["list", "queue", "plan", "preview", "log", "worker --once", "worker", "show 1"])
@pytest.mark.parametrize("broken", [garbage_database, foreign_database, file_in_the_way, no_settings, unknown_setting])
def test_an_unusable_workspace_is_exit_code_3_with_a_hint_and_one_document(
    workspace: Workspace, broken: Callable[[Path], None], command: str
) -> None:
    broken(workspace.root)
    done = workspace.run(*command.split(), "--json")
    assert done.exit_code == 3
    error = json.loads(done.stdout)["error"]
    assert error["message"].endswith((".", "clinic."))
    assert error["hint"]
    assert done.stderr.startswith("Error: ")


def test_a_place_that_does_not_exist_is_no_workspace(workspace: Workspace) -> None:
    done = workspace.run("list", "--workspace", str(workspace.root / "nowhere"))
    assert done.exit_code == 0, "the later --workspace wins"
    elsewhere = Workspace(workspace.root / "nowhere").run("list")
    assert elsewhere.exit_code == 3
    assert "quotidian init" in elsewhere.stderr


def test_the_doctor_tells_every_fault_and_not_only_the_first(workspace: Workspace) -> None:
    garbage_database(workspace.root)
    (workspace.root / "assets" / "brand" / "brand.toml").write_text("name = [", "utf-8")
    (workspace.root / "assets" / "rules" / "health.toml").write_text("x = [", "utf-8")
    done = workspace.run("doctor", "--json")
    bad = {each["what"] for each in json.loads(done.stdout) if each["verdict"] == "bad"}
    assert done.exit_code == 1
    assert bad == {"brand", "claim rules", "database"}


def test_a_broken_look_is_told_once_and_the_posts_go_out_when_it_is_mended(workspace: Workspace) -> None:
    brand = workspace.root / "assets" / "brand"
    (brand / "mark.png").write_bytes(b"no picture")
    (brand / "brand.toml").write_text('logo = "mark.png"', "utf-8")
    workspace.drop("sleep.txt", ARTICLE)
    done = workspace.run("queue")
    assert done.exit_code == 1
    assert done.stdout.count("It has no card") == 1
    assert "logo" in done.stdout
    (brand / "brand.toml").write_text('name = "A"\n', "utf-8")
    assert len(workspace.json("queue")["planned"]) == 2


@pytest.mark.parametrize(
    ("brand", "words"),
    [
        ("name = [", "brand.toml, line 1"),
        ('\nclaims = ["helth"]', "brand.toml, line 2, claims"),
        ('claims = "health"', "`claims` is a list of names"),
    ],
)
def test_a_brand_that_does_not_say_its_claim_rules_stops_the_intake(
    workspace: Workspace, brand: str, words: str
) -> None:
    (workspace.root / "assets" / "brand" / "brand.toml").write_text(brand, "utf-8")
    workspace.drop("sleep.txt", ARTICLE)
    done = workspace.run("queue")
    assert done.exit_code == 3
    assert words in done.stderr
    (workspace.root / "assets" / "brand" / "brand.toml").write_text('claims = ["health"]\n', "utf-8")
    assert len(workspace.json("queue")["planned"]) == 2


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = make_workspace(tmp_path_factory.mktemp("planned") / "clinic", WEEKLY)
    workspace.drop("sleep.txt", ARTICLE)
    assert len(workspace.json("queue")["planned"]) == 2
    return workspace


@pytest.fixture
def planned(template: Workspace, tmp_path: Path) -> Workspace:
    """Two posts in slots that are days away."""
    shutil.copytree(template.root, tmp_path / "planned")
    return Workspace(tmp_path / "planned")


def test_what_is_held_and_released_keeps_its_slot_when_that_is_free(planned: Workspace) -> None:
    before = [post["deliveries"] for post in planned.json("list")]
    assert planned.run("hold", "1").exit_code == 0
    assert planned.run("release", "1").exit_code == 0
    after = [post["deliveries"] for post in planned.json("list")]
    assert [d[0]["due_at"] for d in after] == [d[0]["due_at"] for d in before]


def test_a_second_yes_changes_nothing_and_the_first_name_stays(planned: Workspace) -> None:
    planned.run("approve", "1", "--by", "Ann")
    again = planned.run("approve", "1", "--by", "Bob")
    assert again.exit_code == 0
    assert again.stdout == "Post 1 approved by Ann.\n"
    assert "Bob" not in planned.run("why", "1").stdout


def test_neither_a_blank_reason_nor_a_blank_name_lets_a_blocked_post_pass(workspace: Workspace) -> None:
    workspace.drop(
        "cure.txt", "Headaches\n\nOur deep tissue massage cures every kind of migraine for good, in no time.\n"
    )
    workspace.run("queue")
    assert "is blocked" in workspace.run("approve", "1", "--override", "  ").stderr
    assert "A yes needs a name." in workspace.run("approve", "1", "--override", "It is so.", "--by", " ").stderr
    (post,) = workspace.json("list")
    assert post["blocked"]
    assert post["deliveries"] == []


@pytest.mark.parametrize(
    ("first", "then", "words"),
    [
        ("hold", "hold", "A held delivery can't be held."),
        ("hold", "retry", "A held delivery can't be retried."),
        ("hold", "resolve {code} --there", "This delivery has not been sent."),
        ("hold", "resolve {code} --again", "This delivery has not been sent."),
        ("list", "release", "A scheduled delivery can't be released."),
        ("list", "retry", "A scheduled delivery can't be retried."),
        ("list", "resolve {code} --there", "A scheduled delivery can't be resolved."),
        ("cancel", "cancel", "A cancelled delivery can't be cancelled."),
        ("cancel", "release", "A cancelled delivery can't be released."),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused_and_changes_nothing(
    planned: Workspace, first: str, then: str, words: str
) -> None:
    code = planned.json("list")[0]["deliveries"][0]["code"]
    planned.run(first, *([code] if first != "list" else []))
    before = planned.json("list")
    done = planned.run(*(then if "{" in then else f"{then} {{code}}").format(code=code).split())
    assert done.exit_code == 1
    assert words in done.stderr
    assert f"Where: delivery {code}" in done.stderr
    assert planned.json("list") == before


def test_one_wrong_id_among_good_ones_stops_none_of_them(planned: Workspace) -> None:
    done = planned.run("hold", "1", "nonsense", "2")
    assert done.exit_code == 1
    assert done.stdout.count(": held.") == 2
    assert "There is no delivery nonsense." in done.stderr


def test_what_is_published_can_be_neither_cancelled_nor_sent_again(workspace: Workspace) -> None:
    workspace.drop("sleep.txt", ARTICLE)
    workspace.run("queue")
    workspace.run("approve", "--all")
    workspace.drain_until(2)
    code = workspace.sent()[0]["code"]
    for words in (("cancel", code), ("hold", code), ("retry", code), ("resolve", code, "--again")):
        assert workspace.run(*words).exit_code == 1, words
    assert len(workspace.json("log", "--status", "published")) == 2


def test_only_its_owner_may_read_the_settings_of_a_new_workspace(tmp_path: Path) -> None:
    Workspace(tmp_path).run("init")
    assert stat.S_IMODE((tmp_path / "settings.env").stat().st_mode) == 0o600
