"""What ties an English sentence to its place: patterns as data, every repetition bounded.

Those for openers and clauses take a text as it is written, all others take it in lower case (three times as fast).
"""

from __future__ import annotations

import re

from scheduler.cutting.rules import ABOUT_THE_TEXT, ADVERTISES, Rules, Telling, word_set


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{alternative})" for alternative in alternatives))


def _pattern_of_any_case(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{alternative})" for alternative in alternatives), re.IGNORECASE)


# Openers that may be dropped. None of them hedges, denies or counts: “first of all” stays for its “all”.
CONNECTIVE = _pattern_of_any_case(
    r"(?:however|therefore|moreover|furthermore|nevertheless|nonetheless|consequently|additionally|in addition|in fact"
    r"|for example|for instance|in other words|as a result|on the other hand|on top of that|that said|of course|thus"
    r"|besides|likewise|similarly|meanwhile|indeed|still|hence|also|then|now|well|plus|next|in short"
    r"|in conclusion|in summary|to sum up|though|finally|lastly|first(?:ly)?|second(?:ly)?"
    r"|third(?:ly)?),\s+",
    r"(?:therefore|thus|hence|then)\s+",
    r"(?:but|and)(?:,|(?! for\b))\s+",
    r"yet(?:,|(?! another| again| to))\s+",
    r"so(?:,\s+|\s+(?=(?:you|we|if|when|before|after|don['’]t|do|the|a|an|please|ask|take|make|keep|try)\b))",
)

# Clauses about the text itself, which say nothing once the sentence stands alone.
_SAID = r"(?:mentioned|shown|noted|described|discussed|seen|stated|explained|said)"
_ELSEWHERE = (
    r"(?: (?:above|below|earlier|before|previously|already|in (?:my|our|the|a|an|this|that) (?:\w{1,12} ){0,2}?"
    r"(?:posts?|articles?|videos?|sections?|blogs?|newsletters?|episodes?|chapters?|parts?|paragraphs?|introduction))){0,3}"
)
LEADING_CLAUSE = _pattern_of_any_case(rf"as (?:(?:we|i)(?: have| had|['’]ve)?(?: already)? )?{_SAID}{_ELSEWHERE},\s+")
TRAILING_CLAUSE = _pattern_of_any_case(
    rf"(?:,? as (?:(?:we|i) {_SAID}|{_SAID})\b[^,;:!?]{{0,40}}"
    r"(?:above|below|earlier|before|here|fig(?:ure|\.)? ?\d{1,2})|,? \(see [^()]{1,40}\))(?=[.!?]$)"
)

