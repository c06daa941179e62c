"""The disk that forgets forgets what was not synced, and nothing else."""

from __future__ import annotations

from random import Random

from tests.powercut.disk import SECTOR, Act, Disk

CREATED: list[Act] = [("open", ["a", "1"], b""), ("write", ["a", "0", "3"], b"one")]
SYNCED: list[Act] = [("sync", ["a"], b""), ("dirsync", ["."], b"")]


def after(acts: list[Act], *, luck: float = 0.0, seed: int = 1) -> dict[str, bytes]:
    disk = Disk(world=frozenset({"theirs"}))
    disk.play(acts)
    return disk.after_cut(luck, Random(seed))


def test_what_was_synced_is_there() -> None:
    assert after(CREATED + SYNCED) == {"a": b"one"}


def test_a_write_that_was_not_synced_is_gone() -> None:
    assert after([*CREATED, *SYNCED, ("write", ["a", "0", "3"], b"two"), ("size", ["a", "1"], b"")]) == {"a": b"one"}


def test_a_new_file_whose_directory_was_not_synced_is_gone() -> None:
    assert after([*CREATED, ("sync", ["a"], b"")]) == {}


def test_a_removal_or_a_renaming_that_was_not_synced_never_happened() -> None:
    assert after([*CREATED, *SYNCED, ("unlink", ["a"], b"")]) == {"a": b"one"}
    assert after([*CREATED, *SYNCED, ("rename", ["a", "b"], b"")]) == {"a": b"one"}
    assert after([*CREATED, ("rename", ["a", "b"], b""), ("sync", ["b"], b""), ("dirsync", ["."], b"")]) == {
        "b": b"one"
    }


def test_with_luck_everything_is_there_but_may_be_torn() -> None:
    long: list[Act] = [("write", ["a", "0", "2048"], b"x" * 4 * SECTOR)]
    found = {len(after(CREATED + SYNCED + long, luck=1, seed=seed)["a"]) for seed in range(30)}
    assert {4 * SECTOR} < found <= {3, *(SECTOR * number for number in range(1, 5))}


def test_what_others_know_no_power_cut_reaches() -> None:
    assert after([("open", ["theirs", "1"], b""), ("write", ["theirs", "0", "2"], b"ok")]) == {"theirs": b"ok"}
