"""Why a claim rule exists and who says so, for the findings that it made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from scheduler.domain.findings import CLAIMS
from scheduler.domain.post import Post

if TYPE_CHECKING:
    from scheduler.checks.rules import Rules


def reasons(rules: Rules, posts: Iterable[Post]) -> dict[str, dict[str, Any]]:
    """Pack, reason and source of each rule that found something, by its id."""
    found = {finding.rule for post in posts for finding in post.findings if finding.check == CLAIMS}
    return {
        rule.id: {"pack": rule.pack, "reason": rule.reason, "source": rule.source} for rule in rules if rule.id in found
    }
