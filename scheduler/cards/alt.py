"""What a card says, for those who can't see it: its words, who said them and the booking address, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from scheduler.cards import brand, template
from scheduler.cards.words import Words, words_of
from scheduler.domain.card import CardRequest, suiting

_STOPS = {"zh": "。", "ja": "。", "hi": "।", "mr": "।", "ne": "।", "th": ""}
_ENDS = ".!?…。！？؟।"
_UNSPACED = ("zh", "ja")
_SENTENCE_END = re.compile(r"[.!?…؟।]+[”’»\")]*(?=\s)|[。！？]+[」』”’）]*")
_WORD_END = re.compile(r"\s+")
_SHORTEST = 40
_CUT = "…"
# What tells only how a line is set: soft hyphens and spaces at which it can't end.
_ONLY_SET = {0xAD: None, 0xA0: " "}


def alt_texts(requests: tuple[CardRequest, ...]) -> tuple[str, ...]:
    """One a request, in order, without painting it. Raises CardRefused for an unusable brand or template."""
    return tuple(map(_of_request, requests))


def _of_request(request: CardRequest) -> str:
    form = template.load(Path(request.assets), suiting(request.template, request.kind))
    words = words_of(request, brand.load(Path(request.brand_folder)))
    return alt_text(words, listed=form.needs == "items", most=request.takes.most_alt_text)


def alt_text(words: Words, *, listed: bool = False, most: int = 1000) -> str:
    """At most `most` characters, in the post's own language: no word of it is ours.

    A list is told by its title and items. What is too long ends with a whole sentence, or with a whole word and an
    ellipsis where not even one sentence has room.
    """
    if listed and words.items:
        said, opening, closing = _list_in_words(words), "", ""
    else:
        said, opening, closing = words.quote, words.opening, words.closing
        if words.title == words.quote:
            opening = closing = ""
    after = _after(words)
    room = most - len(opening) - len(closing)
    if room - len(after) < min(_SHORTEST, len(said)):
        after = ""
    return f"{opening}{_within(said, room - len(after))}{closing}{after}"[:most].translate(_ONLY_SET)


def _after(words: Words) -> str:
    """Who said it, and where to book."""
    by = f" — {_ended(words.by, words)}" if words.by else ""
    return f"{by} {words.address}" if words.address else by


def _within(said: str, room: int) -> str:
    if len(said) <= room:
        return said
    whole = [found.end() for found in _SENTENCE_END.finditer(said) if found.end() <= room]
    if whole:
        return said[: whole[-1]]
    words = [found.start() for found in _WORD_END.finditer(said) if found.start() <= room - len(_CUT)]
    return f"{said[: words[-1] if words else max(0, room - len(_CUT))].rstrip(',;:')}{_CUT}"


def _list_in_words(words: Words) -> str:
    """Title and numbered items, each a sentence of its own."""
    space = "" if words.tongue in _UNSPACED else " "
    items = space.join(_items_in_words(words))
    if not words.title:
        return items
    return f"{words.title}{'' if words.title[-1:] in _ENDS else '：' if not space else ':'}{space}{items}"


def _items_in_words(words: Words) -> Iterator[str]:
    for number, item in enumerate(words.items, 1):
        yield f"{number}. {_ended(item, words)}"


def _ended(sentence: str, words: Words) -> str:
    return sentence if sentence[-1:] in _ENDS else f"{sentence}{_STOPS.get(words.tongue, '.')}"
