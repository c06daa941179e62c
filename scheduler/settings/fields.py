"""Kinds of values that settings take, each with the sentence that a wrong one gets."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.localedata import exists
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from scheduler.domain.closed import parse_blocked, parse_quiet
from scheduler.domain.links import without_login
from scheduler.domain.pricing import parse_link_rule, parse_prices
from scheduler.domain.slots import parse_slots

MOST_ADDRESSES = 10


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


def _clock_time(text: str) -> str:
    if text and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError(f"'{text}' is not a time; write for example 08:00")
    return text


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise ValueError(f"'{text}' is not a day; write for example 2027-05-03") from None


def addresses(words: SecretStr) -> tuple[str, ...]:
    """Addresses of apprise as they stand in a setting; a comma or a blank inside of one is none between two."""
    parts = re.split(r"[\s,]+(?=[a-z][a-z0-9+.-]*://)", words.get_secret_value().strip(), flags=re.IGNORECASE)
    return tuple(dict.fromkeys(part.rstrip(", ") for part in parts if part))


def _notify(words: SecretStr) -> SecretStr:
    found = addresses(words)
    if len(found) > MOST_ADDRESSES or not all(re.match(r"[a-zA-Z][\w+.-]*://\S", one) for one in found):
        raise ValueError(f"write up to {MOST_ADDRESSES} addresses such as mailto://…, json://… or slack://…")
    return words


def _locale(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z_]{2,20}", name) or not exists(name):
        raise ValueError(f"'{name}' is not a locale; write for example en, en_US or de")
    return name


def _listen_address(text: str) -> str:
    host, _, port = text.rpartition(":")
    if text and (not host or not port.isdigit() or int(port) > 65535):
        raise ValueError("write an address and a port, such as 127.0.0.1:8470")
    return text


Zone = Annotated[str, AfterValidator(_zone)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Slots = Annotated[str, AfterValidator(_slots)]
QuietHours = Annotated[str, AfterValidator(_quiet)]
BlockedDays = Annotated[str, AfterValidator(_blocked)]
Name = Annotated[str, AfterValidator(_name)]
Locale = Annotated[str, AfterValidator(_locale)]
ListenAddress = Annotated[str, AfterValidator(_listen_address)]
LinkRule = Annotated[str, AfterValidator(_link_rule)]
PriceWords = Annotated[str, AfterValidator(_prices)]
Dollars = Annotated[
    float | None, Field(ge=0, le=100_000), BeforeValidator(lambda given: given if given != "" else None)
]
ClockTime = Annotated[str, AfterValidator(_clock_time)]
Day = Annotated[str, AfterValidator(_day)]
NotifyAddresses = Annotated[SecretStr, AfterValidator(_notify)]


def calls_of(text: str) -> tuple[str, ...]:
    """`Book a visit:; Find a time:` as calls to action; empty is one without words."""
    return tuple(call for part in text.split(";") if (call := part.strip())) or ("",)
