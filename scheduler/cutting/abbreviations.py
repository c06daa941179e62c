"""Abbreviations whose full stop never ends a sentence, as data per language, where the splitter doesn't know them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

# Before a capital letter: titles. Before a number: measures and places. Anywhere: what is never a sentence's last word.
_BEFORE_NAMES: Mapping[str, str] = {
    "en": "Mr Mrs Ms Mx Messrs Prof Capt Cpt Sgt Lt Maj Gen Sen Rep Gov Rev Hon Pres Supt Fr Msgr",
    "es": "Sr Sra Srta Dr Dra D Dña Prof Profa Lic Ing Arq Ud Uds Sto Sta",
    "de": "Dr Prof Hr Fr Frl Dipl Ing Med St",
    "fr": "M MM Mme Mlle Dr Pr Me St Ste",
    "pt": "Sr Sra Srta Dr Dra Prof Profa Eng Exmo Exma",
}
_BEFORE_NUMBERS: Mapping[str, str] = {
    "en": "lbs? oz approx [Ee]st tsp tbsp nos? pp? vol figs? secs? ch ca eq art max min ext tel pg sq wk hrs? mins?",
    "es": "núm n pág págs p pp art aprox tel fig máx mín vol cap",
    "de": "Nr ca Abb Tab S Bd Kap Art max min Tel ggf inkl bis zw",
    "fr": "no n p pp art env fig tél vol chap max min",
    "pt": "núm n pág págs p pp art aprox tel fig máx mín vol cap",
}
_ANYWHERE: Mapping[str, str] = {
    "en": r"e\.g i\.e cf viz",
    "es": r"p\.\s?ej EE\.\s?UU a\.\s?m(?=\.\s[a-z]) p\.\s?m(?=\.\s[a-z]) Av Avda",
    "de": r"z\.\s?B d\.\s?h u\.\s?a z\.\s?T i\.\s?d\.\s?R o\.\s?Ä s\.\s?o v\.\s?a bzw vgl evtl inkl exkl sog",
    "fr": r"p\.\s?ex c\.-à-d cf env av boul",
    "pt": r"p\.\s?ex i\.\s?e Av R cf",
}


@cache
def inside(language: str) -> re.Pattern[str]:
    """Finds, in a text of this language, abbreviations together with a full stop that ends no sentence."""
    tag = language.partition("-")[0]
    return re.compile(
        "|".join(
            rf"(?<![^\W_])(?:{words.replace(' ', '|')})\.{after}"
            for words, after in (
                (_BEFORE_NAMES.get(tag), r"(?=\s{1,2}[“\"‘']?[A-ZÀ-ÖØ-Þ])"),
                (_BEFORE_NUMBERS.get(tag), r"(?=\s{0,2}[\d$€£])"),
                (_ANYWHERE.get(tag), r"(?=[\s,;])"),
            )
            if words
        )
        or r"(?!)"
    )
