"""Every setting of a workspace, from its settings.env and QUOTIDIAN_… variables; the only reader of the environment."""

from __future__ import annotations

from scheduler.settings.described import FILE, described, example
from scheduler.settings.loading import defaults, load
from scheduler.settings.schema import Approval, Settings

__all__ = ["FILE", "Approval", "Settings", "defaults", "described", "example", "load"]
