"""What `speed.py` measures, row by row, on the same sentences in turn, and the bars that the rows must reach."""

from __future__ import annotations

import json
import random
import shutil
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageOps

from peers.workers import OURS, ROOT, Worker, wall_ms
from scheduler.dispatch.children import COMMAND

ASSETS = ROOT / "assets"
LINDEN = ASSETS / "samples" / "linden"
TEMPLATES = ("photo", "editorial", "bold", "number", "question", "tips")
CLEARANCE = (
    "Every card: 1080×1080, quote fitted and balanced, hairline, name, role, logo, business, address. Kept between\n"
    "cards: open fonts everywhere; our brand, template, decoded photo, its light, scaled logo, small lines, letters\n"
    "of a poster; what Satori and Takumi keep by themselves (Takumi its decoded photo). “Nothing kept” empties all\n"
    "our caches before each card. Satori is fitted by bisecting: it lays out the card anew for each size or, in the\n"
    "rows that say so, the text alone, which is the least it can be asked. Takumi gets the size, or bisects its own\n"
    "measure of the text where the row says fitted. All get the photo of 2500×1667 that we ask a business for;\n"
    "“cut” is Satori with one that was cut to the card beforehand."
)
_FACES = (
    ("font_source_serif_pro", "SourceSerifPro-Semibold.otf", "Serif", 600, "normal"),
    ("font_source_serif_pro", "SourceSerifPro-It.otf", "Serif", 400, "italic"),
    ("font_source_sans_pro", "SourceSansPro-Semibold.otf", "Sans", 600, "normal"),
    ("font_manrope", "Manrope-Bold.ttf", "Display", 700, "normal"),
)
_WORDS = {"name": "Dr. Lena Marsh", "role": "General practitioner", "address": "book.example-clinic.com"}
FORGETFUL = "quotidian, nothing kept"
SATORI = "Satori + resvg"
_GRADIENT_PNG, _PHOTO_JPEG = "gradient PNG", "photo JPEG"


@dataclass(slots=True)
class Row:
    """CPU or wall milliseconds by card, file sizes, and the most memory its process had."""

    name: str
    values: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    pss_mib: float = 0.0

    @property
    def median(self) -> float:
        """Of the milliseconds."""
        return statistics.median(self.values)

    @property
    def late(self) -> float:
        """The 95th percentile of the milliseconds."""
        return sorted(self.values)[int(0.95 * (len(self.values) - 1))]

    @property
    def kilobytes(self) -> float:
        """Median weight of the files."""
        return statistics.median(self.sizes) / 1000 if self.sizes else 0.0


@dataclass(slots=True, kw_only=True)
class Bench:
    """Where the peers are and what all renderers are given: fonts, a photo, a logo, a brand with and without photos."""

    peers: Path
    folder: Path
    save: Path | None

    def __post_init__(self) -> None:
        photo = _photo()
        photo.save(self.folder / "photo.jpg", quality=90)
        ImageOps.fit(photo, (1080, 1080)).save(self.folder / "cut.jpg", quality=90)
        with Image.open(LINDEN / "logo.png") as logo:
            white = ImageOps.contain(logo.convert("RGBA"), (104, 104))
            white.paste((255, 255, 255), (0, 0, *white.size), white.getchannel("A"))
            white.save(self.folder / "logo.png")
        with_photo = shutil.copytree(LINDEN, self.folder / "brand")
        shutil.copy(self.folder / "photo.jpg", with_photo)
        toml = with_photo / "brand.toml"
        toml.write_text('photos = [{ file = "photo.jpg" }]\n' + toml.read_text(encoding="utf-8"), encoding="utf-8")
        if self.save:
            self.save.mkdir(parents=True, exist_ok=True)

    def hello(self) -> dict[str, Any]:
        """What a peer reads before its first card."""
        fonts = [
            {"path": str(files(package) / "files" / file), "name": name, "weight": weight, "style": style}
            for package, file, name, weight, style in _FACES
        ]
        return {
            "fonts": fonts,
            "photo": str(self.folder / "photo.jpg"),
            "cut": str(self.folder / "cut.jpg"),
            "logo": str(self.folder / "logo.png"),
        }

    def request(self, sentence: str, ground: str, kind: str, template: str = "photo") -> dict[str, Any]:
        """The same card as a CardRequest of ours."""
        brand = self.folder / "brand" if ground == "photo" else LINDEN
        look = {"template": template, "format": kind, "assets": str(ASSETS), "brand": str(brand)}
        return {"quote": sentence, **_WORDS, **look, "out": str(self.folder / "cards")}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contest:
    """One row of the table: who renders what."""

    who: str
    ground: str
    kind: str
    options: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""

    @property
    def name(self) -> str:
        return f"{self.who}, {self.ground} {'JPEG' if self.kind == 'jpg' else 'PNG'}{self.note}"


def _contests() -> Iterator[_Contest]:
    text_alone = {"fit": "text"}
    for ground in ("gradient", "photo"):
        for kind in ("png", "jpg"):
            yield _Contest(who="quotidian", ground=ground, kind=kind)
            yield _Contest(who=FORGETFUL, ground=ground, kind=kind)
            yield _Contest(who=SATORI, ground=ground, kind=kind, note=", fitted")
            yield _Contest(who=SATORI, ground=ground, kind=kind, options=text_alone, note=", fitted by its text")
            yield _Contest(who="Takumi", ground=ground, kind=kind, options={"fit": False})
            yield _Contest(who="Takumi", ground=ground, kind=kind, note=", fitted")
    yield _Contest(who=SATORI, ground="cut", kind="jpg", options=text_alone, note=", fitted by its text")
    for name in TEMPLATES[1:]:
        yield _Contest(who="quotidian", ground=name, kind="png", options={"template": name})


