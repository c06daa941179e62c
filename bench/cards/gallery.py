"""Paints the picture of all templates in the docs: `python bench/cards/gallery.py`, whenever a template has changed."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from scheduler.cards.frames import FRAMES
from scheduler.cards.sheet import SheetRequest, SheetRow, contact_sheet
from scheduler.cards.work import paint
from scheduler.domain.card import CardRequest, PaintedCard

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "images" / "templates.jpg"
_WIDEST = 1200
ITEMS = (
    "Write down your three most important questions",
    "Bring every medicine you take, even the drops",
    "Wear sleeves that roll up easily",
    "Ask someone to come along and listen",
)
TEXTS = {
    "editorial": "A cough that lasts longer than three weeks deserves a visit, even when you feel well.",
    "bold": "Sleep is still the first thing we prescribe.",
    "number": "3 of 4 patients who bring a written list of questions leave with every one of them answered.",
    "question": "Do I need an appointment for a flu shot? No. Walk in on any weekday before noon. It takes ten "
    "minutes, and you leave with the record for your employer.",
    "tips": "Before your first visit with us",
    "photo": "Twenty minutes under the trees will do more for your evening than an hour of scrolling.",
}


def main() -> None:
    """A template a row, a size a column."""
    with TemporaryDirectory() as folder:
        rows = tuple(
            SheetRow(label=name, cards=tuple(_painted(name, size, folder) for size in FRAMES)) for name in TEXTS
        )
        sheet = contact_sheet(SheetRequest(columns=tuple(FRAMES), rows=rows, out=f"{folder}/sheet.png"))
        with Image.open(sheet) as picture:
            picture.thumbnail((_WIDEST, picture.height), Image.Resampling.LANCZOS)
            picture.save(PICTURE, quality=82, subsampling=0, optimize=True)


def _painted(name: str, size: str, folder: str) -> str:
    listed = name == "tips"
    request = CardRequest(
        quote=TEXTS[name],
        heading=TEXTS[name] if listed else "",
        items=ITEMS if listed else (),
        name="Dr. Lena Marsh",
        role="General practitioner",
        address="book.example-clinic.com",
        template=name,
        size=size,
        assets=str(ROOT / "assets"),
        brand=str(ROOT / "assets" / "samples" / "linden"),
        out=folder,
    )
    card = paint((request,))[0]
    if not isinstance(card, PaintedCard):
        raise SystemExit(card.reason)
    return card.path


if __name__ == "__main__":
    main()
