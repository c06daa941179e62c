"""Whether words are a person's name: what stands as the author of a page is often a firm, a team or “admin”."""

from __future__ import annotations

import re

from scheduler.domain.article import Article

LONGEST = 60
MOST_WORDS = 6

_NOBODIES = """admin administrator webmaster editor editors editorial staff guest author team unknown anonymous user
    root owner blog blogger writer redaktion redaktionsteam redacción équipe rédaction equipo redação hello info office
    marketing news press contributor contributors super website
"""
_FIRMS = """ltd llc inc corp gmbh ag kg ug sa sl srl bv plc co company group clinic clinics practice dental dentistry
    chiropractic wellness health healthcare medical center centre spa studio agency media digital solutions services
    consulting partners associates law legal firm bank insurance bakery restaurant hotel shop store school academy
    institute university association foundation magazine journal times post daily the our and of for
"""
_SMALLS = "de del della der den di du da dos la le van von vom zu al el bin ben ibn y e"
_NOBODY, _FIRM, _SMALL = (frozenset(words.split()) for words in (_NOBODIES, _FIRMS, _SMALLS))
_TITLES = re.compile(
    r"(?:dr|prof|mr|mrs|ms|mx|sr|sra|dra|herr|frau|m|mme|rev|sir|dame|lady|ing|mag|dipl)\.?", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")


def is_persons_name(words: str, *, business: str = "") -> bool:
    """Two to six capitalised words that aren't a firm's; scripts without capitals are taken at their word."""
    parts = [part for part in re.split(r"[\s,]+", words) if part]
    names = [part for part in parts if not _TITLES.fullmatch(part)]
    if len(words) > LONGEST or not 2 <= len(parts) <= MOST_WORDS or not names:
        return False
    if _is_of(words, business) or not all(map(_WORD.fullmatch, parts)):
        return False
    low = {name.lower().strip(".") for name in names}
    if low & _NOBODY or low & _FIRM:
        return False
    return all(name[:1].isupper() or name.lower() in _SMALL or not name[:1].islower() for name in names)


def is_nobody(words: str) -> bool:
    """Whether this is what programs write where nobody gave a name."""
    return words.strip().lower() in _NOBODY


def named_on_cards(article: Article, *, business: str) -> str:
    """Who a card of this article names: as the author asked, else the source's author where that is a person."""
    found = article.wishes.author
    return found or (article.author if is_persons_name(article.author, business=business) else "")


def _is_of(words: str, business: str) -> bool:
    """Whether one of the two names holds the other: “Radwerk Petersen” of “Radwerk”."""
    one, other = _plain(words), _plain(business)
    return bool(other) and (one in other or other in one)


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
