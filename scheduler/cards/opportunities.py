"""Where a line may end: at spaces, and inside of what has none, by the rules of UAX #14 where a card wants them.

A card's lines are short, so the rules are stricter than those for running text: a word is divided only behind its own
hyphens, dashes and soft hyphens, Korean only at spaces, Thai, Japanese and Chinese between phrases. `everywhere` lets
an address that is wider than the card be divided too, and any two characters of a script without spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate, takewhile
from typing import NamedTuple

from scheduler.cards import phrases
from scheduler.cards.typography import NO_BREAK, SOFT_HYPHEN

# What a line may be divided at without a space, beside scripts that are written without any.
_DIVIDERS = frozenset("-\u00ad\u2010\u2012\u2013\u2014\u2015\u2026/")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^\s/@]+@[^\s/@]+\.\w{2,}|(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?")
_IN_ADDRESS = re.compile(r"(?<=[^/:.?&#@=_-]/)(?=[^/])|(?<=[\w/])(?=[?&#@])")
_IN_LONG_NAME = re.compile(r"(?<=\w[-_=])(?=\w)|(?<=\w)(?=\.\w)")
_LONGEST_NAME = 28
_IN_WORD = re.compile(
    r"(?<=\w[—―])(?=\w)|(?<=[^\W\d_]–)(?=[^\W\d_])|(?<=\u00ad)(?=\w)|(?<=\w…)(?=[^\W\d_])"
    r"|(?<=[^\W\d_]{3}[-\u2010])(?=[^\W\d_]{3})|(?<=[^\W\d_]{4}/)(?=[^\W\d_]{4})"
)

# Kinsoku: what begins no line, and what ends none.
_BEGINS_NONE = frozenset(
    "、。，．・：；？！‼⁇⁈⁉…‥%‰℃％゛゜ヽヾゝゞ々〻ー〜～–—゠‐-"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "/,.!?:;)]}»›”’）］｝」』】〉》〕〗〙〟｣｡､･ｰฯๆ"
)
_ENDS_NONE = frozenset("([{«‹“‘„‚¿¡（［｛「『【〈《〔〖〘〝｢$£¥€￥＄#№@")
# Small words that lean on the one before, and Han numerals, which lean on their unit.
_LEANS_BACK = frozenset("的了吗嗎呢吧着著们們")
_NUMERALS = frozenset("一二三四五六七八九十百千万萬亿億两兩几幾每第数數半")
_UNIT = (
    r"(?:个|個)(?=月|小|星|人|钟|鐘)"
    r"|(?:小|分|星|公|周|週|年|平|千|毫)(?=时|時|钟|鐘|期|斤|里|尺|年|代|間|间|方|克|升|米)"
)
_HYPHENS = "-\u2010\u00ad"
_QUOTES = frozenset("“”‘’«»‹›„‚\"'")
_JOINERS = frozenset("\u200c\u200d\u2060\u00a0\u202f")


# What it costs to end a line inside of something that is written without a space.
_HYPHEN, _SLASH, _IN_PHRASE, _ODD = 0.22, 0.10, 0.22, 0.30


# Spaces beside a mark that belongs to the other side's word.
_LOOSE = re.compile(r"(?<=[«“„‚‘(\[{¿¡]) | (?=[»)\]}!?,.;:%‰؟،؛。、！？：；，）」』])")


class Part(NamedTuple):
    """What stays on one line. `spaced`: a space stands before it; `tail`: what a line that ends with it shows then.

    `price` is what it costs to end a line with it, as breaking counts.
    """

    text: str
    spaced: bool
    tail: str = ""
    price: float = 0.0


def parts_of(text: str, language: str, *, everywhere: bool = False) -> Iterator[Part]:
    """The text's parts in order; spaces are U+0020, any other kind of space divides nothing."""
    model = phrases.model_of(text, language)
    for number, chunk in enumerate(_LOOSE.sub(NO_BREAK, text).split(" ")):
        if not everywhere and not any(map(_is_divisible, chunk)):
            yield Part(chunk, number > 0)
            continue
        for index, (piece, price) in enumerate(_pieces(chunk, model, everywhere)):
            bare = piece.replace(SOFT_HYPHEN, "")
            yield Part(bare, number > 0 and index == 0, "-" if piece.endswith(SOFT_HYPHEN) else "", price)


