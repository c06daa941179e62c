"""Where an answer leads, checked like any address: what somebody else wrote is no better than what we were given."""

from __future__ import annotations

from urllib.parse import urljoin

from scheduler.domain.errors import AddressRefused
from scheduler.fetching.exchange import Answer
from scheduler.fetching.target import Target, target

STATUSES = frozenset({301, 302, 303, 307, 308})


def moved(at: Target, answer: Answer) -> Target | None:
    """The next target; None where the answer leads nowhere. Raises AddressRefused, also from https to http."""
    location = answer.header("Location")
    if answer.status not in STATUSES or not location:
        return None
    after = target(_joined(at, location))
    if (at.scheme, after.scheme) == ("https", "http"):
        raise AddressRefused("The address leads from a secured page to an unsecured one.", path=after.url)
    return after


def _joined(at: Target, location: str) -> str:
    try:
        # Header values come as Latin-1; what was sent is most likely UTF-8.
        return urljoin(at.url, location.encode("latin-1").decode("utf-8").replace(" ", "%20"))
    except ValueError:
        raise AddressRefused("The address leads to something that is none.") from None
