"""Says whether a sentence tells a number worth a post: a share, a multiple, an amount; no date, age or label."""

from __future__ import annotations

import re
from collections.abc import Collection

from scheduler.cutting.rules import Rules, word_set

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_SMALL = r"(?:one|two|three|four|five|six|seven|eight|nine|ten)"
_SPELLED = (
    r"(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety)"
)

# What has digits and isn't a number to post; taken out before anything is looked for. Lower case.
_ENGLISH_LABELS = re.compile(
    "|".join(
        (
            rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?",
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?!\w)",
            r"\b(?:step|steps|number|no\.|tip|rule|reason|sign|chapter|page|pages|part|phase|stage|type|level|grade|day"
            r"|week|room|suite|unit|route|highway|exit|volume|issue|version|figure|table|item|point|section|question"
            r"|lesson|episode|covid|vitamin)[ -]#?\d{1,3}\b",
            r"\b\d{1,2}(?:[:.]\d{2})? ?(?:a\.?m\b|p\.?m\b|o['’]clock)\.?",
            r"\b(?:for|over|nearly|almost|with|than|about|in|after|have|has) (?:\w+ ){0,2}?(?:\d{1,3}|[a-z]{3,12})\+?"
            r" years(?: of (?:\w+ ){0,2}experience| in (?:business|practice|the business)|['’] experience)",
            r"\b(?:we|i|our \w{2,20})(?:['’]ve| have| has)? (?:been |served |worked |helped )[^,.]{0,60}?\d{1,3} years",
            r"#\d{1,3}\b|\b24/7\b|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b",
            r"\b\d{1,3}(?:st|nd|rd|th)\b|\b\d{1,3}-year-old\b|\b(?:aged?|ages|turn(?:ed|s)?) \d{1,3}\b",
        )
    )
)
_LABELS = re.compile(
    r"(?<![\d.,])(?:1[5-9]|20)\d\d(?:s|er)?(?![\d%.,]\d|\s?[%％])|\b\d{1,2}[:.]\d{2}\b(?!\s?[%％])|\b\d{1,2}\.(?=\s\w)"
    r"|\d{1,4}[年月日]"
)
_NUMBER = re.compile(r"(?<![A-Za-z\d.,/:#])(?<![A-Za-z\d]-)[$€£¥]?\d")
_ENGLISH_NUMBER = re.compile(
    "|".join(
        (
            rf"\b{_SMALL} (?:out )?(?:of|in) (?:every )?(?:{_SMALL}|a hundred|twenty)\b",
            r"\b(?:half|a third|a quarter|two[ -]thirds|three[ -]quarters|a majority) (?:of|the|as)\b",
            r"\b(?:twice|double|triple) (?:as|the)\b|\b(?:two|three|four|five|ten) times\b",
            rf"\b{_SPELLED}(?:-\w{{3,5}})? (?:percent|per cent|hours?|minutes|days|weeks|months|people|adults|patients"
            r"|women|men|children|pounds|glasses|degrees|steps|cups|dollars)\b",
            r"\b(?:hundreds?|thousands?|millions?|billions?) of\b|\b(?:hundred|thousand|million|billion) \w",
        )
    )
)
_DIGIT = re.compile(r"\d")
_NUMBER_WORDS = word_set(
    """two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy
    eighty ninety half third thirds quarter quarters majority twice double triple times hundred hundreds thousand
    thousands million millions billion billions"""
)


def tells_a_number(text: str, said: Collection[str], rules: Rules) -> bool:
    """Whether `text`, whose words are `said`, holds a number that isn't a year, date, time, phone, label, or age of a
    person or business."""
    low = text.lower()
    if _DIGIT.search(low):
        low = _ENGLISH_LABELS.sub(" ", low) if rules.english else low
        if _NUMBER.search(_LABELS.sub(" ", low)):
            return True
    return rules.english and not _NUMBER_WORDS.isdisjoint(said) and _ENGLISH_NUMBER.search(low) is not None
