"""Which way each character runs: the Unicode Bidirectional Algorithm (UAX #9) for text without embeddings.

Tidied text holds no embedding, override or isolate, so what is left of the algorithm are its implicit rules, named here
as there. Mirrored glyphs are the shaping engine's work.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TypeVar

_T = TypeVar("_T")

# Where Unicode keeps all letters and numbers that run from the right.
_BACKWARD = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_RIGHT = frozenset({"R", "AL"})
_STRONG = _RIGHT | {"L"}
_SEPARATORS = frozenset({"ES", "ET", "CS"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON"})
_RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "az-arab", "ckb", "dv", "fa", "he", "iw", "ku-arab", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)


def direction(text: str, language: str = "") -> str:
    """The text's base direction, ltr or rtl.

    Texts in a language that runs from the right do so wherever they hold such a letter, though they begin with a Latin
    name; others do when most of their letters do.
    """
    if is_one_way(text):
        return "ltr"
    classes = [unicodedata.bidirectional(character) for character in text]
    right = sum(kind in _RIGHT for kind in classes)
    if not right:
        return "ltr"
    if runs_right_to_left(language):
        return "rtl"
    left = classes.count("L")
    first = next(kind for kind in classes if kind == "L" or kind in _RIGHT)
    return "rtl" if right > left or (right == left and first in _RIGHT) else "ltr"


def runs_right_to_left(language: str) -> bool:
    """Whether the language (a BCP 47 tag) is written from the right."""
    tag = language.lower()
    return tag in _RIGHT_TO_LEFT or tag.split("-")[0] in _RIGHT_TO_LEFT


def is_one_way(text: str) -> bool:
    """Whether nothing in the text runs from the right."""
    return not _BACKWARD.search(text)


@lru_cache(maxsize=256)
def levels(text: str, base: str) -> tuple[int, ...]:
    """The embedding level of each character of a paragraph: odd ones run from the right."""
    level = 1 if base == "rtl" else 0
    edge = "R" if level else "L"
    kinds = [unicodedata.bidirectional(character) or "L" for character in text]
    _resolve_weak(kinds, edge)
    _resolve_brackets(text, kinds, edge)
    _resolve_neutral(kinds, edge)
    return tuple(_implicit(kind, level) for kind in kinds)


def visual(runs: Sequence[tuple[int, _T]]) -> list[_T]:
    """Runs of one level each, given as they are read, in the order in which they stand from left to right (L2)."""
    order = list(runs)
    if not order:
        return []
    highest = max(level for level, _ in order)
    lowest_odd = min((level for level, _ in order if level % 2), default=highest + 1)
    for level in range(highest, lowest_odd - 1, -1):
        order = [
            run
            for inside, group in groupby(order, key=lambda run: run[0] >= level)
            for run in (reversed(list(group)) if inside else list(group))
        ]
    return [run for _, run in order]


def _resolve_weak(kinds: list[str], edge: str) -> None:
    previous, strong = edge, edge
    for index, kind in enumerate(kinds):
        kinds[index] = previous = _in_context(kind, previous, strong)
        strong = previous if previous in _STRONG else strong
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]  # W3
    for index in range(1, len(kinds) - 1):  # W4
        before, kind, after = kinds[index - 1 : index + 2]
        if before == after and ((kind in {"ES", "CS"} and before == "EN") or (kind == "CS" and before == "AN")):
            kinds[index] = before
    _resolve_terminators(kinds)
    strong = edge
    for index, kind in enumerate(kinds):
        if kind in _SEPARATORS:  # W6
            kinds[index] = "ON"
        elif kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "L":  # W7
            kinds[index] = "L"


def _in_context(kind: str, previous: str, strong: str) -> str:
    """W1: marks go with what they stand on. W2: numbers after an Arabic letter are Arabic ones."""
    if kind in {"NSM", "BN"}:
        kind = previous
    return "AN" if kind == "EN" and strong == "AL" else kind


def _resolve_terminators(kinds: list[str]) -> None:
    """W5: signs such as % and € go with the European number beside them."""
    for kind, start, end in _spans(kinds, lambda kind: kind == "ET"):
        if kind and "EN" in (*kinds[max(0, start - 1) : start], *kinds[end : end + 1]):
            kinds[start:end] = ["EN"] * (end - start)


def _resolve_brackets(text: str, kinds: list[str], edge: str) -> None:
    """N0: both brackets of a pair take the direction of what they enclose, or of what stands before them."""
    for start, end in sorted(_pairs(text, kinds)):
        inside = {_strong(kind) for kind in kinds[start + 1 : end]} - {""}
        if not inside:
            continue
        found = edge
        if edge not in inside:
            before = next((side for kind in reversed(kinds[:start]) if (side := _strong(kind))), edge)
            found = before if before in inside else edge
        kinds[start] = kinds[end] = found
        for bracket in (start, end):
            for mark in range(bracket + 1, len(text)):
                if unicodedata.bidirectional(text[mark]) not in {"NSM", "BN"}:
                    break
                kinds[mark] = found


def _pairs(text: str, kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """BD16: where each pair of brackets opens and closes."""
    opened: list[tuple[str, int]] = []
    for index, character in enumerate(text):
        if kinds[index] != "ON":
            continue
        if closing := _closing(character):
            if len(opened) == 63:
                return
            opened.append((closing, index))
            continue
        for place in range(len(opened) - 1, -1, -1):
            if opened[place][0] == character:
                yield opened[place][1], index
                del opened[place:]
                break


def _closing(character: str) -> str:
    """The bracket that closes this one, or nothing: most stand side by side in Unicode, [ ] and { } a place apart."""
    if unicodedata.category(character) != "Ps" or not unicodedata.mirrored(character):
        return ""
    near = (chr(ord(character) + step) for step in (1, 2))
    return next((other for other in near if unicodedata.category(other) == "Pe"), "")


def _resolve_neutral(kinds: list[str], edge: str) -> None:
    """N1 and N2: neutrals between two of one direction take it; others take the paragraph's."""
    for neutral, start, end in _spans(kinds, lambda kind: kind in _NEUTRAL):
        if neutral:
            before = _strong(kinds[start - 1]) if start else edge
            after = _strong(kinds[end]) if end < len(kinds) else edge
            kinds[start:end] = [before if before == after else edge] * (end - start)


def _spans(kinds: Sequence[str], wanted: Callable[[str], bool]) -> list[tuple[bool, int, int]]:
    spans, start = [], 0
    for found, group in groupby(list(kinds), key=wanted):
        end = start + len(list(group))
        spans.append((found, start, end))
        start = end
    return spans


def _strong(kind: str) -> str:
    """The direction that a type counts for among neutrals; numbers count as running from the right."""
    return "R" if kind in {"R", "EN", "AN"} else "L" if kind == "L" else ""


def _implicit(kind: str, level: int) -> int:
    """I1 and I2."""
    if level % 2:
        return level if kind == "R" else level + 1
    return level + {"L": 0, "R": 1}.get(kind, 2)