def _pieces(chunk: str, model: str, everywhere: bool) -> Iterator[tuple[str, float]]:
    """The chunk divided, each piece with what it costs to divide behind it."""
    if _ADDRESS.search(chunk):
        cuts = dict(_in_address(chunk)) if everywhere else {}
    else:
        cuts = {
            found.start(): _HYPHEN if chunk[found.start() - 1] in _HYPHENS else 0.0
            for found in _IN_WORD.finditer(chunk)
            if chunk[found.start()] not in _BEGINS_NONE
        }
        cuts |= dict(_between_phrases(chunk, model, everywhere))
    start = 0
    for cut in sorted(cuts):
        yield chunk[start:cut], cuts[cut]
        start = cut
    yield chunk[start:], 0.0


def _in_address(chunk: str) -> Iterator[tuple[int, float]]:
    """Before its questions and behind its slashes; at dots and hyphens only in what is too long for a line itself."""
    start = 0
    for end in (*(found.start() for found in _IN_ADDRESS.finditer(chunk)), len(chunk)):
        if start:
            yield start, _SLASH
        if end - start > _LONGEST_NAME:
            yield from ((found.start(), _ODD) for found in _IN_LONG_NAME.finditer(chunk, start + 1, end))
        start = end


def _between_phrases(chunk: str, model: str, everywhere: bool) -> Iterator[tuple[int, float]]:
    """Where a script that is written without spaces, or a row of emoji, may be divided, and what that costs."""
    known: set[int] | None = None
    for place in range(1, len(chunk)):
        before, after = chunk[place - 1], chunk[place]
        if not (_stands_alone(before) or _stands_alone(after)) or not _divides(chunk, place):
            continue
        if known is None:
            known = set(accumulate(map(len, phrases.phrases(chunk, model)))) if model else set()
        if place in known or _is_emoji(before) or _is_emoji(after):
            yield place, 0.0
        elif everywhere and not _is_thai(after):
            yield place, _IN_PHRASE


def _divides(chunk: str, place: int) -> bool:
    """Whether neither kinsoku nor a cluster of characters holds the two sides together."""
    before, after = chunk[place - 1], chunk[place]
    if after in _BEGINS_NONE or before in _ENDS_NONE or before in _JOINERS or after in _JOINERS:
        return False
    if unicodedata.category(after)[0] == "M" or "\U0001f3fb" <= after <= "\U0001f3ff" or after >= "\U000e0000":
        return False
    if (before.isdigit() or before in _NUMERALS) and not _is_emoji(after):
        return False
    if (before in _QUOTES and not _is_quoted(chunk, place - 1)) or (after in _QUOTES and not _is_quoted(chunk, place)):
        return False
    if after in _LEANS_BACK or re.compile(_UNIT).match(chunk, place - 1):
        return False
    return not (_is_flag_half(after) and _halves_before(chunk, place) % 2)


def _is_quoted(chunk: str, place: int) -> bool:
    """Whether the quotation mark there stands between two wide characters, so that it is theirs."""
    return 0 < place < len(chunk) - 1 and _is_wide(chunk[place - 1]) and _is_wide(chunk[place + 1])


def _is_divisible(character: str) -> bool:
    return character in _DIVIDERS or (character > "\u0e00" and _stands_alone(character))


def _stands_alone(character: str) -> bool:
    return _is_thai(character) or _is_wide(character) or _is_emoji(character)


def _is_wide(character: str) -> bool:
    return (
        "\u2e80" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\ufe30" <= character <= "\ufe4f"
        or "\uff00" <= character <= "\uffef"
        or "\U00020000" <= character < "\U00040000"
    )


def _is_thai(character: str) -> bool:
    return "\u0e01" <= character <= "\u0e7f"


def _is_emoji(character: str) -> bool:
    return "\U0001f000" <= character <= "\U0001faff" or (
        "\u231a" <= character <= "\u2bff" and unicodedata.category(character) == "So"
    )


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _halves_before(chunk: str, place: int) -> int:
    bases = (character for character in reversed(chunk[:place]) if unicodedata.category(character)[0] != "M")
    return sum(1 for _ in takewhile(_is_flag_half, bases))
