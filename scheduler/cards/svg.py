"""Vector logos into pixels. An SVG file is a program of sorts, so what it may ask for is checked before it is drawn."""

from __future__ import annotations

import io
import re
from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

import resvg_py
from PIL import Image

_SVG = "http://www.w3.org/2000/svg"
_MOST_NODES = 5_000
_MOST_DRAWN = 5_000
_MOST_RULES = 200
_DEEPEST = 60
_SKETCH_PX = 400
_LARGEST_PX = 2400
_OUTLINE = "Turn text into outlines, flatten effects and pictures, and save it as plain SVG, or take a PNG."
# What loads files, runs, costs without bound, or would look different on every machine.
_REFUSED = {"image", "feImage", "filter", "foreignObject", "script", "pattern", "marker"}
_INSIDE = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
# What makes a layer of its own, which costs as much as so many plain shapes.
_LAYER = re.compile(r"(?<![\w-])(?:mask|clip-path|opacity|mix-blend-mode|isolation)\b")
_LAYER_COST = 25
_SELECTED = re.compile(r"[.#]?[\w-]+|\*")


class Unusable(ValueError):
    """This vector picture isn't drawn; the message says why, `hint` what to do."""

    def __init__(self, message: str, hint: str = _OUTLINE) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(slots=True)
class _Node:
    name: str
    classes: list[str]
    refers: list[str]
    layered: bool
    children: list[_Node] = field(default_factory=list)


class _Rule(NamedTuple):
    selects: set[str]
    refers: list[str]
    layered: bool


def rendered(data: bytes, *, height: int, widest: int) -> Image.Image:
    """The drawing's ink in RGBA, about `height` pixels high or `widest` wide, whichever comes first.

    Raises Unusable.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unusable("is not UTF-8 text", "Save it as plain SVG.") from None
    _Reading().check(text)
    box = _drawn(text, _SKETCH_PX).getchannel("A").getbbox()
    if box is None:
        raise Unusable("is empty: nothing in it is drawn")
    grown = min(height / (box[3] - box[1]), widest / (box[2] - box[0]))
    image = _drawn(text, min(_LARGEST_PX, max(1, round(_SKETCH_PX * grown))))
    return image.crop(image.getchannel("A").getbbox())


def _drawn(text: str, side: int) -> Image.Image:
    """The whole drawing within a square of `side` pixels, without any font."""
    try:
        png = resvg_py.svg_to_bytes(svg_string=text, skip_system_fonts=True, dpi=96, width=side, height=side)
    except ValueError as error:
        raise Unusable(f"can't be drawn ({str(error)[:120]})") from error
    with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
        return image.convert("RGBA")


class _Reading:
    """One pass over the file: what it holds, and how much drawing its references come to."""

    def __init__(self) -> None:
        self._open: list[_Node] = []
        self._by_id: dict[str, _Node] = {}
        self._styles: list[str] = []
        self._rules: list[_Rule] = []
        self._weights: dict[int, int] = {}
        self._count = 0

    def check(self, text: str) -> None:
        """Raises Unusable for what is never drawn, or would be too much."""
        parser = expat.ParserCreate("utf-8", " ")
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler, parser.EntityDeclHandler = self._characters, self._entity
        try:
            parser.Parse(text.encode(), True)
        except expat.ExpatError as error:
            raise Unusable(f"is not XML ({expat.errors.messages[error.code]}, line {error.lineno})") from error
        self._rules = _rules("".join(self._styles))
        for node in self._by_id.values():
            self._weight(node, deque(), 0)

    def _entity(self, *_: object) -> None:
        raise Unusable("defines entities, which aren't read", "Save it as plain SVG.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        space, _, local = name.rpartition(" ")
        if not self._open and (space, local) != (_SVG, "svg"):
            raise Unusable("is no SVG", "Save it as plain SVG.")
        if space == _SVG and local in _REFUSED:
            raise Unusable(f"has a “{local}” in it, which isn't drawn here")
        if self._count > _MOST_NODES or len(self._open) > _DEEPEST:
            raise Unusable("is too intricate for a logo")
        links = [value.strip() for key, value in attributes.items() if key.rpartition(" ")[2] == "href"]
        if local != "a" and not all(link.startswith("#") for link in links):
            raise Unusable("refers to another file or picture")
        within = _INSIDE.findall(" ".join(attributes.values()))
        refers = [*within, *(link[1:] for link in links if local != "a")]
        layered = bool(_LAYER.search(" ".join((*attributes, attributes.get("style", "")))))
        node = _Node(local, attributes.get("class", "").split(), refers, layered)
        (self._open[-1].children if self._open else []).append(node)
        self._open.append(node)
        self._by_id[attributes.get("id") or f" {self._count}"] = node

    def _end(self, _: str) -> None:
        self._open.pop()

    def _characters(self, words: str) -> None:
        inside = {node.name for node in self._open}
        if "style" in inside:
            self._styles.append(words)
        elif "text" in inside and words.strip():
            raise Unusable("has text in it that isn't turned into outlines")

    def _weight(self, node: _Node, above: deque[int], depth: int) -> int:
        """How many elements are drawn for this one, with all that it refers to."""
        if id(node) in above or depth > 4 * _DEEPEST:
            raise Unusable("refers to itself")
        if id(node) not in self._weights:
            above.append(id(node))
            rules = self._styling(node)
            named = [*node.refers, *(name for rule in rules for name in rule.refers)]
            parts = [*node.children, *(self._by_id[name] for name in named if name in self._by_id)]
            own = _LAYER_COST if node.layered or any(rule.layered for rule in rules) else 1
            total = own + sum(self._weight(part, above, depth + 1) for part in parts)
            above.pop()
            if total > _MOST_DRAWN:
                raise Unusable("is too intricate for a logo")
            self._weights[id(node)] = total
        return self._weights[id(node)]

    def _styling(self, node: _Node) -> list[_Rule]:
        """The rules of the style sheet that may hold for this element."""
        words = {f".{name}" for name in node.classes} | {node.name, "*"}
        return [rule for rule in self._rules if words & rule.selects]


def _rules(style: str) -> list[_Rule]:
    """Those of a style sheet that refer to something or make layers."""
    rules = [
        _Rule(set(_SELECTED.findall(head)), _INSIDE.findall(body), bool(_LAYER.search(body)))
        for head, body in _RULE.findall(style)
    ]
    found = [rule for rule in rules if rule.refers or rule.layered]
    if len(found) > _MOST_RULES:
        raise Unusable("is too intricate for a logo")
    return found
