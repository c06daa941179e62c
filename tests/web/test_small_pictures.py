"""Small pictures of cards: made once, kept in bounds, and of nothing but cards."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from scheduler.bootstrap import App
from scheduler.bootstrap import thumbs as kept
from scheduler.bootstrap.thumbs import Thumbs
from scheduler.domain.errors import NotAllowedNow, NotFound
from scheduler.web.dashboard.pictures import card_url, thumb_url
from tests.web.visitor import Visitor


@pytest.fixture(scope="module")
def cards(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of painted cards."""
    folder = tmp_path_factory.mktemp("cards") / "cards"
    shutil.copytree(model / "var" / "cards", folder)
    return folder


def named(cards: Path) -> list[str]:
    """Their names."""
    return sorted(path.name for path in cards.glob("*.png"))


def test_a_small_picture_is_twice_as_wide_as_it_is_shown(cards: Path, tmp_path: Path) -> None:
    thumbs, name = Thumbs(cards, tmp_path), named(cards)[0]
    with Image.open(io.BytesIO(thumbs.small(name, 40))) as image:
        assert (image.format, image.size) == ("WEBP", (80, 80))
    assert len(thumbs.small(name, 40)) < 6_000


def test_many_who_look_at_once_wait_for_few_children(
    cards: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    thumbs, batches = Thumbs(cards, tmp_path), list[int]()
    make = thumbs._make

    def counted(batch: Sequence[tuple[str, int]]) -> None:
        batches.append(len(batch))
        make(batch)

    monkeypatch.setattr(thumbs, "_make", counted)
    names = named(cards)[:6]
    for name in names[1:]:
        thumbs.expect(name, 40)
    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(lambda name: thumbs.small(name, 40), names))
    assert len(batches) <= 2


def test_one_that_is_no_picture_is_tried_once_and_harms_no_other(cards: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    folder.mkdir()
    good, bad = named(cards)[0], "0" * 64 + ".png"
    shutil.copy(cards / good, folder)
    (folder / bad).write_bytes(b"\x89PNG no picture")
    thumbs = Thumbs(folder, tmp_path / "small")
    thumbs.expect(bad, 40)
    assert thumbs.small(good, 40)
    with pytest.raises(NotFound):
        thumbs.small(bad, 40)


def test_a_bomb_is_not_unpacked(cards: Path, tmp_path: Path) -> None:
    name = "1" * 64 + ".png"
    Image.new("1", (7_000, 7_000)).save(tmp_path / name)
    with pytest.raises(NotFound):
        Thumbs(tmp_path, tmp_path / "small").small(name, 40)


def test_the_folder_stays_small(cards: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 3)
    monkeypatch.setattr(kept, "LEFT", 2)
    old = [tmp_path / f"{number}.webp" for number in range(5)]
    for number, path in enumerate(old):
        path.touch()
        os.utime(path, (number, number))
    assert Thumbs(cards, tmp_path).small(named(cards)[0], 40)
    assert len(list(tmp_path.glob("*.webp"))) == 2


def test_who_comes_when_too_many_wait_is_asked_to_come_again(
    cards: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_WAITING", 1)
    thumbs = Thumbs(cards, tmp_path)
    with thumbs._waiting(), pytest.raises(NotAllowedNow):
        thumbs.small(named(cards)[0], 40)


@pytest.mark.parametrize(
    "name", ["..%2f..%2fquotidian.db", "settings.env", "0" * 64 + ".svg", "0" * 63 + "/.png", "\uff10" * 64 + ".png"]
)
def test_nothing_but_a_card_is_shown(ann: Visitor, name: str) -> None:
    for path in (f"/thumb/40/{name}", f"/card/{name}"):
        answer = ann.get(path)
        assert answer.status_code == 404
        assert b"SQLite" not in answer.content


@pytest.mark.parametrize("size", ["0", "41", "-40", "9999999999999", "\u0664\u0660", "x"])
def test_there_are_few_sizes(clinic: App, ann: Visitor, size: str) -> None:
    name = named(clinic.folders.cards)[0]
    assert ann.get(f"/thumb/{size}/{name}").status_code == 404


def test_a_browser_keeps_a_card_for_good(clinic: App, ann: Visitor) -> None:
    name = named(clinic.folders.cards)[0]
    for address in (thumb_url(name, 64), card_url(name)):
        answer = ann.get(address)
        assert answer.status_code == 200
        assert "private" in answer.headers["cache-control"]
        assert answer.headers["content-type"].startswith("image/")


def test_a_card_that_is_gone_keeps_its_place(ann: Visitor) -> None:
    answer = ann.get(f"/thumb/40/{'0' * 64}.png")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("image/svg+xml")


def test_only_a_card_has_an_address() -> None:
    assert thumb_url("/somewhere/" + "a" * 64 + ".png") == f"/thumb/40/{'a' * 64}.png"
    assert thumb_url("/etc/passwd") == card_url("") == ""
