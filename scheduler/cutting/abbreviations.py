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

_STOP = re.compile(r"\.(?=\s{0,2}[“\"‘']?(\S))")
_LAST_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{1,8}$")
LONGEST = 9


def hidden(text: str, language: str) -> str:
    """`text` in the same length, with a line in place of the stops that end no sentence of this language."""
    tag = language.partition("-")[0]
    if pattern := _OF_SEVERAL.get(tag):
        text = pattern.sub(lambda found: found.group().replace(".", "_"), text)
    known = _KNOWN.get(tag)
    if known is None:
        return text
    stops = [found.start() for found in _STOP.finditer(text) if _is_inside(text, found, known)]
    starts = (0, *(stop + 1 for stop in stops))
    return "_".join(text[start:stop] for start, stop in zip(starts, (*stops, len(text)), strict=True))


def _is_inside(text: str, stop: re.Match[str], known: Mapping[str, str]) -> bool:
    """Whether the word before a full stop is an abbreviation that goes on with what follows."""
    last = _LAST_WORD.search(text, max(0, stop.start() - LONGEST), stop.start())
    use = known.get(last.group()) if last else None
    after = stop[1]
    if use == NAMES:
        return after.isupper()
    return use == OTHERS or (use == NUMBERS and (after.isdigit() or after in "$€£"))


NAMES, NUMBERS, OTHERS = "before names", "before numbers", "anywhere"


def _by_word(tag: str) -> Mapping[str, str]:
    listed = ((NAMES, _BEFORE_NAMES), (NUMBERS, _BEFORE_NUMBERS), (OTHERS, _ANYWHERE))
    return {word: use for use, words in listed for word in words.get(tag, "").split()}


_KNOWN = {tag: _by_word(tag) for tag in _BEFORE_NAMES}
