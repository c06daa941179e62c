"""A brand is a folder as people have it: a logo, some photos, one font, a file with a line or none."""

from __future__ import annotations

import dataclasses
from importlib.resources import files
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageDraw

from scheduler.cards import brand, photos
from scheduler.cards.fontfiles import load as load_font
from scheduler.cards.work import draw, paint
from scheduler.domain.card import CardRequest, PaintedCard
from scheduler.domain.errors import CardRefused

ASSETS = Path(__file__).parents[2] / "assets"
MANROPE = files("font_manrope") / "files"


def told(folder: Path, text: str) -> brand.Brand:
    (folder / "brand.toml").write_text(text, "utf-8")
    return brand.load(folder)


def refusal(folder: Path, text: str) -> CardRefused:
    with pytest.raises(CardRefused) as caught:
        told(folder, text)
    return caught.value


def photo(path: Path, colour: str = "navy", size: tuple[int, int] = (800, 600)) -> Path:
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", size, colour).save(path)
    return path


def mark(path: Path) -> None:
    image = Image.new("RGBA", (90, 60))
    ImageDraw.Draw(image).rectangle((10, 10, 70, 50), fill="teal")
    image.save(path)


def test_a_folder_without_a_file_gives_its_logo_and_its_photos(tmp_path: Path) -> None:
    mark(tmp_path / "logo.png")
    photo(tmp_path / "photos" / "b.jpg")
    photo(tmp_path / "photos" / "a.webp")
    (tmp_path / "photos" / "notes.txt").write_text("not a photo")
    look = brand.load(tmp_path)
    assert look.logo
    assert [each.path.name for each in look.photos] == ["a.webp", "b.jpg"]


def test_what_the_file_says_of_logo_and_photos_holds(tmp_path: Path) -> None:
    mark(tmp_path / "logo.png")
    photo(tmp_path / "photos" / "a.jpg")
    look = told(tmp_path, 'logo = ""\nphotos = []')
    assert (look.logo, look.photos) == (None, ())


def test_photos_are_named_as_a_folder_a_file_or_a_table(tmp_path: Path) -> None:
    for name in ("one/a.jpg", "one/b.jpg", "c.jpg", "d.jpg"):
        photo(tmp_path / name)
    look = told(tmp_path, 'photos = ["one", "c.jpg", { file = "d.jpg", focus = [0.2, 0.9] }]')
    assert [each.path.name for each in look.photos] == ["a.jpg", "b.jpg", "c.jpg", "d.jpg"]
    assert look.photos[3].focus == (0.2, 0.9)
    assert len(told(tmp_path, 'photos = "one"').photos) == 2


@pytest.mark.parametrize(
    ("text", "line", "setting", "words"),
    [
        ('name = "A"\n[colours]\nprimary = "greenish"', 3, "colours.primary", "greenish"),
        ("[colours]\nprimary = #123456", 2, "", "TOML"),
        ('logo = "there.png"', 1, "logo", "there.png"),
        ('photos = ["there"]', 1, "photos", "there"),
        ('name = "A"\nnmae = "B"', 2, "nmae", "nmae"),
        ('[fonts]\nserif-450 = "a.ttf"', 1, "fonts", "serif-450"),
        ('[fonts]\nserif = "a.ttf"', 2, "fonts.serif", "a.ttf"),
        ('wordmark = "comic"', 1, "wordmark", "comic"),
    ],
)
def test_a_mistake_is_told_with_file_line_key_and_a_way_out(
    tmp_path: Path, text: str, line: int, setting: str, words: str
) -> None:
    error = refusal(tmp_path, text)
    assert (Path(error.path).name, error.line, error.setting) == ("brand.toml", line, setting)
    assert words in error.message
    assert error.hint


def test_a_variable_font_stands_for_a_family_at_each_faces_weight(tmp_path: Path) -> None:
    (tmp_path / "ours.ttf").write_bytes((MANROPE / "Manrope-VariableFont_wght.ttf").read_bytes())
    fonts = told(tmp_path, '[fonts]\nserif = "ours.ttf"').fonts
    widths = [load_font(fonts.file(f"serif-{weight}"), 100).getlength("Hamburg") for weight in (400, 600, 700)]
    assert widths == sorted(set(widths))
    assert fonts.file("sans-600").path != str(tmp_path / "ours.ttf")


