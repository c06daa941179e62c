"""On a laptop a test may be skipped for something that is missing there; in CI that is a failure."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

SHARED = "../shared"
"""Tests on the marked articles and the seed run where those are; that skip alone is tolerated in CI."""

settings.register_profile("calm", deadline=None)
settings.load_profile("calm")


LONGEST_ID = 60


def pytest_make_parametrize_id(val: object) -> str | None:
    """A test's name holds the beginning of a long value: else it would fill the screen when it fails."""
    return f"{val[:LONGEST_ID]!a}…{len(val)}" if isinstance(val, str | bytes) and len(val) > LONGEST_ID else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if SHARED not in reason:
            report.outcome = "failed"
            report.longrepr = f"In CI nothing may be missing. {reason}"
    return report