NEGATION = _pattern(r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|\w{2,8}n['’]t)\b")

# A pronoun among the first words stands for something named before, unless it only fills the subject's place.
PRONOUN = _pattern(
    r"(?:[\w'’-]+\s+){0,2}?(?:it|they|he|she|its|their|his|her|them|him)\b",
    r"[\w-]+ing one\b",
)
EXPLETIVE = _pattern(
    r"it(?:['’]s| is| was| can be| may be)(?: \w+){0,2}? (?:important|worth|best|better|easy|easier|hard|difficult"
    r"|normal|common|possible|essential|vital|crucial|time|okay|ok|fine|never|wise|tempting|natural|safe|safer|true|said"
    r"|known|up to)\b",
    r"it (?:takes|helps|pays|makes sense)\b",
    r"(?:make|take|keep|call|give|put|face|believe|find) it\b",
)
THEY = _pattern(r"(?:[\w'’-]+\s+){0,2}?(?:they|their|them|these|those)\b")
ONE_THING = _pattern(r"(?:an?(?! few| lot| number| couple)|each|every|this|that)\b")

# Openers that point at a whole thought, or at a part of what was named before: no neighbour mends them.
DANGLING = _pattern(
    r"(?:[\w-]+ )?of the (?:two|three|four|five|six)\b",
    r"the (?:ones|former|latter|same|others?|second|third|result|reason|point|following|above)\b",
    r"(?:both|neither|none|others?|another|such|same|here|or|otherwise|instead|which|who|whose|again|not so)\b",
    r"there(?! (?:is|are) no)\b",
    r"because(?![^,]{1,120},)",
    r"if (?:so|not)\b|first of all\b",
    r"what (?!.{0,300}\?$)",
    r"this (?:is|was|can|may|might|could|will|would|should|has|had|does|means|makes|helps|happens|leads|causes|results"
    r"|gives|takes|allows|also|often|usually|all|includes|explains|shows|works|doesn|isn)\b",
    r"that(?! which)\b",
    r"these (?:are|can|may|will|should|include|have|do)\b",
    r"those (?:are|who|that|can)\b",
)
DEMONSTRATIVE = _pattern(
    r"(?:[\w'’,-]+\s+){0,7}?(?:this|these|those)\b"
    r"(?! (?:week|month|year|season|summer|winter|spring|autumn|time|days|morning))"
)
BARE_DEMONSTRATIVE = _pattern(
    r"\bthis (?:is|was|can|may|sounds|seems|means|happens|makes|leads)\b",
    r"\b(?:this|these|that)(?=[,.;!?])",
    r"\bof (?:these|those|this|them|which)\b",
    r"\b(?:with|of|from|for|on|about|by|at|under|after|before|like|than) that\b(?! (?:you|we|they|it)\b)",
)
POINTING = word_set("this these those that them which")

# A heading that names the items of the list under it, and how many where it says so.
_COUNTED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
COUNT = {word: n for n, word in enumerate(_COUNTED, 2)} | {str(n): n for n in range(2, 21)}
LIST_OF = _pattern(
    rf"\b(?:({'|'.join(COUNT)}) )?(?:[\w'’-]{{1,20}} ){{0,3}}?(?:signs|symptoms|reasons|causes|ways|tips|steps|benefits"
    r"|mistakes|myths|facts|habits|foods|exercises|questions|things|rules|ideas|examples|types|kinds|factors|triggers"
    r"|risks|advantages|options|treatments|remedies|stretches|services|problems|conditions|injuries|ingredients|lessons"
    r"|principles|secrets|warnings|hacks|tricks|differences|goals|needs|basics|essentials)\b"
)
LEANING_HEADING = _pattern(
    r"(?:this|these|those|that|it|they|he|she|such|both|others?|some of (?:these|them|those)|and|but|so|or|because"
    r"|including|for example|for instance|however|therefore|also|in addition)\b"
)

ASKS = _pattern(r"(?:what|why|how|who|when|where|which)\b[^.!]{3,200}\?$")
TAKEN_UP = re.compile(r"\bthe (\w{4,20}(?:ed|en)) (\w{3,20})\b")

TAG_QUESTION = _pattern(r",? (?:right|ok|okay|huh|eh|yes|no|remember)\?$")

_ABOUT_THE_TEXT = Telling(
    near=word_set(
        """above article articles below blog blogs both chapter chapters chart charts claim claims click described
        discussed episode episodes fig figs figure following guide guides keep line lines listed mentioned noted
        paragraph paragraphs picture pictures post posts read section sections see seen sentence sentences series shown
        stay such table tables tap video videos"""
    ),
    pattern=_pattern(
        r"\bfig(?:ure|s|\.)? ?\d",
        r"\bsee (?:above|below|the|our|also|fig)",
        r"\b(?:click|tap) (?:here|below|on)",
        r"\b(?:the following|above-mentioned|read on|keep reading|stay tuned)\b",
        r"\b(?:mentioned|described|discussed|shown|listed|noted) (?:above|below|earlier|before|here)\b",
        r"\bseen (?:above|below|here)\b|\bthe above\b|\b(?:above|below)(?=[.,;:)])",
        r"\b(?:this|that|these|those|such|both|next|previous|last) (?:sentences?|lines?|claims?|paragraphs?|articles?"
        r"|posts?|blogs?|tables?|sections?|charts?|videos?|pictures?|guides?|chapters?|episodes?|series)\b",
        r"\bsuch (?!as\b|an?\b)\w+s\b",
        r"\b(?:in|the) (?:article|post|video|table|chart)\b",
    ),
)
_PROMOTION = Telling(
    near=word_set(
        """buy call check contact coupon don't feel follow get give leave learn let limited newsletter order our promo
        reach read shop sign subscribe this visit"""
    ),
    pattern=_pattern(
        r"\b(?:call (?:us|me|now|today)|contact (?:us|me)|get in touch|reach out (?:to|via|by|at)|sign up|subscribe"
        r"|newsletter|follow (?:us|me)|give (?:us|me) a call|check out (?:our|my)|learn more|read more|shop now|buy now"
        r"|order now|visit our (?:website|site|page|shop)|our (?:office|clinic|practice|team|hygienists?) offers?"
        r"|let (?:us|me) know|feel free to|leave a comment|don['’]t hesitate|limited time|this week only"
        r"|promo code|coupon)\b"
    ),
)

RULES = Rules(
    language="en",
    connective=CONNECTIVE,
    leading_clause=LEADING_CLAUSE,
    trailing_clause=TRAILING_CLAUSE,
    trailing_ends=("above", "below", "earlier", "before", "here", ")", *"0123456789"),
    gates=((ADVERTISES, _PROMOTION), (ABOUT_THE_TEXT, _ABOUT_THE_TEXT)),
)
