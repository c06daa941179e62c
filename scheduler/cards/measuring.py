"""A text as the words that lines are made of: measured, and priced by how well a line ends with each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scheduler.cards.breaking import Word
from scheduler.cards.opportunities import Part, parts_of
from scheduler.cards.smallwords import SmallWords, small_words
from scheduler.cards.typography import NARROW_NO_BREAK, NO_BREAK

_Measure = Callable[[str, int], float]
Edges = Callable[[str], tuple[float, float, float]]

# A word that leans on the next one; longer ones lean less.
_LEANING, _LEANING_LONG, _LONG = 0.22, 0.11, 6
# Shared over all lines: a breath, the beginning of a phrase, its inside, and the word behind its first.
_STOP, _PAUSE, _OPENING, _INSIDE, _BEGUN = 0.035, 0.03, 0.005, -0.01, -0.10
_LONG_PHRASE = 4
_STOPS = frozenset(".!?…。！？؟۔।")
_PAUSES = frozenset(",;:—–،؛、，；：")
# Letters that may need another font than the face's own.
_FIRST_OTHER, _FIRST_COMMON, _LAST_COMMON = "\u0530", "\u1e00", "\u20ff"
_CLOSING = "”’“‘»«›‹)]}」』）】》"
_OPENING_MARKS = "“”‘’„‚«»‹›([{¿¡「『（"


def words_of(
    text: str,
    width: Callable[..., float],
    edges: Edges = lambda part: (0.0, 0.0, 0.0),
    language: str = "en",
    *,
    everywhere: bool = False,
) -> tuple[Word, ...]:
    """The unbreakable parts of a text; `width` measures in em, `edges` gives lead, trail and hang.

    Where a text may need several fonts, `width` gets what stands before and after too, as that decides on them.
    With `everywhere` a line may also end where it only does when nothing else helps, as inside an address.
    """
    parts = list(parts_of(text, language, everywhere=everywhere))
    small, measure, start = small_words(language), _in_context(text, parts, width), 0
    words: list[Word] = []
    for number, part in enumerate(parts):
        before = parts[number - 1] if number else None
        after = parts[number + 1] if number + 1 < len(parts) else None
        plain = part.text.replace(NO_BREAK, " ")
        gap = " " if part.spaced and words else ""
        long = measure(plain, start + len(gap))
        space = _between(words[-1], gap, plain, long, start, measure) if words else 0.0
        start += len(gap + plain)
        lead, trail, hang = edges(plain)
        if part.tail:
            trail = long - width(plain + part.tail) + edges(plain + part.tail)[1]
        words.append(
            Word(
                text=plain,
                width=long,
                space=space,
                spaced=part.spaced,
                count=_count(part),
                price=_price(part, small),
                ease=_ease(before, part, after, small),
                opens=before is None or _ends_with(before, _STOPS),
                lead=lead,
                trail=trail,
                hang=hang,
                tail=part.tail,
            )
        )
    return tuple(words)


def _count(part: Part) -> int:
    """How many words a reader sees; a phrase of a script without spaces may hold several."""
    words = part.text.count(NO_BREAK) + 1
    return words if part.spaced or len(part.text) < _LONG_PHRASE or part.text.isascii() else words + 1


def _in_context(text: str, parts: Sequence[Part], width: Callable[..., float]) -> _Measure:
    """Measures a piece that begins at some character of the whole."""
    if not _needs_other_fonts(text):
        return lambda piece, start: width(piece)
    spaced = (f" {part.text}" if part.spaced and number else part.text for number, part in enumerate(parts))
    whole = "".join(spaced).replace(NO_BREAK, " ")
    return lambda piece, start: width(piece, whole[:start], whole[start + len(piece) :])


def _needs_other_fonts(text: str) -> bool:
    if text.isascii():
        return False
    return any(one >= _FIRST_OTHER and not _FIRST_COMMON <= one <= _LAST_COMMON for one in text)


def _between(last: Word, gap: str, plain: str, long: float, start: int, measure: _Measure) -> float:
    """From one word to the next: the space, and what kerning across it changes in fonts that have such pairs."""
    if not _needs_other_fonts(last.text + plain):
        return measure(gap, start) if gap else 0.0
    return measure(last.text + gap + plain, start - len(last.text)) - last.width - long


def _price(part: Part, small: SmallWords) -> float:
    """What it costs to end a line with this part, as often as that happens."""
    word = _last_word(part)
    if word in small.leaning:
        return _LEANING_LONG if len(word) > _LONG else _LEANING
    return _LEANING if part.text.endswith("-") else part.price


def _ease(before: Part | None, part: Part, after: Part | None, small: SmallWords) -> float:
    """How naturally a reader pauses between this part and the next; below 0 where a phrase is torn."""
    if _ends_with(part, _STOPS):
        return _STOP
    if _ends_with(part, _PAUSES):
        return _PAUSE
    if after is None or not after.spaced or _last_word(part) in small.opening:
        return 0.0
    if _first_word(after) in small.opening:
        return _OPENING
    words = _words(part)
    previous = words[-2] if len(words) > 1 else _last_word(before) if before else ""
    return _BEGUN if previous in small.leaning else _INSIDE if small.opening else 0.0


def _ends_with(part: Part, marks: frozenset[str]) -> bool:
    return part.text.rstrip(_CLOSING)[-1:] in marks


def _words(part: Part) -> list[str]:
    return part.text.lower().replace(NO_BREAK, " ").replace(NARROW_NO_BREAK, " ").split()


def _last_word(part: Part) -> str:
    return (_words(part) or [""])[-1].lstrip(_OPENING_MARKS)


def _first_word(part: Part) -> str:
    return (_words(part) or [""])[0].lstrip(_OPENING_MARKS)
