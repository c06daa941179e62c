"""settings.env as a file: values are written among what is there, and keys are nobody else's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler import envfile
from scheduler.domain.errors import QuotidianError, SettingsUnusable
from scheduler.settings import load

KEY = "CHANNELS__X__OPTIONS__API_KEY"
PRINTABLE = st.characters(exclude_categories=["Cs", "Cc"])
BEFORE = f"# Ours.\n\nBRAND=Linden # short\n{KEY}=old\nTIME_ZONE=Europe/Madrid"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.env"
    path.write_text(BEFORE, "utf-8")
    path.chmod(0o644)
    return path


def nothing(_: Path) -> None:
    """Any file will do."""


def test_a_new_value_leaves_remarks_and_other_lines_as_they_are(file: Path) -> None:
    envfile.put(file, {KEY: "new", "CALL_TO_ACTION": "Come in:"}, prove=nothing)
    assert file.read_text("utf-8") == BEFORE.replace("old", "new") + "\nCALL_TO_ACTION='Come in:'\n"


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("BRAND=Linden # Ann's words", "BRAND=Oak # Ann's words"),
        ("BRAND='Linden # 1'  # short", "BRAND=Oak  # short"),
        ('export BRAND = "a \\" # b" # c', "BRAND=Oak # c"),
        ("BRAND='Linden # 1'", "BRAND=Oak"),
        ("BRAND=a#b", "BRAND=Oak"),
        ("BRAND=", "BRAND=Oak"),
        ("BRAND=# what?", "BRAND=Oak"),
    ],
)
def test_a_remark_behind_a_value_stays(file: Path, line: str, after: str) -> None:
    file.write_text(f"# Ours.\n{line}\nTIME_ZONE=Europe/Madrid\n", "utf-8")
    envfile.put(file, {"BRAND": "Oak"}, prove=nothing)
    assert file.read_text("utf-8") == f"# Ours.\n{after}\nTIME_ZONE=Europe/Madrid\n"


def test_a_file_with_keys_is_its_owners_alone(file: Path) -> None:
    with pytest.raises(SettingsUnusable, match="other users of this machine can read it") as refused:
        load(file.parent)
    assert refused.value.hint == "chmod 600 settings.env"
    envfile.put(file, {KEY: "new"}, prove=nothing)
    assert file.stat().st_mode & 0o777 == 0o600
    assert load(file.parent).channels["x"].options["api_key"].get_secret_value() == "new"


def test_a_file_without_keys_may_be_read_by_all(file: Path) -> None:
    file.write_text("BRAND=Linden\n", "utf-8")
    assert load(file.parent).brand == "Linden"


def test_a_file_that_is_not_as_it_should_be_never_takes_the_place_of_the_old_one(file: Path) -> None:
    def refuse(new: Path) -> None:
        assert "new" in new.read_text("utf-8")
        raise SettingsUnusable

    with pytest.raises(SettingsUnusable):
        envfile.put(file, {KEY: "new"}, prove=refuse)
    assert file.read_text("utf-8") == BEFORE
    assert [path.name for path in file.parent.iterdir()] == ["settings.env"]


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40),
    st.sampled_from(["", "\n", "\r\n"]),
)
def test_whatever_is_written_is_read_back_the_same_or_refused(
    tmp_path_factory: pytest.TempPathFactory, value: str, end: str
) -> None:
    file = tmp_path_factory.mktemp("env") / "settings.env"
    file.write_bytes(f"BRAND=Linden{end}".encode())

    def prove(new: Path) -> None:
        if load(new.parent, new.name).channels["x"].options["api_key"].get_secret_value() != value:
            raise SettingsUnusable

    try:
        envfile.put(file, {KEY: value}, prove=prove)
    except QuotidianError:
        assert "\\" in value or "$" in value
    else:
        assert load(file.parent).channels["x"].options["api_key"].get_secret_value() == value


@pytest.mark.parametrize(("before", "after"), [(0o640, 0o640), (0o644, 0o644), (0o600, 0o600)])
def test_a_file_without_secrets_keeps_its_rights(tmp_path: Path, before: int, after: int) -> None:
    file = tmp_path / "settings.env"
    file.write_text("BRAND=Linden\n", "utf-8")
    file.chmod(before)
    envfile.put(file, {"BRAND": "Oak"}, prove=nothing)
    assert file.stat().st_mode & 0o777 == after
    envfile.put(file, {KEY: "new"}, prove=nothing)
    assert file.stat().st_mode & 0o077 == 0


def test_twenty_who_write_at_once_lose_nothing_of_each_other(file: Path) -> None:
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda number: envfile.put(file, {f"KEY_{number}": str(number)}, prove=nothing), range(20)))
    lines = file.read_text("utf-8").splitlines()
    assert {f"KEY_{number}={number}" for number in range(20)} <= set(lines)
    assert lines[:3] == BEFORE.splitlines()[:3]
    assert [path.name for path in file.parent.iterdir()] == ["settings.env"]
