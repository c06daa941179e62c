"""What a card says, typeset and taken apart: quote, question and answer, number, title and items, who and where."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.cards import bidi, typography
from scheduler.cards.brand import Brand
from scheduler.cards.figures import Figure, figure_of
from scheduler.cards.tongues import language_of
from scheduler.domain.card import CardRequest
from scheduler.domain.errors import CardRefused

_LONGEST_TEXT = 2000
_MOST_ITEMS = 12
_FEWEST_ITEMS = 2
_ANSWERED = re.compile(r"(?P<question>[^?？؟]*[?？؟][”’»)]*)\s*(?P<answer>\S.*)", re.DOTALL)
_ANSWERED_IN_GREEK = re.compile(r"(?P<question>[^;\u037e]*[;\u037e]»?)\s*(?P<answer>\S.*)", re.DOTALL)
# Words of several letters in scripts that put no spaces between them.
_UNSPACED = re.compile(r"[\u0e01-\u0e4e\u3041-\u30ff\u3400-\u9fff]{4}")
_FEWEST_ANSWER_WORDS = 2
_COMMAS = {
    **dict.fromkeys(("ar", "ckb", "fa", "ps", "sd", "ug", "ur"), "، "),
    **dict.fromkeys(("zh", "yue"), "，"),
    "ja": "、",
}
_ENDS_INSIDE = re.compile(r"[.!?…]\s")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is set, typeset; empty parts are left out. The quote stands between its marks. `photo` tells of one.

    `language` is a BCP 47 tag. `title` is a list's heading or an article's title, which is no quotation.
    """

    opening: str
    quote: str
    closing: str
    name: str = ""
    role: str = ""
    handle: str = ""
    address: str = ""
    links: tuple[str, ...] = ()
    title: str = ""
    items: tuple[str, ...] = ()
    language: str = "en"
    photo: bool = False

    @property
    def link(self) -> str:
        """The first address that a code may lead to."""
        return next(iter(self.links), "")

    @cached_property
    def rtl(self) -> bool:
        """Whether the card is read from the right."""
        return bidi.direction(" ".join((self.title, self.quote, *self.items)), self.language) == "rtl"

    @property
    def tongue(self) -> str:
        """The language, without script and region."""
        return self.language.lower().replace("_", "-").split("-")[0]

    @property
    def by(self) -> str:
        """Who said it, on one line."""
        return _COMMAS.get(self.tongue, ", ").join(part for part in (self.name, self.role) if part)

    @property
    def question(self) -> str:
        """The question that the quote begins with, where an answer follows it."""
        return self._asked[0]

    @property
    def answer(self) -> str:
        """What follows the question."""
        return self._asked[1]

    @cached_property
    def number(self) -> Figure | None:
        """The number that the quote is about."""
        return figure_of(self.quote, self.language)

    @property
    def statement(self) -> str:
        """What stands below the number."""
        return self.number.statement if self.number else ""

    def has(self, fact: str) -> bool:
        """Whether there is such a part."""
        return bool(getattr(self, fact))

    @cached_property
    def _asked(self) -> tuple[str, str]:
        found = (_ANSWERED_IN_GREEK if self.tongue == "el" else _ANSWERED).fullmatch(self.quote)
        if found and (len(found["answer"].split()) >= _FEWEST_ANSWER_WORDS or _UNSPACED.search(found["answer"])):
            return found["question"], found["answer"]
        return "", ""


def words_of(request: CardRequest, look: Brand) -> Words:
    """The request's words, typeset. A role, else the brand's handle, takes the place of a name that is missing.

    Raises CardRefused for a monster.
    """
    given = (request.quote, request.name, request.role, request.address, request.heading, *request.items)
    if max(map(len, given)) > _LONGEST_TEXT or len(request.items) > _MOST_ITEMS:
        raise CardRefused(f"No card takes more than {_LONGEST_TEXT} characters.", hint="Shorten the text.")
    language = language_of(" ".join((request.quote, request.heading, *request.items)), request.language)
    opening, quote, closing = typography.quoted(request.quote, language)
    name, role = (
        typography.without_soft_hyphens(typography.typeset(part, language)) for part in (request.name, request.role)
    )
    handle = typography.tidy(look.handle)
    typeset = (typography.typeset(item, language) for item in request.items)
    items = tuple(item for item in typeset if any(map(str.isalnum, item)))
    return Words(
        opening=opening,
        quote=quote,
        closing=closing,
        name=name or role or handle,
        role=role if name else "",
        handle=handle,
        address=look.address or typography.tidy(request.address),
        links=request.links,
        title=typography.typeset(request.heading, language).rstrip(":："),
        items=_without_stops(items) if len(items) >= _FEWEST_ITEMS else (),
        language=language,
        photo=bool(look.photos),
    )


def named(look: Brand, request: CardRequest) -> Brand:
    """The brand, under the request's name for the business where it has none of its own."""
    return look if look.name or look.logo else replace(look, name=typography.tidy(request.business))


def _without_stops(items: tuple[str, ...]) -> tuple[str, ...]:
    """Items of one sentence each stand without its stop, as in any list; commas between items go too."""
    bare = tuple(item.rstrip(";,") for item in items)
    if any(_ENDS_INSIDE.search(item) for item in bare):
        return bare
    return tuple(item[:-1] if item.endswith(".") and not item.endswith("..") else item for item in bare)
