"""Two workers, faults, deaths, jumping clocks and a person in any order: nothing lost, nothing twice."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.integration.protocol import Protocol

TestProtocol = Protocol.TestCase
TestProtocol.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
