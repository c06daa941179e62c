"""The power goes at any point of deliveries: what had left the machine is known when it is back."""

from __future__ import annotations

import pytest

from tests.powercut.cuts import Found, compiler, cuts

pytestmark = pytest.mark.skipif(compiler() is None, reason="there is no C compiler")


def test_no_power_cut_forgets_an_intent_whose_request_had_gone_out() -> None:
    found = cuts(4, seed=5)

    assert found.requests > 0
    assert found == Found(cuts=4, requests=found.requests)