def rows(bench: Bench, sentences: Sequence[str], *, warm_up: int) -> list[Row]:
    """Every sentence through every row in turn; the first `warm_up` are run once more before, uncounted."""
    found = [(contest, Row(contest.name)) for contest in _contests()]
    workers = {name: _worker(bench, name) for name in ("quotidian", FORGETFUL, SATORI, "Takumi")}
    sizes: dict[tuple[str, str], float] = {}
    for number, sentence in enumerate([*sentences[:warm_up], *sentences]):
        for contest, row in found:
            job = _job(bench, contest, sentence, sizes)
            if bench.save and number == warm_up:
                job["out"] = str(bench.save / f"{contest.name.replace(' ', '-').replace(',', '')}.{contest.kind}")
            answer = workers[contest.who].ask(job)
            if contest.who == "quotidian" and not contest.options:
                sizes[contest.ground, sentence] = answer["size"]
            if number >= warm_up:
                row.values.append(answer["cpu"])
                row.sizes.append(answer["bytes"])
    for contest, row in found:
        row.pss_mib = workers[contest.who].most_pss / 1024
    for worker in workers.values():
        worker.stop()
    return [row for _, row in found]


def cold_rows(bench: Bench, sentence: str, rounds: int) -> list[Row]:
    """One card each from nothing: the process that paints, the whole command, and the peers' scripts."""
    cards, picture = bench.folder / "cards", bench.folder / "cold.png"
    request = bench.request(sentence, "gradient", "png")
    limits = {"cpu_seconds": 30, "memory_mib": 1024, "file_mib": 64}
    child = {"functions": ["scheduler.cards.work:paint"], "unseen": 0, "limits": limits, "argument": [request]}
    quotidian = str(Path(sys.executable).with_name("quotidian"))
    command = (quotidian, "card", "--text", sentence, "--template", "photo", "--format", "png")
    peer = {**bench.hello(), "card": {"quote": sentence, **_WORDS, "business": "Linden Clinic"}, "ground": "gradient"}
    job = json.dumps({**peer, "format": "png", "fit": True, "once": True, "out": str(picture)}) + "\n"
    starts = {
        "quotidian, the painting process": (COMMAND, json.dumps(child), cards),
        "quotidian card, the whole command": (
            (*command, "--out", str(cards), "--workspace", str(bench.folder)),
            "",
            cards,
        ),
        f"{SATORI}, fitted": (("node", str(bench.peers / "satori.mjs")), job, picture),
        "Takumi, fitted": (("node", str(bench.peers / "takumi.mjs")), job, picture),
    }
    found = {name: Row(name) for name in starts}
    for number in range(rounds + 1):
        for name, (start, given, made) in starts.items():
            spent = wall_ms(start, given, made)
            if number:
                found[name].values.append(spent)
    return list(found.values())


def bars(found: Sequence[Row], cold: Sequence[Row]) -> list[tuple[str, bool]]:
    """What must hold, in words and figures, and whether it does."""
    by = {row.name: row for row in (*found, *cold)}

    def faster(kind: str, peer: str, note: str, least: float) -> tuple[str, bool]:
        times = by[f"{peer}, {kind}{note}"].median / by[f"quotidian, {kind}"].median
        return f"{kind}: {times:.1f} times as fast as {peer}{note}; the bar is {least:g}", times >= least

    start = by["quotidian, the painting process"].median / by[f"{SATORI}, fitted"].median
    memory = by[f"quotidian, {_GRADIENT_PNG}"].pss_mib / by[f"{SATORI}, {_GRADIENT_PNG}, fitted"].pss_mib
    return [
        faster(_GRADIENT_PNG, SATORI, ", fitted", 8),
        faster(_GRADIENT_PNG, "Takumi", "", 1),
        faster(_PHOTO_JPEG, SATORI, ", fitted", 15),
        (f"cold start: {start:.2f} of Satori's; the bar is 0.5", start <= 0.5),
        (f"PSS: {memory:.2f} of Satori's; the bar is 0.33", memory <= 1 / 3),
    ]


def _worker(bench: Bench, who: str) -> Worker:
    scripts = {SATORI: "satori.mjs", "Takumi": "takumi.mjs"}
    if who in scripts:
        return Worker(("node", str(bench.peers / scripts[who])), bench.hello())
    return Worker(OURS, {})


def _job(bench: Bench, contest: _Contest, sentence: str, sizes: Mapping[tuple[str, str], float]) -> dict[str, Any]:
    if contest.who in {"quotidian", FORGETFUL}:
        template = contest.options.get("template", "photo")
        request = bench.request(sentence, contest.ground, contest.kind, template)
        return {"request": request, "uncached": contest.who == FORGETFUL}
    return {
        "card": {"quote": f"“{sentence}”", **_WORDS, "business": "Linden Clinic"},
        "ground": contest.ground,
        "format": contest.kind,
        "fit": contest.options.get("fit", True),
        "size": sizes.get((contest.ground, sentence)),
    }


def _photo() -> Image.Image:
    """As large as we ask for, as detailed as a photograph: noise of every scale, the finer the weaker."""
    dice, size = random.Random(5), (2500, 1667)
    channels = []
    for _ in range(3):
        channel = Image.new("L", size, 128)
        for step in range(2, 11):
            cells = 2**step + 1
            noise = Image.frombytes("L", (cells, cells), dice.randbytes(cells * cells))
            fine = noise.resize(size, Image.Resampling.BICUBIC)
            strength = 0.8 / 1.7 ** (step - 2)
            channel = ImageChops.add(
                channel, fine.point([int((v - 128) * strength / 2 + 64) for v in range(256)]), 1, -64
            )
        channels.append(channel)
    return Image.merge("RGB", channels)
