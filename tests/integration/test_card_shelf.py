"""The folder of painted cards: what is needed stays, what nobody needs goes, and nobody ever sees half a card."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from scheduler.cards.shelf import CardShelf
from scheduler.domain.card import PaintedCard
from scheduler.domain.post import Post
from scheduler.testing.network import MemoryNetwork
from scheduler.testing.samples import NINE, article, delivery, post
from scheduler.usecases.sweep import SPARED, Sweeper
from tests.integration.scene import Scene, entry

ASSETS = Path(__file__).parents[2] / "assets"
OLD = NINE - 2 * SPARED
PAINT_MANY = """
import sys
from scheduler.cards.work import paint
from scheduler.domain.card import CardRequest
for number in range(1000):
    paint((CardRequest(quote=f"Rest is part of treatment {number}.", assets=sys.argv[1], out=sys.argv[2]),))
    print(number, flush=True)
"""


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene.make(tmp_path, MemoryNetwork())
    yield made
    made.store.close()


def put(folder: Path, name: str, *, age: timedelta = 2 * SPARED) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(b"a picture")
    at = (NINE - age).timestamp()
    os.utime(path, (at, at))
    return path


def name_of(letter: str, ending: str = ".png") -> str:
    return letter * 64 + ending


def with_card(letter: str, folder: Path) -> Post:
    card = PaintedCard(
        path=str(folder / name_of(letter)),
        template="bold",
        size="square",
        format="png",
        width=9,
        height=9,
        bytes=9,
        alt_text="A card.",
        spec_hash=letter * 64,
        sha256=letter * 64,
    )
    return replace(post(approved=False), card=card)


def swept(scene: Scene, folder: Path) -> set[str]:
    before = {path.name for path in folder.iterdir()}
    count = Sweeper(paths=scene.store.listing.cards, shelf=CardShelf(folder)).sweep(now=NINE)
    gone = before - {path.name for path in folder.iterdir()}
    assert len(gone) == count
    return gone


def test_what_a_post_or_a_delivery_has_stays_and_the_rest_goes(scene: Scene, tmp_path: Path) -> None:
    cards = tmp_path / "cards"
    orphans = [name_of("c"), name_of("d", "-q80.jpg"), name_of("e", ".webp"), f".{'f' * 16}-77.part"]
    for name in (name_of("a"), name_of("b"), *orphans):
        put(cards, name)
    # As the workspace lay elsewhere when they were painted.
    moved = tmp_path / "elsewhere"
    scene.store.library.add(article(), [with_card("a", moved)], entry())
    sent = replace(delivery(), card_path=str(moved / name_of("b")), card_sha256="b" * 64)
    scene.store.deliveries.add([sent], entry())
    assert swept(scene, cards) == set(orphans)


def test_what_was_painted_just_now_stays_as_its_post_may_not_be_stored_yet(scene: Scene, tmp_path: Path) -> None:
    cards = tmp_path / "cards"
    for letter, age in (("a", SPARED / 2), ("b", timedelta(0)), ("c", -SPARED)):
        put(cards, name_of(letter), age=age)
    assert swept(scene, cards) == set()


def test_files_that_the_painter_never_wrote_are_left_alone(scene: Scene, tmp_path: Path) -> None:
    cards = tmp_path / "cards"
    for name in ("logo.png", "notes.txt", "a" * 63 + ".png", name_of("a", ".gif"), name_of("a", ".png.bak")):
        put(cards, name)
    assert swept(scene, cards) == set()


def test_without_a_folder_there_is_nothing_to_sweep(scene: Scene, tmp_path: Path) -> None:
    shelf = CardShelf(tmp_path / "nowhere")
    assert Sweeper(paths=scene.store.listing.cards, shelf=shelf).sweep(now=NINE) == 0


def test_a_card_that_is_asked_for_while_it_is_swept_stays(tmp_path: Path) -> None:
    path = put(tmp_path / "cards", name_of("a"))
    shelf = CardShelf(path.parent)
    assert [name for name, at in shelf.lying() if at <= OLD] == [path.name]
    os.utime(path, (NINE.timestamp(), NINE.timestamp()))
    assert not shelf.remove(path.name, before=NINE - SPARED)
    assert path.is_file()


@pytest.mark.parametrize("step", [0.0, 0.013, 0.029, 0.041])
def test_a_painter_that_is_killed_midway_leaves_whole_pictures_and_nothing_that_stays(
    tmp_path: Path, step: float
) -> None:
    out = tmp_path / "cards"
    command = [sys.executable, "-c", PAINT_MANY, str(ASSETS), str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        time.sleep(step)
        process.send_signal(signal.SIGKILL)
    cards = [path for path in out.iterdir() if path.suffix != ".part"]
    for path in cards:
        with Image.open(path) as picture:
            picture.load()
    CardShelf(out).remove_parts(since=0)
    assert sorted(out.iterdir()) == sorted(cards)
    assert cards
