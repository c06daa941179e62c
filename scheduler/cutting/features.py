"""What can be seen of a sentence that people find quotable: small numbers, most of them 0 or 1."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scheduler.cutting import english, vocabulary
from scheduler.cutting.candidates import Judged
from scheduler.cutting.leaning import Leaning
from scheduler.cutting.words import stems, words

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]")


def features(title: str, judged: Sequence[Judged]) -> list[dict[str, float]]:
    """One row of named features a sentence, in order; words are seen as repaired."""
    title_stems = stems(title)
    last = max(1, len(judged) - 1)
    return [
        _of_shape(one) | _of_words(one.mended.text, title_stems) | {"position": index / last}
        for index, one in enumerate(judged)
    ]


def _of_shape(one: Judged) -> dict[str, float]:
    length = len(one.mended.text)
    return {
        "band": clamp(min((length - 30) / 25, (200 - length) / 75)),
        "short": float(length < 40),
        "long": clamp((length - 140) / 120),
        "asks": float(one.asks),
        "leans": float(one.leaning is not Leaning.UPRIGHT),
        "repaired": float(bool(one.mended.repairs)),
        "gated": float(one.why_not is not None),
    }


def _of_words(text: str, title_stems: frozenset[str]) -> dict[str, float]:
    said = words(text)
    known = set(said)
    return {
        "title": len(stems(text) & title_stems) / max(3, len(title_stems)),
        "keywords": float(min(3, len(known & vocabulary.KEY_WORDS))),
        "absolutes": float(min(2, len(known & vocabulary.ABSOLUTES))),
        "feeling": float(min(3, len(known & vocabulary.FEELING))),
        "negation": float(english.NEGATION.search(text.lower()) is not None),
        "second": float(not vocabulary.SECOND_PERSON.isdisjoint(known)),
        "first": float(not vocabulary.FIRST_PERSON.isdisjoint(known)),
        "is": float(not {"is", "are", "isn't", "aren't"}.isdisjoint(known)),
        "if": float(said[0] in ("if", "when", "once")),
        "names": float(min(4, len(_NAME.findall(text)))),
    }


def clamp(value: float) -> float:
    """`value` within 0 and 1."""
    return max(0.0, min(1.0, value))
