"""What became of a try, as every page says it: one word and one sign for each outcome."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.domain.delivery import Outcome

WORDS: Mapping[Outcome, str] = {
    Outcome.PUBLISHED: "Published",
    Outcome.REFUSED: "Refused",
    Outcome.TRY_AGAIN: "Put off",
    Outcome.UNKNOWN: "Answer lost",
    Outcome.NOT_STARTED: "Not begun",
    Outcome.TOO_LATE: "Too late",
}
ICONS: Mapping[Outcome, str] = {
    Outcome.PUBLISHED: "published",
    Outcome.REFUSED: "failed",
    Outcome.TRY_AGAIN: "scheduled",
    Outcome.UNKNOWN: "unknown",
    Outcome.NOT_STARTED: "scheduled",
    Outcome.TOO_LATE: "held",
}
