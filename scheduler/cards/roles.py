"""Which colour has which part in a card, on each ground: all made of a brand's three, and all readable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from scheduler.cards.colour import contrast, from_lch, lch, mix, until

Role = Literal[
    # The quiet card.
    "paper",
    "ink",
    "strong",
    "accent",
    "muted",
    "line",
    "shape",
    # The brand's own colour as ground.
    "bold",
    "bold-text",
    "bold-muted",
    "bold-disc",
    "bold-sign",
    "bold-pill",
    "bold-pill-text",
    # A panel of the darker colour.
    "panel",
    "panel-text",
    "panel-muted",
    "panel-accent",
    "panel-tone",
    # A cool and a warm tint.
    "cool",
    "cool-strong",
    "cool-muted",
    "cool-shape",
    "cool-track",
    "warm",
    "warm-strong",
    "warm-accent",
    "warm-muted",
    "warm-line",
    # The brand's two colours by lightness, and what lies under and over photos.
    "deep",
    "bright",
    "night",
    "night-text",
    "night-muted",
    "night-line",
    "white",
]
ROLES: tuple[Role, ...] = get_args(Role)

_TEXT, _SURE, _STRONG = 4.5, 5.0, 5.5
_SEEN, _SEEN_ON_COLOUR = 1.45, 1.8
# Of what is read without words: dots and bars (WCAG 1.4.11).
_TOLD = 3.0
_GLARE = (0.75, 0.21)
_FULL, _A_SHADE = 0.05, 0.045
_VIVID, _AS_LIGHT = 0.18, 0.35
_LIGHT, _PALE = 0.95, 0.05


def ground_of(role: Role) -> Role:
    """The ground that a text of this colour is made for."""
    first = role.partition("-")[0]
    return "paper" if first == role or first not in ROLES else first


def palette(primary: str, secondary: str, neutral: str) -> Mapping[str, str]:
    """Every role's "#rrggbb", from a brand's three."""
    deep, bright = sorted((primary, secondary), key=lambda colour: lch(colour)[0])
    paper = _paper(neutral)
    ink = _tinted(deep, 0.235, 0.04, 0.6)
    return {
        **_on_paper(deep, bright, paper, ink),
        **_on_primary(primary, secondary, deep, paper, ink),
        **_on_panel(deep, bright, paper),
        **_on_cool(deep, bright, ink),
        **_on_warm(deep, bright, ink),
        **_on_night(_tinted(deep, 0.17, 0.035, 0.5)),
        "deep": deep,
        "bright": bright,
        "white": "#ffffff",
    }


def _on_paper(deep: str, bright: str, paper: str, ink: str) -> dict[str, str]:
    return {
        "paper": paper,
        "ink": ink,
        "strong": until(deep, paper, _STRONG),
        "accent": _accent(bright, deep, paper),
        "muted": _muted(ink, paper),
        "line": mix(ink, paper, 0.80),
        "shape": _shape(bright, deep, paper),
    }


def _on_primary(primary: str, secondary: str, deep: str, paper: str, ink: str) -> dict[str, str]:
    ground = _ground(primary, deep)
    text = until(_readable(ground, deep, paper, ink, least=_TEXT), ground, _TEXT)
    seen = contrast(secondary, ground) >= _SEEN_ON_COLOUR and not _flickers(secondary, ground)
    pill = secondary if seen else text
    return {
        "bold": ground,
        "bold-text": text,
        "bold-muted": until(mix(text, ground, 0.25), ground, _SURE),
        "bold-disc": _calm(ground, text, 0.09),
        "bold-sign": pill,
        "bold-pill": pill,
        "bold-pill-text": until(_on_pill(pill, deep, paper, ink), pill, _TEXT),
    }


def _on_panel(deep: str, bright: str, paper: str) -> dict[str, str]:
    panel = until(deep, paper, _STRONG)
    return {
        "panel": panel,
        "panel-text": paper,
        "panel-muted": until(mix(paper, panel, 0.12), panel, _SURE),
        "panel-accent": until(bright, panel, _TEXT),
        "panel-tone": _calm(panel, paper, 0.07),
    }


def _on_cool(deep: str, bright: str, ink: str) -> dict[str, str]:
    cool = _tinted(deep, 0.915, 0.034, 0.48)
    strong = until(deep, cool, _STRONG)
    return {
        "cool": cool,
        "cool-strong": strong,
        "cool-muted": _muted(ink, cool),
        "cool-shape": until(_shape(bright, deep, cool), cool, _TOLD),
        "cool-track": mix(strong, cool, 0.82),
    }


def _on_warm(deep: str, bright: str, ink: str) -> dict[str, str]:
    warm = _tinted(bright, 0.945, 0.05, 0.42)
    strong = until(deep, warm, _STRONG)
    return {
        "warm": warm,
        "warm-strong": strong,
        "warm-accent": _accent(bright, deep, warm),
        "warm-muted": _muted(ink, warm),
        "warm-line": mix(strong, warm, 0.72),
    }


def _on_night(night: str) -> dict[str, str]:
    return {
        "night": night,
        "night-text": "#ffffff",
        "night-muted": mix("#ffffff", night, 0.12),
        "night-line": mix("#ffffff", night, 0.55),
    }


def _paper(neutral: str) -> str:
    """Light enough to read on, and pale enough to be taken for paper."""
    level, chroma, hue = lch(neutral)
    if level >= _LIGHT and chroma <= _PALE:
        return neutral
    return from_lch((max(level, _LIGHT), min(chroma, _PALE), hue))


def _ground(colour: str, deep: str) -> str:
    """The colour as a whole card: without the glare of a light and vivid one, and a shade deeper where that is all
    that light text on a full colour needs."""
    level, chroma, hue = lch(colour)
    if level > _GLARE[0] and chroma > _GLARE[1]:
        return from_lch((level, _GLARE[1], hue))
    deeper = until(colour, "#ffffff", _TEXT)
    full = chroma > _FULL and contrast(deep, colour) < _TEXT
    return deeper if full and level - lch(deeper)[0] <= _A_SHADE else colour


def _flickers(one: str, two: str) -> bool:
    """Whether an edge between the two seems to move: both vivid and about as light."""
    (first, chroma, _), (second, other, _) = lch(one), lch(two)
    return min(chroma, other) > _VIVID and abs(first - second) < _AS_LIGHT


def _tinted(colour: str, lightness: float, most_chroma: float, share: float) -> str:
    _, chroma, hue = lch(colour)
    return from_lch((lightness, min(most_chroma, share * chroma), hue))


def _accent(bright: str, deep: str, ground: str) -> str:
    """The brighter colour where it can be made readable without becoming another; else the darker one."""
    moved = until(bright, ground, _TEXT)
    return moved if abs(lch(moved)[0] - lch(bright)[0]) <= 0.20 else until(deep, ground, _TEXT)


def _muted(text: str, ground: str) -> str:
    return until(mix(text, ground, 0.34), ground, _SURE)


def _shape(bright: str, deep: str, ground: str) -> str:
    return next((colour for colour in (bright, deep) if contrast(colour, ground) >= _SEEN), until(deep, ground, 5.5))


def _readable(ground: str, deep: str, paper: str, ink: str, *, least: float) -> str:
    """The darker colour where it will do; else light text where it can be read: it is clearer on full colours."""
    if contrast(deep, ground) >= least:
        return deep
    return paper if contrast("#ffffff", ground) >= least else ink


def _on_pill(pill: str, deep: str, paper: str, ink: str) -> str:
    if contrast(ink, pill) < contrast(paper, pill):
        return paper
    return deep if contrast(deep, pill) >= _SURE else ink


def _calm(ground: str, text: str, share: float) -> str:
    """The ground with a share of the text's colour in it, less of it where the text could no longer be read on it."""
    steps = (mix(ground, text, share * part / 4) for part in (4, 3, 2, 1))
    return next((tone for tone in steps if contrast(text, tone) >= _TEXT + 0.1), ground)
