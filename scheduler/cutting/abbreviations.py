"""Abbreviations whose full stop never ends a sentence, as data per language, where the splitter doesn't know them."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Titles stand before a capital letter, measures and places before a number; others nowhere end a sentence.
_BEFORE_NAMES: Mapping[str, str] = {
    "en": "Mr Mrs Ms Mx Messrs Prof Capt Cpt Sgt Lt Maj Gen Sen Rep Gov Rev Hon Pres Supt Fr Msgr",
    "es": "Sr Sra Srta Dr Dra D Dña Prof Profa Lic Ing Arq Ud Uds Sto Sta",
    "de": "Dr Prof Hr Fr Frl Dipl Ing Med St",
    "fr": "M MM Mme Mlle Dr Pr Me St Ste",
    "pt": "Sr Sra Srta Dr Dra Prof Profa Eng Exmo Exma",
}
_BEFORE_NUMBERS: Mapping[str, str] = {
    "en": "lb lbs oz approx est Est tsp tbsp no nos No Nos p pp vol fig figs Fig Figs sec secs ch ca eq art max min ext"
    " tel Tel pg sq wk hr hrs mins",
    "es": "núm n pág págs p pp art aprox tel fig máx mín vol cap",
    "de": "Nr ca Abb Tab S Bd Kap Art max min Tel ggf inkl bis zw",
    "fr": "no n p pp art env fig tél vol chap max min",
    "pt": "núm n pág págs p pp art aprox tel fig máx mín vol cap",
}
_ANYWHERE: Mapping[str, str] = {
    "es": "Av Avda p",
    "de": "bzw vgl evtl inkl exkl sog z B u a d h i T s o",
    "fr": "p ex cf env av boul",
    "pt": "p ex Av R cf",
}
_OF_SEVERAL = {
    "es": re.compile(r"\b(?:p\.\s?ej|EE\.\s?UU|[ap]\.\s?m(?=\.\s[a-z]))\.(?=[\s,;])"),
    "fr": re.compile(r"\bc\.-à-d\.(?=[\s,;])"),
}

_WORD_AND_STOP = re.compile(r"(?<![^\W_])([^\W\d_]{1,8})\.(?=\s{0,2}[“\"‘']?(\S))")


def hidden(text: str, language: str) -> str:
    """`text` in the same length, with a line in place of the stops that end no sentence of this language."""
    tag = language.partition("-")[0]
    names, numbers, others = (words.get(tag, frozenset()) for words in (_NAMES, _NUMBERS, _OTHERS))

    def hide(found: re.Match[str]) -> str:
        word, after = found.groups()
        inside = word in others or (word in names and after.isupper()) or (word in numbers and _counts(after))
        return f"{word}_" if inside else found.group()

    if pattern := _OF_SEVERAL.get(tag):
        text = pattern.sub(lambda found: found.group().replace(".", "_"), text)
    return _WORD_AND_STOP.sub(hide, text) if names or numbers or others else text


def _counts(character: str) -> bool:
    return character.isdigit() or character in "$€£"


def _as_sets(words: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    return {tag: frozenset(listed.split()) for tag, listed in words.items()}


_NAMES, _NUMBERS, _OTHERS = map(_as_sets, (_BEFORE_NAMES, _BEFORE_NUMBERS, _ANYWHERE))
