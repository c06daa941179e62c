"""Looks for a card that breaks a rule: `python bench/cards/everything.py [CARDS]` generates texts in every script.

Each card is painted and judged, or refused with a reason. Prints the smallest example of what went wrong.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from looking.rules import faults
from looking.samples import ASSETS, BRANDS, request
from looking.texts import ADDRESSES, NAMES, ROLES, SIZES, TEXTS

from scheduler.cards import template

FORMS = st.sampled_from(template.names(ASSETS))


def main(count: int) -> None:
    """Judges so many cards; ends with 1 and the example when one breaks a rule."""
    seen: Counter[str] = Counter()
    start = time.monotonic()
    with TemporaryDirectory() as folder:

        @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck),
                  phases=(Phase.generate, Phase.shrink))  # fmt: skip
        @given(TEXTS, FORMS, SIZES, st.sampled_from(BRANDS), NAMES, ROLES, ADDRESSES, st.lists(TEXTS, max_size=6))
        def judge(said, form, size, brand, name, role, address, items):  # type: ignore[no-untyped-def]
            language, text = said
            listed = {"heading": text[:80], "items": tuple(item for _, item in items)} if form == "tips" else {}
            words = {"quote": text, "name": name, "role": role, "address": address, "language": language, **listed}
            seen[form] += 1
            wrong = faults(request(form, size, brand, {}, Path(folder), **words))
            assert not wrong, wrong

        judge()
    print(f"{sum(seen.values())} cards in {time.monotonic() - start:.0f} s, none breaks a rule: {dict(seen)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
