"""Hostile work in a child process: it is bounded, it sees no secret, and its errors come back as ours."""

from __future__ import annotations

import os
import time

import pytest
from pydantic import TypeAdapter

from scheduler.dispatch.children import InChild, Limits
from scheduler.domain.errors import ChildFailed, FileUnusable


@pytest.fixture(scope="module", autouse=True)
def warm_children() -> None:
    """Here every child starts cold, as in earnest."""


def eat_memory(megabytes: int) -> int:
    return len(b"x" * (megabytes * 1024 * 1024))


def spin(seconds: int) -> int:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
    return seconds


def double(number: int) -> int:
    return number * 2


def flood(characters: int) -> str:
    return "x" * characters


def environment(_: str) -> list[str]:
    return sorted(os.environ)


def refuse(name: str) -> str:
    raise FileUnusable("The file is empty.", path=name, line=3)


def in_child(*functions: str, limits: Limits | None = None) -> InChild[list[object]]:
    names = tuple(f"tests.integration.test_children:{name}" for name in functions)
    return InChild(functions=names, returns=TypeAdapter(list[object]), limits=limits or Limits())


def test_each_function_gets_the_answer_of_the_one_before() -> None:
    assert in_child("double", "double")(21) == [42, 84]


def test_an_answer_that_nobody_asked_for_stays_in_the_child() -> None:
    work = InChild(
        functions=("tests.integration.test_children:double",) * 3, returns=TypeAdapter(list[object]), unseen=2
    )
    assert work(21) == [168]


def test_an_error_of_the_child_comes_back_with_its_place() -> None:
    with pytest.raises(FileUnusable, match=r"The file is empty\.") as caught:
        in_child("refuse")("a.md")
    assert caught.value.place == "a.md, line 3"
    assert caught.value.hint == FileUnusable.hint


def test_a_child_that_eats_memory_is_refused_and_the_parent_lives() -> None:
    with pytest.raises(ChildFailed, match="MemoryError"):
        in_child("eat_memory", limits=Limits(memory_mib=400))(2000)


def test_a_child_that_never_ends_is_stopped() -> None:
    with pytest.raises(ChildFailed, match="over 1 s"):
        in_child("spin", limits=Limits(seconds=1))(60)


def test_a_child_that_computes_for_too_long_is_stopped_in_words() -> None:
    with pytest.raises(ChildFailed, match="took over 1 s and was stopped"):
        in_child("spin", limits=Limits(cpu_seconds=1))(60)


def test_a_child_that_answers_without_end_is_stopped() -> None:
    with pytest.raises(ChildFailed):
        in_child("flood", limits=Limits(file_mib=1))(5_000_000)


def test_a_child_sees_no_secret_of_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTIDIAN_DATABASE_URL", "sqlite:///secret.db")
    (names,) = in_child("environment")("")
    assert "QUOTIDIAN_DATABASE_URL" not in str(names)
