"""A contact sheet shows each card once, in rows, however different their shapes are."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from scheduler.bootstrap import hostile


def test_cards_of_every_shape_stand_in_rows_at_one_height(tmp_path: Path) -> None:
    shapes = {"red": (1080, 1080), "green": (1600, 900), "blue": (1080, 1920)}
    for colour, size in shapes.items():
        Image.new("RGB", size, colour).save(tmp_path / f"{colour}.png")
    rows = {"one": [str(tmp_path / "red.png"), str(tmp_path / "green.png")], "two": [str(tmp_path / "blue.png"), ""]}
    with Image.open(hostile.contact_sheet(["left", "right"], rows, tmp_path / "sheet.png")) as sheet:
        counted = sheet.convert("RGB").getcolors(1 << 20) or []
        areas = {colour: count for count, colour in counted}
        blue = [at for at in range(sheet.width) if sheet.getpixel((at, sheet.height - 100)) == (0, 0, 255)]
        red = [at for at in range(sheet.width) if sheet.getpixel((at, 200)) == (255, 0, 0)]
    assert areas[(255, 0, 0)] == 540 * 540
    assert areas[(0, 128, 0)] == 960 * 540
    assert areas[(0, 0, 255)] == 304 * 540
    assert red[0] == blue[0]
