"""Guesses what language an article is in, for files that don't say: by script, then by frequent small words.

A wrong guess costs more than none, as English rules on another language would; so English is said only when unsure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

UNSURE = "en"
SAMPLE_CHARACTERS = 20_000
LEAST_HITS = 4
LEAST_SHARE = 0.12
LEAST_LEAD = 1.5

_WORD = re.compile(r"[^\W\d_]+")

# Letters by their script. A sign of Chinese or Japanese says about as much as three Latin letters.
_SCRIPTS: Mapping[str, tuple[re.Pattern[str], int]] = {
    "latin": (re.compile(r"[A-Za-zÀ-ɏ]"), 1),
    "kana": (re.compile(r"[぀-ヿ]"), 3),
    "han": (re.compile(r"[一-鿿㐀-䶿]"), 3),
    "hangul": (re.compile(r"[가-힣]"), 3),
    "arabic": (re.compile(r"[ؠ-ۿ]"), 1),
    "hebrew": (re.compile(r"[א-ת]"), 1),
    "cyrillic": (re.compile(r"[Ѐ-ӿ]"), 1),
    "greek": (re.compile(r"[Ͱ-Ͽ]"), 1),
    "devanagari": (re.compile(r"[ऀ-ॿ]"), 1),
    "thai": (re.compile(r"[฀-๿]"), 1),
}
_LANGUAGE_OF_SCRIPT: Mapping[str, str] = {
    "han": "zh",
    "kana": "ja",
    "hangul": "ko",
    "arabic": "ar",
    "hebrew": "he",
    "cyrillic": "ru",
    "greek": "el",
    "devanagari": "hi",
    "thai": "th",
}
# A language that shares its script with a more frequent one, by letters that only it has.
_TELLING_LETTERS: Mapping[str, tuple[str, re.Pattern[str]]] = {
    "arabic": ("fa", re.compile(r"[پچژگ]")),
    "cyrillic": ("uk", re.compile(r"[іїєґ]", re.IGNORECASE)),
}
TELLING_SHARE = 0.02
KANA_SHARE = 0.08

_SMALL_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """the of and to in is that it for you was with on as are be this have from or by not but what we can
            your will if when they their an has how which more do at there than a i no so me he she his her him its who
            my us our all most does did been were just also because about into over out up any some don t s""",
        "es": """el la los las de del y en que un una por con para se es su lo como más pero sus le ya o muy sin sobre
            también hay está son cuando si no al esta este puede ser desde todo""",
        "pt": """o a os as de do da dos das e em no na que um uma por com para se é não mais mas como também muito sem
            ao são ou pode quando seu sua pelo pela isso está ser já nos""",
        "fr": """le la les de des du et en que qui un une dans pour par sur est pas ne ce se il elle au aux avec plus
            vous votre nous sont ou mais cette son peut être si sa leur à""",
        "de": """der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus
            er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum kann oder wenn""",
        "it": """il la lo i gli le di del della dei e in che un una per con non è si sono da al come più ma anche nel
            alla su questo questa può ha delle se o essere""",
        "nl": """de het een en van in is dat op te zijn met voor niet aan er die om ook als maar bij of uit wordt naar
            heeft kan je door deze nog worden u meer over""",
        "sv": """och att det som en på är av för med till den har de inte om ett men var jag sig från vi så kan när du
            eller ska också vid detta många""",
        "pl": """i w na z się do nie to że jest o jak po co ale od za przez dla są tym czy tak może być przy które
            który jego lub oraz""",
        "tr": "ve bir bu için de da ile çok en olarak daha olan gibi kadar ne var sonra değil ama her ise veya olur",
    }.items()
}


def guess(text: str) -> str:
    """The primary BCP 47 tag of the language that `text` is mostly in; "en" when unsure."""
    sample = text[:SAMPLE_CHARACTERS]
    amounts = {name: weight * len(letters.findall(sample)) for name, (letters, weight) in _SCRIPTS.items()}
    script = max(amounts, key=lambda name: amounts[name])
    if amounts["kana"] > KANA_SHARE * (amounts["kana"] + amounts["han"]) and script in ("kana", "han"):
        return "ja"
    if script in _TELLING_LETTERS:
        language, letters = _TELLING_LETTERS[script]
        if len(letters.findall(sample)) > TELLING_SHARE * amounts[script]:
            return language
    return _LANGUAGE_OF_SCRIPT.get(script, "") or _by_small_words(sample)


def _by_small_words(sample: str) -> str:
    counted = Counter(_WORD.findall(sample.lower()))
    hits = {language: sum(counted[word] for word in words) for language, words in _SMALL_WORDS.items()}
    best = max(hits, key=lambda language: hits[language])
    sure = (
        hits[best] >= LEAST_HITS
        and hits[best] >= LEAST_SHARE * counted.total()
        and hits[best] >= LEAST_LEAD * hits[UNSURE]
    )
    return best if sure else UNSURE
