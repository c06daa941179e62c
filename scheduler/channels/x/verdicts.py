"""What a failed call to X proves, as one table; delivery.md's rules for this network.

While publishing only a documented refusal proves anything. Before that nothing can be out there, so a failure of which
nobody knows anything is one for now. What X has against the account, and not against the post, pauses the account.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from scheduler.channels.x.wire import Failed, Rejected, Unreached
from scheduler.domain.errors import AccountRefused, NotSent, Refused, TryAgain, Unknown
from scheduler.domain.shown import shown

LONGEST_RESET = timedelta(days=1)
LONGEST_QUOTE = 200
LONGEST_WORDS = 2000
LOCKED = re.compile(r"\bsuspend|\block(ed)?\b", re.IGNORECASE)
LOCKED_CODES = frozenset({63, 64, 326})
"""X's own numbers for accounts that are suspended or locked, where it tells one."""
MAY_NOT_WRITE = re.compile(r"oauth1? app permissions|client-forbidden|client-not-enrolled|not enrolled", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A documented refusal: of the post or, with `of_account`, of the account, which pauses so long as `wait`."""

    words: str
    hint: str
    of_account: bool = False
    wait: timedelta | None = None


DOCUMENTED: Mapping[int, Verdict] = {
    400: Verdict(words="X can't make sense of the post", hint="Look at its words and its card before you retry it."),
    401: Verdict(
        words="X doesn't accept the keys",
        hint="Reconnect: `quotidian channels login x`. Of a machine whose clock is minutes off, X accepts none.",
        of_account=True,
    ),
    402: Verdict(
        words="X wants credits first",
        hint="Buy credits in X's developer portal; it goes on by itself.",
        of_account=True,
        wait=timedelta(hours=1),
    ),
    403: Verdict(
        words="X doesn't allow it", hint="Look at the account's and the app's permissions on X: read and write."
    ),
    404: Verdict(words="X doesn't know what it was asked for", hint="Look whether the account still exists."),
    413: Verdict(words="The picture is too large for X", hint="Choose jpg or webp."),
    429: Verdict(words="X asks for a pause", hint="It goes on by itself.", of_account=True, wait=timedelta(minutes=15)),
}
SUSPENDED = Verdict(
    words="X has suspended or locked the account",
    hint="Log in on X and follow what it says there, then `quotidian resume`.",
    of_account=True,
)
READ_ONLY = Verdict(
    words="X doesn't let the app write",
    hint="Set the app's permissions on X to read and write, make new keys, then `quotidian channels login x`.",
    of_account=True,
)
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
    verdict = _verdict(failure) if isinstance(failure, Rejected) else None
    if verdict is None or not isinstance(failure, Rejected):
        return None
    said = _said(failure)
    words = f"{verdict.words}: {said}" if said else f"{verdict.words}."
    if not verdict.of_account:
        return Refused(words, hint=verdict.hint)
    return AccountRefused(words, hint=verdict.hint, until=_reset(failure), wait=verdict.wait)


def _verdict(failure: Rejected) -> Verdict | None:
    answer = _answer(failure)
    if failure.status != 429 and not isinstance(answer, dict):
        return None  # Something between us and X has answered, not X.
    if failure.status in (401, 403) and isinstance(answer, dict):
        if _locked(answer):
            return SUSPENDED
        if failure.status == 403 and MAY_NOT_WRITE.search(" ".join(_words(answer))):
            return READ_ONLY
    return DOCUMENTED.get(failure.status)


def _locked(answer: Mapping[str, object]) -> bool:
    return _first(answer).get("code") in LOCKED_CODES or bool(LOCKED.search(" ".join(_words(answer))))


def _reset(failure: Rejected) -> datetime | None:
    """When a pause ends by X's own clock; None where it names no sensible time."""
    seconds = failure.headers.get("x-rate-limit-reset", "") if failure.status == 429 else ""
    reset = datetime.fromtimestamp(int(seconds), UTC) if re.fullmatch(r"[0-9]{1,11}", seconds) else None
    now = _date(failure)
    return reset if reset and (now is None or now < reset <= now + LONGEST_RESET) else None


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
    """X's own words, in either of the two forms that it documents; shortened, and nothing that steers a terminal."""
    answer = _answer(failure)
    words = _words(answer) if isinstance(answer, dict) else ()
    return shown(" ".join(next(iter(words), "").split()))[:LONGEST_QUOTE]


def _words(answer: Mapping[str, object]) -> tuple[str, ...]:
    said = (answer.get("detail"), _first(answer).get("message"), answer.get("title"), answer.get("type"))
    return tuple(str(words)[:LONGEST_WORDS] for words in said if words)


def _first(answer: Mapping[str, object]) -> Mapping[str, object]:
    errors = answer.get("errors")
    return errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
