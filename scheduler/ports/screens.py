"""What the dashboard keeps and asks for."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from scheduler.domain.session import Session


class Sessions(Protocol):
    """Who is signed in to the dashboard."""

    def add(self, session: Session, *, now: datetime) -> None:
        """Keeps it, and drops those that are over."""

    def get(self, key: str) -> Session | None:
        """None when it was ended or never was."""

    def end(self, key: str) -> None:
        """For good."""

    def end_all(self) -> None:
        """As the password is another."""
