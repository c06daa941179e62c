"""Fixtures of the house's tests."""

from __future__ import annotations

from tests.warm import warm_children

__all__ = ["warm_children"]
