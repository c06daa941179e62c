"""How long a year takes to plan: `python bench/scheduling/plan.py [ARTICLES]`, a thousand on three channels by default.

Twelve posts of each article on each channel, into slots with jitter, spacing, quiet hours and blocked days: into the
next free slots, and as a campaign of a year. Then the same again, when all is planned, and with one article more.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from scheduler.bootstrap import App, open_app
from scheduler.domain.audit import AuditEntry
from scheduler.domain.post import Post, PostStatus
from scheduler.testing.samples import NINE, article, post

ARTICLES, MONTHS, CHANNELS = 1_000, 12, ("main", "second", "third")
SECONDS_BAR, MIB_BAR = 30, 500
SETTINGS = "TIME_ZONE=Europe/Madrid\nBOOKING__MAIN=https://book.example.com\nBLOCKED=12-24..01-02, 2027-08-15\n"
PER_DAY = 36
"""Enough slots a day for a year of a thousand articles on one channel."""


CAMPAIGN = f"posts = {MONTHS}\n[[rhythm]]\nweeks = 52\nposts_a_week = 0.25\n"


def settings(campaign: str) -> str:
    """Three accounts with a long day each."""
    minutes = (7 * 60 + number * 25 for number in range(PER_DAY))
    slots = ", ".join(f"daily {minute // 60:02}:{minute % 60:02}" for minute in minutes)
    keys = {"SLOTS": slots, "JITTER": "5", "SPACING": "15", "QUIET": "22:30-06:30"}
    channels = (f"CHANNELS__{name}__{key}={value}\n" for name in CHANNELS for key, value in keys.items())
    return "".join([SETTINGS, f"CAMPAIGN={campaign}\n", *channels])


def posts_of(number: int) -> list[Post]:
    """A year's posts of one article, each standing elsewhere in it."""
    like = post()
    cut = [
        replace(like.excerpt, spans=((place, place + 30),), text=f"{like.excerpt.text} {number}, {place}.")
        for place in range(MONTHS)
    ]
    return [replace(like, excerpt=one, status=PostStatus.DRAFT, approval=None) for one in cut]


def add(app: App, number: int) -> None:
    """One article with its posts."""
    entry = AuditEntry(at=NINE, who="bench", what="took it in", subject=f"article {number}")
    app.store.library.add(article(f"Article {number}"), posts_of(number), entry)


def run(count: int, campaign: str) -> bool:
    """Prints seconds and MiB; whether they are within the bars."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "settings.env").write_text(settings(campaign), "utf-8")
        (Path(name) / "assets/campaigns").mkdir(parents=True)
        (Path(name) / "assets/campaigns/year.toml").write_text(CAMPAIGN, "utf-8")
        app = open_app(Path(name))
        for number in range(count):
            add(app, number)
        times = [time.perf_counter()]
        plan = app.intake.plan(now=NINE)
        times.append(time.perf_counter())
        app.intake.schedule(who="bench", now=NINE)
        times.append(time.perf_counter())
        again = app.intake.plan(now=NINE)
        times.append(time.perf_counter())
        add(app, count)
        newcomer = app.intake.plan(now=NINE)
        times.append(time.perf_counter())
        app.close()
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    last = max(each.delivery.wall_time for each in plan.planned)
    took = [later - sooner for sooner, later in pairwise(times)]
    where = f"as campaign {campaign}" if campaign else "into the next free slots"
    print(
        f"{count:,} articles {where}: {len(plan.planned):,} deliveries as far as {last}, {len(plan.left_out)} left out"
    )
    print(
        f"  plan {took[0]:.1f} s, plan and keep {took[1]:.1f} s, plan again {took[2]:.1f} s: {len(again.planned)} more"
    )
    print(f"  one article more {took[3]:.1f} s: {len(newcomer.planned)} planned, {len(newcomer.moves)} moved")
    print(f"  most memory {mib:.0f} MiB")
    return took[0] <= SECONDS_BAR and mib <= MIB_BAR and not again.planned and not again.moves


def main(count: int) -> int:
    """1 over a bar."""
    return int(not all([run(count, ""), run(count, "year")]))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES))