def test_a_face_of_its_own_comes_before_its_family(tmp_path: Path) -> None:
    for name in ("Manrope-Bold.ttf", "Manrope-Light.ttf"):
        (tmp_path / name).write_bytes((MANROPE / name).read_bytes())
    fonts = told(tmp_path, '[fonts]\nserif = "Manrope-Light.ttf"\nserif-700 = "Manrope-Bold.ttf"').fonts
    assert fonts.file("serif-700").path.endswith("Bold.ttf")
    assert fonts.file("serif-400").path.endswith("Light.ttf")


def test_a_photo_is_shown_upright_in_the_colours_of_the_screen(tmp_path: Path) -> None:
    path, turned = tmp_path / "a.jpg", Image.Exif()
    turned[0x0112] = 6
    image = Image.new("RGB", (800, 600), "black")
    image.paste((200, 30, 30), (0, 0, 400, 600))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image.save(path, exif=turned, icc_profile=profile, quality=95)
    seen = photos.fitted(photos.BrandPhoto(path=path, focus=(0.5, 0.5)), (300, 300)).image
    assert seen.getpixel((150, 50)) == pytest.approx((200, 30, 30), abs=6)
    assert seen.getpixel((150, 250)) == pytest.approx((0, 0, 0), abs=6)


@pytest.mark.parametrize(
    ("mode", "colour", "kind", "seen"),
    [
        ("CMYK", (0, 255, 255, 0), "jpg", (254, 0, 0)),
        ("I;16", 40000, "png", (156, 156, 156)),
        ("RGBA", (0, 0, 0, 0), "png", (255, 255, 255)),
        ("L", 77, "webp", (77, 77, 77)),
        ("1", 1, "png", (255, 255, 255)),
    ],
)
def test_photos_of_every_kind_of_colour_are_read(
    tmp_path: Path, mode: str, colour: int | tuple[int, ...], kind: str, seen: tuple[int, int, int]
) -> None:
    path = tmp_path / f"a.{kind}"
    Image.new(mode, (500, 500), colour).save(path)
    fitted = photos.fitted(photos.BrandPhoto(path=path, focus=(0.5, 0.5)), (300, 300))
    assert fitted.image.getpixel((9, 9)) == pytest.approx(seen, abs=3)


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"GIF89a...", "GIF"), (b"\0\0\0\x18ftypheic", "HEIC"), (b"\0\0\0\x18ftypavif", "AVIF"), (b"%PDF-1.7", "PDF")],
)
def test_what_people_take_for_a_photo_is_refused_by_its_name(tmp_path: Path, data: bytes, kind: str) -> None:
    (tmp_path / "a.jpg").write_bytes(data)
    with pytest.raises(CardRefused, match=f"a {kind} file"):
        photos.fitted(photos.BrandPhoto(path=tmp_path / "a.jpg", focus=(0.5, 0.5)), (300, 300))


@pytest.mark.parametrize(("side", "note"), [(1080, ()), (500, "soft")])
def test_a_small_photo_is_told(tmp_path: Path, side: int, note: str | tuple[()]) -> None:
    photo(tmp_path / "photos" / "a.png", size=(side, side))
    card = paint(
        (
            CardRequest(
                quote="Rest.", template="photo", assets=str(ASSETS), brand=str(tmp_path), out=str(tmp_path / "o")
            ),
        )
    )[0]
    assert isinstance(card, PaintedCard)
    assert bool(card.warnings) == bool(note)
    assert not note or any(str(note) in warning for warning in card.warnings)


def test_a_tiny_photo_is_refused(tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg", size=(300, 200))
    with pytest.raises(CardRefused, match="too small for a card: 300 by 200"):
        photos.fitted(photos.BrandPhoto(path=path, focus=(0.5, 0.5)), (1080, 1080))


def test_the_handle_stands_where_a_card_names_nobody(tmp_path: Path) -> None:
    look = told(tmp_path, 'handle = "@garden.street"')
    request = CardRequest(quote="Rest.", template="editorial", assets=str(ASSETS), brand=str(tmp_path), out="")
    said = [line.text for line in draw(request, look).spec.lines]
    assert "@garden.street" in said
    named = draw(dataclasses.replace(request, name="Ada Wren"), look)
    assert "@garden.street" not in [line.text for line in named.spec.lines]
    assert "@garden.street" not in named.alt_text
