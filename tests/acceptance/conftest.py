"""Fixtures of the acceptance tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.walk import Workspace, make_workspace
from tests.blank import blank_database, quick_databases
from tests.warm import warm_children

__all__ = ["blank_database", "quick_databases", "warm_children"]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "clinic")
