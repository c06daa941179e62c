"""Kinds of values that settings take, each with the sentence that a wrong one gets."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field

from scheduler.domain.closed import parse_blocked, parse_quiet
from scheduler.domain.links import without_login
from scheduler.domain.pricing import parse_link_rule, parse_prices
from scheduler.domain.slots import parse_slots


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"'{name}' is not an IANA time zone; write for example Europe/Madrid") from None
    return name


def _web_address(url: str) -> str:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    if not host or not re.fullmatch(r"https?://[^\s/@]+(/\S*)?|https?://[^\s/@]+\?\S*", url):
        raise ValueError(f"'{without_login(url)}' is not a web address; write it whole, with https://")
    return url


def _slots(text: str) -> str:
    parse_slots(text)
    return text


def _quiet(text: str) -> str:
    parse_quiet(text)
    return text


def _blocked(text: str) -> str:
    parse_blocked(text)
    return text


def _name(name: str) -> str:
    if not re.fullmatch(r"[\w-]{1,40}", name):
        raise ValueError("a name has letters, digits, - and _ only, and at most 40 of them")
    return name


def _link_rule(text: str) -> str:
    parse_link_rule(text)
    return text


def _prices(text: str) -> str:
    parse_prices(text)
    return text


Zone = Annotated[str, AfterValidator(_zone)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Slots = Annotated[str, AfterValidator(_slots)]
QuietHours = Annotated[str, AfterValidator(_quiet)]
BlockedDays = Annotated[str, AfterValidator(_blocked)]
Name = Annotated[str, AfterValidator(_name)]
LinkRule = Annotated[str, AfterValidator(_link_rule)]
PriceWords = Annotated[str, AfterValidator(_prices)]
Dollars = Annotated[
    float | None, Field(ge=0, le=100_000), BeforeValidator(lambda given: given if given != "" else None)
]
