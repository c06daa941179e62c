"""Shares that are written in words, as “three of four” or “zwei Drittel”, by language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

# One to ten; forms of the same number are divided by a stroke.
_NUMBERS: Mapping[str, str] = {
    "en": "one two three four five six seven eight nine ten",
    "de": "eins|eine|einer|ein|einem zwei drei vier fünf sechs sieben acht neun zehn",
    "fr": "un|une deux trois quatre cinq six sept huit neuf dix",
    "es": "uno|una|un dos tres cuatro cinco seis siete ocho nueve diez",
    "it": "uno|una|un due tre quattro cinque sei sette otto nove dieci",
    "pt": "um|uma dois|duas três quatro cinco seis sete oito nove dez",
    "nl": "één|een twee drie vier vijf zes zeven acht negen tien",
    "pl": "jeden|jedna|jedno dwa|dwie|dwoje trzy|troje cztery pięć|pięciu sześć|sześciu siedem|siedmiu osiem|ośmiu "
    "dziewięć|dziewięciu dziesięć|dziesięciu",
    "ru": "один|одна|одного два|две|двое|двух три|трое|трёх|трех четыре|четверо|четырёх|четырех пять|пятеро|пяти "
    "шесть|шести семь|семи восемь|восьми девять|девяти десять|десяти",
    "sv": "en|ett två tre fyra fem sex sju åtta nio tio",
    "da": "en|et to tre fire fem seks syv otte ni ti",
    "nb": "en|ett to tre fire fem seks sju åtte ni ti",
}
# What stands between the two numbers; in the second row, behind what is counted: “trois patients sur quatre”.
_JOINS: Mapping[str, tuple[str, str]] = {
    "en": (r"of|in|out\sof", ""),
    "de": (r"von|unter", ""),
    "fr": (r"sur", r"sur"),
    "es": (r"de\scada|de", r"de\scada"),
    "it": (r"su", r"su"),
    "pt": (r"em\scada|de\scada|em", r"em\scada"),
    "nl": (r"van\sde|op\sde", r"op\sde"),
    "pl": (r"na|z", r"na"),
    "ru": (r"из", r"из"),
    "sv": (r"av|på", ""),
    "da": (r"af|ud\saf", ""),
    "nb": (r"av", ""),
}
# What follows a fraction's number: thirds, quarters, fifths; then what follows a half that is one of a whole.
_FRACTIONS: Mapping[str, tuple[str, str, str, str]] = {
    "en": (r"thirds?", r"quarters?|fourths?", r"fifths?", r"half\sof(?=\s(?:all|the|our|my|us|them|those|people))"),
    "de": ("drittel", "viertel", "fünftel", r"die\shälfte(?=\s(?:aller|der|unserer|meiner|von))"),
    "fr": ("tiers", "quarts?", "cinquièmes?", r"la\smoitié(?=\s(?:des|de\snos|de\smes|d’entre))"),
    "es": (r"tercios?|terceras?\spartes?", r"cuartos?|cuartas?\spartes?", "quintos?", r"la\smitad(?=\sde)"),
    "it": ("terz[oi]", "quart[oi]", "quint[oi]", r"la\smetà(?=\s(?:de|di))"),
    "pt": (r"terços?", r"quartos?", "quintos?", r"(?:a\s)?metade(?=\sd)"),
    "nl": ("derde", "kwart", "vijfde", r"de\shelft(?=\svan)"),
    "sv": ("tredjedel(?:ar)?", r"fjärdedel(?:ar)?", "femtedel(?:ar)?", r"hälften(?=\sav)"),
}
_ONES: Mapping[str, str] = {"en": "a", "de": "ein"}
# A number of hours, cups or metres is divided too, and is no share of people.
_MEASURED = (
    r"(?!\s(?:of\san?\s|einer\s|d’une\s|d’un’|d’|de\s(?:una\s|uma\s)?|di\s)?(?:hours?|stunden?|heures?|horas?|or[ae]"
    r"|uur|timmar?e?|cups?|miles?|kilomet\w+|pounds?|inch\w*|litre?s?|liter)\b)"
)


class Spelled(NamedTuple):
    """`part` of `whole`, and the words between them, the language’s own for a fraction; `start` is its place."""

    part: int
    whole: int
    join: str
    start: int


def spelled(text: str, language: str) -> Spelled | None:
    """The first share in the text that is written in words, or whose number stands apart; None without one."""
    tag = language.lower().split("-")[0]
    if tag not in _NUMBERS:
        return None
    return next((found for kind in (_counted, _divided) for found in kind(text, tag)), None)


def _counted(text: str, tag: str) -> Iterator[Spelled]:
    for found in _patterns(tag)[0].finditer(text):
        parts = found.groupdict()
        part, whole = (_number(parts[name] or parts[f"{name}_apart"], tag) for name in ("first", "second"))
        join = " ".join((parts["join"] or parts["join_apart"]).split())
        if 0 < part < whole and not (part == 1 and join in {"of", "de", "z"}):
            yield Spelled(part, whole, join, found.start())


def _divided(text: str, tag: str) -> Iterator[Spelled]:
    pattern, join = _patterns(tag)[1], _JOINS[tag][0].split("|")[0].replace(r"\s", " ")
    for found in pattern.finditer(text) if pattern else ():
        if found["half"]:
            yield Spelled(1, 2, join, found.start())
        else:
            whole = next(size for size in (3, 4, 5) if found[f"of_{size}"])
            part = 1 if found["first"].lower() == _ONES.get(tag) else _number(found["first"], tag)
            if part < whole:
                yield Spelled(part, whole, join, found.start())


@lru_cache(maxsize=8)
def _patterns(tag: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    number = "|".join(word for word in re.split(r"[ |]", _NUMBERS[tag]))
    near, apart = _JOINS[tag]
    counted = rf"(?P<first>{number})\s(?P<join>{near})\s(?P<second>{number})"
    if apart:
        either = rf"{number}|\d{{1,2}}"
        counted += rf"|(?P<first_apart>{either})\s[^\W\d_]+\s(?P<join_apart>{apart})\s(?P<second_apart>{either})"
    else:
        counted += "|(?P<first_apart>(?!))(?P<join_apart>)(?P<second_apart>)"
    divided = None
    if tag in _FRACTIONS:
        thirds, quarters, fifths, half = _FRACTIONS[tag]
        ones = _ONES.get(tag, "(?!)")
        divided = re.compile(
            rf"(?<![\w-])(?:(?P<first>{number}|{ones})[\s-](?:(?P<of_3>{thirds})|(?P<of_4>{quarters})|(?P<of_5>{fifths}))"
            rf"(?![\w-])(?=\s[^\W\d_]){_MEASURED}|(?P<half>{half}))",
            re.IGNORECASE,
        )
    return re.compile(rf"(?<![\w-])(?:{counted})(?![\w-]){_MEASURED}", re.IGNORECASE), divided


def _number(word: str, tag: str) -> int:
    if word.isdigit():
        return int(word)
    return next(place for place, forms in enumerate(_NUMBERS[tag].split(), 1) if word.lower() in forms.split("|"))
