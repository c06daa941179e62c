"""Cards: samples in the look of the brand, and uploads that are tried before they count."""

from __future__ import annotations

import io
from threading import BoundedSemaphore

import pytest
from PIL import Image

from scheduler.bootstrap import App
from scheduler.bootstrap.brandfiles import BrandFiles
from scheduler.bootstrap.samples import Samples, requests_of, samples_of
from scheduler.domain.card import PaintedCard
from scheduler.domain.errors import NotAllowedNow
from tests.web.visitor import Visitor


def picture(form: str = "PNG", size: tuple[int, int] = (60, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#0b5b8c").save(out, form)
    return out.getvalue()


def brand(app: App) -> BrandFiles:
    return BrandFiles(folder=app.folders.assets / "brand")


def test_every_template_is_painted_once_and_served_small(empty: App) -> None:
    ann = Visitor(empty)
    answer = ann.get("/cards/sample/square/editorial")
    assert answer.headers["content-type"] == "image/webp"
    assert Image.open(io.BytesIO(answer.content)).size == (640, 640)
    key, requests = requests_of(empty, "square")
    known = samples_of(empty.folders.var / "samples").known(key)
    assert {one.template for one in requests} == {name for name, card in known.items() if isinstance(card, PaintedCard)}


def test_a_new_logo_takes_the_place_of_the_old_and_keeps_it(empty: App) -> None:
    ann, (before, _) = Visitor(empty), requests_of(empty, "square")
    first, second = picture(), picture(size=(90, 30))
    for data in (first, second):
        assert ann.post("/cards/logo", files={"logo": ("x.png", data)}).status_code == 303
    folder = brand(empty).folder
    assert ((folder / "logo.png").read_bytes(), (folder / "before-logo.png").read_bytes()) == (second, first)
    assert requests_of(empty, "square")[0] != before
    assert empty.store.journal.audit("brand")[-1].what == "put in a logo"


def test_a_photo_gets_a_name_of_ours(empty: App) -> None:
    data = picture("JPEG", (800, 800))
    Visitor(empty).post("/cards/photo", files={"photo": ("../../<script>.jpg", data)})
    (name,) = brand(empty).photos
    assert name.startswith("photo-")
    assert name.endswith(".jpg")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("logo.png", b"no picture"),
        ("logo.exe", picture()),
        ("logo", picture()),
        ("", b""),
        ("logo.svg", b'<!DOCTYPE x [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'),
        ("logo.png", picture()[:60]),
    ],
)
def test_what_is_no_logo_is_refused_and_changes_nothing(empty: App, name: str, data: bytes) -> None:
    answer = Visitor(empty).post("/cards/logo", files={"logo": (name, data)})
    assert answer.status_code == 409
    assert 'aria-invalid="true"' in answer.text
    assert str(empty.folders.root) not in answer.text
    assert "/tmp" not in answer.text
    assert brand(empty).logo == ""


def test_a_logo_that_the_brand_file_names_is_not_overruled(empty: App) -> None:
    (brand(empty).folder / "brand.toml").write_text('logo = "own.svg"\n')
    answer = Visitor(empty).post("/cards/logo", files={"logo": ("x.png", picture())})
    assert "brand.toml names its logo itself" in answer.text
    assert brand(empty).logo == ""


def test_a_template_that_is_none_has_no_picture(empty: App) -> None:
    assert Visitor(empty).get("/cards/sample/square/..%2f..%2fsettings").status_code == 404


def test_while_many_wait_for_samples_others_are_asked_to_come_back(empty: App) -> None:
    key, requests = requests_of(empty, "square")
    samples = Samples(empty.folders.var / "samples")
    samples._room = BoundedSemaphore(1)
    samples._room.acquire()
    with pytest.raises(NotAllowedNow):
        samples.picture(key, requests, "editorial")
    assert samples.known(key) == {}
