"""The English word lists that the ranking looks for, as data: each is a thing that readers notice in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from scheduler.cutting import vocabulary


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LISTS: Mapping[str, frozenset[str]] = {
    "weighty": vocabulary.KEY_WORDS,
    "absolute": vocabulary.ABSOLUTES,
    "feeling": vocabulary.FEELING,
    "hedge": vocabulary.HEDGES,
    "function": vocabulary.FUNCTION_WORDS,
    "you": vocabulary.SECOND_PERSON,
    "i": vocabulary.FIRST_PERSON,
    "we": _words("we us our ours we're we've we'll we'd ourselves let's"),
    "command": vocabulary.IMPERATIVES,
    "others": _words("he she it they him her them his hers its their theirs himself herself itself themselves"),
    "duty": _words("must need needs should have ought shall"),
    "will": _words("will you'll we'll they'll it'll won't i'll"),
    "can": _words("can could may might able can't cannot"),
    "comparing": _words(
        """more less better worse easier harder faster higher lower bigger smaller greater larger stronger rather
        sooner longer further fewer than"""
    ),
    "superlative": _words(
        """most best worst least biggest greatest largest easiest hardest fastest strongest highest lowest first top
        number latest smartest simplest"""
    ),
    "cause": _words("because since therefore thus reason why so result means mean leads cause causes"),
    "contrast": _words(
        "but however although though yet instead while whereas despite unless even rather still nevertheless"
    ),
    "amount": _words("many most some few several every each all any both much lot lots more number percent"),
    "is": _words("is are am isn't aren't it's that's you're we're they're there's be"),
    "past": _words(
        """was were had did wasn't weren't hadn't didn't went came said told got made took thought knew asked saw found
        started began became felt gave called left put kept"""
    ),
    "time": _words(
        """today now year years month months week weeks day days time january february march april may june july august
        september october november december monday spring summer fall winter recently currently last ago yesterday
        tomorrow"""
    ),
    "point": _words(
        """key goal secret truth point thing problem reason way lesson idea answer question difference power success
        purpose mission value values rule principle advice mistake challenge opportunity"""
    ),
    "thinking": _words("think believe feel know hope want wish guess remember understand learned realize"),
    "people": _words(
        """people person life family world human everyone someone anyone nobody work job team business client clients
        customer customers company"""
    ),
    "greeting": _words(
        """hi hello hey thanks thank welcome joined join today's video watch podcast episode talk talked discuss
        interview"""
    ),
    "calling": _words(
        """call email contact phone website site link visit click text message info question questions chat website's
        schedule subscribe free"""
    ),
    "good": _words(
        """good great best better love happy success successful beautiful easy win helpful perfect amazing wonderful
        excellent strong healthy safe confident right important valuable benefit benefits opportunity advantage free
        enjoy improve gain fun excited exciting incredible powerful passion passionate trust"""
    ),
    "bad": _words(
        """bad worst worse hard difficult problem problems risk fail failure failing fear wrong mistake mistakes pain
        painful stress lose lost loss danger dangerous death die hurt hurts worry sick afraid angry hate poor harm weak
        tired sad terrible never impossible struggle struggling kill killed"""
    ),
    "stress": _words(
        """very really truly extremely incredibly absolutely completely so such just simply actually literally ever
        always never totally"""
    ),
    "denial": _words("no not never none nobody nothing neither nor without cannot"),
    "which": _words("which who whose where"),
    "than": _words("than"),
    "like": _words("like"),
    "that": _words("that"),
    "and": _words("and"),
    "or": _words("or"),
    "only": _words("even only just"),
    "pointing": _words("this these those"),
    "somewhere": _words("here there above below"),
}

ENDINGS: Mapping[str, tuple[str, ...]] = {
    "denial": ("n't",),
    "ly": ("ly",),
    "ing": ("ing",),
    "abstract": tuple(
        ending + plural
        for ending in ("tion", "sion", "ness", "ment", "ity", "ance", "ence", "ship", "ism", "hood", "dom")
        for plural in ("", "s")
    ),
}
LEAST_BEFORE_AN_ENDING = 2

OPENERS: Mapping[str, frozenset[str]] = {
    "the": _words("the"),
    "a": _words("a an"),
    "if": _words("if"),
    "when": _words("when once as while whenever"),
    "you": vocabulary.SECOND_PERSON,
    "our": _words("our"),
    "it": _words("it it's"),
    "this": _words("this that these those that's"),
    "they": _words("he she they his her their he's she's they're"),
    "command": vocabulary.IMPERATIVES,
    "denial": _words("don't never no not nothing nobody"),
    "every": _words("every all everyone each most any everything people"),
    "count": _words(
        """first second third fourth fifth sixth next finally lastly another also one two three four five six seven
        eight number step tip"""
    ),
    "time": _words("today now year last recently currently yesterday tomorrow"),
    "question": _words("what how why who where which"),
    "let": _words("let let's"),
    "remember": _words("remember"),
    "to": _words("to"),
}
DOING = "doing"


@lru_cache(maxsize=16384)
def lists_of(word: str) -> tuple[str, ...]:
    """The names of all lists and endings that a lower-case word belongs to, each once."""
    ends = [name for name, endings in ENDINGS.items() if word[LEAST_BEFORE_AN_ENDING:].endswith(endings)]
    return tuple(dict.fromkeys((*(name for name, held in LISTS.items() if word in held), *ends)))


@lru_cache(maxsize=4096)
def openers_of(word: str) -> tuple[str, ...]:
    """The names of what a sentence opens with, given its first word."""
    named = tuple(name for name, held in OPENERS.items() if word in held)
    return named or ((DOING,) if "ing" in lists_of(word) else ())
