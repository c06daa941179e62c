"""Settings: every mistake is told with the key, the line and a way out, and no secret is ever shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.domain.errors import QuotidianError, SettingsUnusable, WorkspaceUnusable
from scheduler.settings import FILE, described, example, load
from scheduler.shipped import shipped


def settings_file(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, "utf-8")
    return folder


def test_the_example_shows_every_setting_with_its_default() -> None:
    assert shipped("settings.env.example").read_text("utf-8") == example()


def test_a_workspace_with_the_example_as_it_is_has_the_defaults(tmp_path: Path) -> None:
    settings = load(settings_file(tmp_path, example()))
    assert list(settings.channels) == ["folder"]
    assert settings.approval == "required"


@pytest.mark.parametrize(
    ("variable", "value"),
    [("QUOTIDIAN_TIME_ZONE", "Mars/Base"), ("QUOTIDIAN_BOOKING", "x"), ("quotidian_approval", "x")],
)
def test_a_mistake_in_the_environment_is_not_laid_to_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsUnusable) as caught:
        load(settings_file(tmp_path, example()))
    assert caught.value.place == f"the environment, {variable.upper()}"


def test_several_accounts_and_offices_are_read_in_order(tmp_path: Path) -> None:
    text = "BOOKING__LOS_ANGELES=https://a.example/1\nBOOKING__SOUTH_BAY=https://a.example/2\n"
    text += "CHANNELS__MAIN__SLOTS=mon 08:30\nCHANNELS__SECOND__SLOTS=daily 9:00\n"
    settings = load(settings_file(tmp_path, text))
    assert list(settings.booking) == ["los_angeles", "south_bay"]
    assert list(settings.channels) == ["main", "second"]


def test_a_variable_of_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTIDIAN_BRAND", "From outside")
    assert load(settings_file(tmp_path, "BRAND=From the file\n")).brand == "From outside"


@pytest.mark.parametrize(
    ("line", "sentence", "hint"),
    [
        ("APROVAL=required", "APROVAL is not a setting.", "Did you mean APPROVAL?"),
        ("BOGUS=1", "BOGUS is not a setting.", "Remove it"),
        ("APPROVAL=off", "APPROVAL should be 'required' or 'flagged'.", "settings.env.example"),
        ("TIME_ZONE=Mars/Base", "'Mars/Base' is not an IANA time zone", "settings.env.example"),
        ("BOOKING__MAIN=clinic.example", "'clinic.example' is not a web address", "settings.env.example"),
        ("BOOKING=clinic", "BOOKING takes its values one a line, as BOOKING__NAME=value.", "settings.env.example"),
        ("CHANNELS__A__SLOTS=mon 25:00", "'25:00' is not a time of day", "settings.env.example"),
        ("CHANNELS__A__SLOT=mon 08:00", "CHANNELS__A__SLOT is not a setting.", "Did you mean"),
        ("BOOKING__MAIN=https://[x", "'https://[x' is not a web address", "settings.env.example"),
        ("CHANNELS__A__QUIET=22-07", "'22-07' is not a span of hours; write for example: 22:00-07:00", "settings.env"),
        ("CHANNELS__A__JITTER=-1", "CHANNELS__A__JITTER should be greater than or equal to 0", "settings.env.example"),
        ("CHANNELS__A__SPACING=1 hour", "CHANNELS__A__SPACING should be a valid integer", "settings.env.example"),
        ("BLOCKED=24.12.", "BLOCKED is unusable: '24.12.' is not a day; write for example", "settings.env.example"),
        ("FEEDS=https://a.example/feed, b.example", "'b.example' is not a web address", "settings.env.example"),
        ("POSTS_PER_ARTICLE=0", "POSTS_PER_ARTICLE should be greater than or equal to 1", "settings.env.example"),
    ],
)
def test_a_mistake_is_told_with_key_line_and_hint(tmp_path: Path, line: str, sentence: str, hint: str) -> None:
    with pytest.raises(SettingsUnusable) as caught:
        load(settings_file(tmp_path, f"# mine\nBRAND=Clinic\n{line}\n"))
    assert sentence in caught.value.message
    assert hint in caught.value.hint
    if "takes its values" not in sentence:
        assert f"line 3, {line.split('=')[0]}" in caught.value.place


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("CHANNELS__X__OPTIONS__TOKEN hunter2", "This line sets nothing."),
        ("BRAND", "This line sets nothing."),
        ("CHANNELS__../../X__SLOTS=mon 08:00", "CHANNELS__../../X is unusable: a name has letters, digits, - and _"),
        (f"BOOKING__{'A' * 41}=https://a.example", "a name has letters, digits, - and _ only, and at most 40 of them"),
    ],
)
def test_a_slip_of_the_keyboard_is_told_with_its_line(tmp_path: Path, line: str, sentence: str) -> None:
    with pytest.raises(SettingsUnusable) as caught:
        load(settings_file(tmp_path, f"# mine\n\n{line}\nBRAND=Clinic\n"))
    assert sentence in caught.value.message
    assert "line 3" in caught.value.place
    assert "hunter2" not in f"{caught.value} {caught.value.hint} {caught.value.place}"


def test_of_a_key_that_stands_twice_the_line_that_counts_is_named(tmp_path: Path) -> None:
    settings_file(tmp_path, "TIME_ZONE=Etc/UTC\nBRAND=x\nTIME_ZONE=Atlantis\n")
    with pytest.raises(SettingsUnusable) as refused:
        load(tmp_path)
    assert refused.value.line == 3


def test_a_secret_is_shown_neither_by_the_settings_nor_by_an_error(tmp_path: Path) -> None:
    settings = load(settings_file(tmp_path, "DATABASE_URL=sqlite:///hidden-place.db\n"))
    assert "hidden-place" not in f"{settings!r} {settings}"
    with pytest.raises(SettingsUnusable) as caught:
        load(settings_file(tmp_path, "DATABASE_URL=postgresql://me:hunter2@host/db\n"))
    assert "hunter2" not in f"{caught.value} {caught.value.hint} {caught.value.place}"


def test_a_folder_without_settings_is_named_with_the_way_to_make_a_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceUnusable) as caught:
        load(tmp_path)
    assert str(tmp_path) in caught.value.message
    assert "quotidian init" in caught.value.hint


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"BRAND=\xff\xfe\x00")
    with pytest.raises(QuotidianError) as caught:
        load(tmp_path)
    assert caught.value.exit_code == 3
    assert caught.value.hint


def test_every_setting_has_a_meaning() -> None:
    assert all(meaning for _, _, meaning in described())
