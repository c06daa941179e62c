"""Which packs of claim rules hold, and what is said when a brand names one that isn't there."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.checks.packs import chosen
from scheduler.domain.errors import SettingsUnusable


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder, names in {"own": ("mine", "health"), "shipped": ("general", "health")}.items():
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / f"{name}.toml").write_text("", "utf-8")
    return tmp_path


def packs(root: Path, brand: str | None) -> list[str]:
    path = root / "brand.toml"
    if brand is not None:
        path.write_text(brand, "utf-8")
    found = chosen(path, own=root / "own", shipped=root / "shipped")
    return [f"{one.parent.name}/{one.stem}" for one in found]


@pytest.mark.parametrize("brand", [None, "", 'name = "A"'])
def test_every_pack_of_the_workspace_holds_where_the_brand_does_not_choose(root: Path, brand: str | None) -> None:
    assert packs(root, brand) == ["own/health", "own/mine"]


def test_a_workspace_without_packs_has_ours(root: Path) -> None:
    for path in (root / "own").iterdir():
        path.unlink()
    assert packs(root, None) == ["shipped/general", "shipped/health"]


def test_a_chosen_pack_that_the_workspace_lacks_is_ours_and_its_own_goes_first(root: Path) -> None:
    assert packs(root, 'claims = ["general", "health", "mine", "mine"]') == [
        "shipped/general",
        "own/health",
        "own/mine",
    ]


def test_a_brand_may_choose_none(root: Path) -> None:
    assert packs(root, "claims = []") == []


@pytest.mark.parametrize("name", ["helth", "../shipped/general", "health.toml", "", "Health"])
def test_a_pack_that_is_not_there_is_told_with_file_line_and_those_that_are(root: Path, name: str) -> None:
    with pytest.raises(SettingsUnusable, match="no pack of claim rules called") as caught:
        packs(root, f'name = "A"\nclaims = ["health", "{name}"]')
    assert (caught.value.path, caught.value.line) == (str(root / "brand.toml"), 2)
    assert caught.value.hint.startswith("There are general, health, mine.")


@pytest.mark.parametrize(
    ("brand", "words", "line"),
    [('claims = "health"', "is a list", 1), ("\nclaims = [1]", "is a list", 2), ("\nclaims = [", "can't be read", 2)],
)
def test_a_brand_that_cannot_be_understood_never_means_no_rules(root: Path, brand: str, words: str, line: int) -> None:
    with pytest.raises(SettingsUnusable, match=words) as caught:
        packs(root, brand)
    assert caught.value.line == line


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a = " + b"[" * 20_000, b"x" * 300_000, b"a = " + b"9" * 9000])
def test_a_hostile_brand_is_refused_in_words(root: Path, data: bytes) -> None:
    (root / "brand.toml").write_bytes(data)
    with pytest.raises(SettingsUnusable, match="The brand's settings"):
        packs(root, None)
