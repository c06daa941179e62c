"""What a failed call to X proves, as one table; delivery.md's rules for this network.

While publishing only a documented refusal proves anything. Before that nothing can be out there, so a failure of which
nobody knows anything is one for now.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from scheduler.channels.x.wire import Failed, Rejected, Unreached
from scheduler.domain.errors import NotSent, Refused, TryAgain, Unknown

LONGEST_RESET = timedelta(days=1)
LONGEST_QUOTE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A documented refusal. With a `pause` it is one for now, and the whole account waits so long."""

    words: str
    hint: str
    pause: timedelta | None = None


DOCUMENTED: Mapping[int, Verdict] = {
    400: Verdict(words="X can't make sense of the post", hint="Look at its words and its card before you retry it."),
    401: Verdict(
        words="X doesn't accept the keys",
        hint="Reconnect: `quotidian channels login x`. Of a machine whose clock is minutes off, X accepts none.",
    ),
    402: Verdict(
        words="X wants credits first",
        hint="Buy credits in X's developer portal; it goes on by itself.",
        pause=timedelta(hours=1),
    ),
    403: Verdict(
        words="X doesn't allow it", hint="Look at the account's and the app's permissions on X: read and write."
    ),
    404: Verdict(words="X doesn't know what it was asked for", hint="Look whether the account still exists."),
    413: Verdict(words="The picture is too large for X", hint="Choose jpg or webp."),
    429: Verdict(words="X asks for a pause", hint="It goes on by itself.", pause=timedelta(minutes=15)),
}
UNREACHED = "X can't be reached."
UNANSWERED = "X gave no clear answer."
LATER = "Look at your connection; a delivery is tried again by itself."
DUPLICATE = "X says that it has this text already."


def of_publishing(failure: Failed) -> NotSent:
    """What is known of the post after a failed request to publish it."""
    if isinstance(failure, Unreached):
        return TryAgain(UNREACHED, hint=LATER)
    if isinstance(failure, Rejected) and failure.status == 403 and "duplicate" in _said(failure).lower():
        return Unknown(DUPLICATE, hint="We look whether it is ours.")
    return _documented(failure) or Unknown(UNANSWERED, hint="We look whether it is there.")


def of_asking(failure: Failed) -> NotSent:
    """What to do after any other failed request, with which nothing can have gone out."""
    words = UNREACHED if isinstance(failure, Unreached) else UNANSWERED
    return _documented(failure) or TryAgain(words, hint=LATER)


def _documented(failure: Failed) -> NotSent | None:
    verdict = DOCUMENTED.get(failure.status) if isinstance(failure, Rejected) else None
    if verdict is None or not isinstance(failure, Rejected):
        return None
    if failure.status != 429 and not isinstance(_answer(failure), dict):
        return None  # Something between us and X has answered, not X.
    said = _said(failure)
    words = f"{verdict.words}: {said}" if said else f"{verdict.words}."
    if verdict.pause is None:
        return Refused(words, hint=verdict.hint)
    return TryAgain(words, hint=verdict.hint, at=_until(failure, verdict.pause))


def _until(failure: Rejected, pause: timedelta) -> datetime | None:
    """When to come back by X's own clock; None where it names neither a sensible time nor its clock."""
    now = _date(failure)
    reset = _reset(failure) if failure.status == 429 else None
    if reset and (now is None or now < reset <= now + LONGEST_RESET):
        return reset
    return now + pause if now else None


def _reset(failure: Rejected) -> datetime | None:
    seconds = failure.headers.get("x-rate-limit-reset", "")
    return datetime.fromtimestamp(int(seconds), UTC) if re.fullmatch(r"[0-9]{1,11}", seconds) else None


def _date(failure: Rejected) -> datetime | None:
    try:
        return parsedate_to_datetime(failure.headers.get("Date", "")).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _answer(failure: Rejected) -> object:
    try:
        return json.loads(failure.body)
    except (ValueError, RecursionError):
        return None


def _said(failure: Rejected) -> str:
    """X's own words, in either of the two forms that it documents; shortened."""
    answer = _answer(failure)
    if not isinstance(answer, dict):
        return ""
    errors = answer.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    said = next((words for words in (answer.get("detail"), first.get("message"), answer.get("title")) if words), "")
    return " ".join(str(said).split())[:LONGEST_QUOTE]
