"""How long a year takes to plan: `python bench/scheduling/plan.py [ARTICLES]`, a thousand on three channels by default.

A post a month of each article on each channel, into slots with jitter, spacing, quiet hours and blocked days; then the
same again, when all is planned.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from scheduler.bootstrap import open_app
from scheduler.domain.audit import AuditEntry
from scheduler.domain.post import Post
from scheduler.testing.samples import NINE, article, post

ARTICLES, MONTHS, CHANNELS = 1_000, 12, ("main", "second", "third")
SECONDS_BAR, MIB_BAR = 30, 500
SETTINGS = "TIME_ZONE=Europe/Madrid\nBOOKING__MAIN=https://book.example.com\nBLOCKED=12-24..01-02, 2027-08-15\n"
PER_DAY = 36
"""Enough slots a day for a year of a thousand articles on one channel."""


def settings() -> str:
    """Three accounts with a long day each."""
    minutes = (7 * 60 + number * 25 for number in range(PER_DAY))
    slots = ", ".join(f"daily {minute // 60:02}:{minute % 60:02}" for minute in minutes)
    keys = {"SLOTS": slots, "JITTER": "5", "SPACING": "15", "QUIET": "22:30-06:30"}
    return SETTINGS + "".join(f"CHANNELS__{name}__{key}={value}\n" for name in CHANNELS for key, value in keys.items())


def posts_of(number: int) -> list[Post]:
    """A year's posts of one article, each standing elsewhere in it."""
    like = post()
    cut = [
        replace(like.excerpt, spans=((place, place + 30),), text=f"{like.excerpt.text} {number}.")
        for place in range(MONTHS)
    ]
    return [replace(like, excerpt=one) for one in cut]


def main(count: int) -> int:
    """Prints seconds and MiB; 1 over a bar."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "settings.env").write_text(settings(), "utf-8")
        app = open_app(Path(name))
        for number in range(count):
            entry = AuditEntry(at=NINE, who="bench", what="took it in", subject=f"article {number}")
            app.store.library.add(article(f"Article {number}"), posts_of(number), entry)
        begun = time.perf_counter()
        plan = app.intake.plan(now=NINE)
        planned = time.perf_counter()
        app.intake.schedule(who="bench", now=NINE)
        kept = time.perf_counter()
        again = app.intake.plan(now=NINE)
        ended = time.perf_counter()
        app.close()
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    last = max(each.delivery.wall_time for each in plan.planned)
    print(
        f"{count:,} articles: {len(plan.planned):,} deliveries planned as far as {last}, {len(plan.left_out)} left out"
    )
    print(f"plan {planned - begun:.1f} s, plan and keep {kept - planned:.1f} s, plan again {ended - kept:.1f} s")
    print(f"planned again: {len(again.planned)}; most memory {mib:.0f} MiB")
    return int(planned - begun > SECONDS_BAR or mib > MIB_BAR or bool(again.planned))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES))
