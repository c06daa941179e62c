"""What a check says of a post before it goes out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.article import Span

CLAIMS = "claims"
"""The check that asks the claim rules."""


class Severity(StrEnum):
    """`block` stops the post, `confirm` needs a named person's yes, `note` is shown."""

    BLOCK = "block"
    CONFIRM = "confirm"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding; `span` is a character range of the post's words."""

    check: str
    severity: Severity
    rule: str
    span: Span
    message: str
    hint: str
