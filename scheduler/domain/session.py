"""Somebody who has signed in to the dashboard, for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """`key` is the digest of the token that the browser has; instants are UTC."""

    key: str
    who: str
    since: datetime
    until: datetime
