"""Pictures that posts bring along: from a file or an address, copied once, and refused when they are none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scheduler.bootstrap import hostile
from scheduler.bootstrap.folders import Folders
from scheduler.bootstrap.queued import _picture_at
from scheduler.domain.card import CardRequest, PaintedCard, RefusedCard
from scheduler.domain.errors import AddressRefused, FileUnusable, PageUnusable
from scheduler.domain.page import FetchedPicture, PictureRequest
from scheduler.fetching.work import fetch_picture
from scheduler.readers.picturefile import keep_all, keep_fetched
from scheduler.testing.samples import picture
from tests.servers.web import Pieces, Web, answer, serving

PNG = b"Content-Type: image/png\r\n"


@pytest.fixture
def web() -> Iterator[Web]:
    pictures: dict[str, Callable[[], bytes | Pieces]] = {
        "/walk.png": lambda: answer(picture(shade=9), head=PNG),
        "/page": answer,
    }
    with serving(Web(names={"pictures.test": ["93.184.216.34"]}, extra=pictures)) as found:
        yield found


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    for name in ("posts/queue/deep", "assets", "var"):
        (tmp_path / name).mkdir(parents=True)
    return Folders(root=tmp_path, posts=tmp_path / "posts", assets=tmp_path / "assets", var=tmp_path / "var")


def kept(path: Path, out: Path) -> PaintedCard | RefusedCard:
    (result,) = keep_all((CardRequest(quote="", assets="", out=str(out), picture=str(path)),))
    return result


def test_a_picture_is_copied_as_it_is_so_that_what_was_approved_stays(tmp_path: Path) -> None:
    (tmp_path / "walk.png").write_bytes(picture(shade=9))
    card = kept(tmp_path / "walk.png", tmp_path)
    assert isinstance(card, PaintedCard)
    (tmp_path / "walk.png").write_bytes(picture(shade=8))
    assert Path(card.path).read_bytes() == picture(shade=9)
    assert card.sha256 == hashlib.sha256(picture(shade=9)).hexdigest()
    assert (card.width, card.height, card.format) == (64, 64, "png")


@pytest.mark.parametrize("data", [b"", b"no picture", picture()[:-30], b"GIF89a" + b"\0" * 50])
def test_what_is_no_picture_is_refused_with_a_way_out(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "walk.png").write_bytes(data)
    result = kept(tmp_path / "walk.png", tmp_path)
    assert isinstance(result, RefusedCard)
    assert result.hint == "Save it anew as PNG or JPEG."


def test_a_picture_that_is_gone_is_refused(tmp_path: Path) -> None:
    result = kept(tmp_path / "none.png", tmp_path)
    assert isinstance(result, RefusedCard)
    assert "can't be read" in result.reason


def test_the_picture_at_an_address_is_fetched_and_kept(web: Web, tmp_path: Path) -> None:
    request = PictureRequest(address="http://pictures.test/walk.png", out=str(tmp_path))
    fetched = fetch_picture(request, network=web.network)
    assert fetched == FetchedPicture(data=picture(shade=9), out=str(tmp_path))
    card = keep_fetched(fetched)
    assert isinstance(card, PaintedCard)
    assert Path(card.path).read_bytes() == picture(shade=9)


def test_a_page_is_no_picture_and_an_address_at_home_is_never_asked(web: Web, tmp_path: Path) -> None:
    with pytest.raises(PageUnusable, match="There is no picture at this address"):
        fetch_picture(PictureRequest(address="http://pictures.test/page", out=str(tmp_path)), network=web.network)
    with pytest.raises(AddressRefused):
        fetch_picture(PictureRequest(address="http://127.0.0.1/walk.png", out=str(tmp_path)), network=web.network)


def test_pictures_and_cards_that_can_not_be_had_come_back_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "walk.png").write_bytes(picture())
    wished = ("http://127.0.0.1/home.png", str(tmp_path / "walk.png"), str(tmp_path / "none.png"))
    results = hostile.paint([CardRequest(quote="", assets="", out=str(tmp_path), picture=one) for one in wished])
    assert [isinstance(one, PaintedCard) for one in results] == [False, True, False]
    assert isinstance(results[0], RefusedCard)
    assert results[0].reason.startswith("Its picture can't be fetched.")


def test_a_picture_is_looked_for_beside_the_table_and_never_outside_of_the_workspace(folders: Folders) -> None:
    table = "posts/queue/deep/a.csv"
    (folders.posts / "queue" / "deep" / "near.png").write_bytes(picture())
    (folders.posts / "logo.png").write_bytes(picture())
    assert _picture_at(folders, table, "near.png") == "posts/queue/deep/near.png"
    assert _picture_at(folders, table, "logo.png") == "posts/logo.png"
    assert _picture_at(folders, table, "https://a.example/x.png") == "https://a.example/x.png"
    (folders.root.parent / "secret.png").write_bytes(picture())
    (folders.root / "notes.txt").write_text("x", "utf-8")
    for words in (
        "../../../../secret.png",
        str(folders.root.parent / "secret.png"),
        "notes.txt",
        "none.png",
        "x" * 4000,
    ):
        with pytest.raises(FileUnusable):
            _picture_at(folders, table, words)
