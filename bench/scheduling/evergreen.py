"""How long a year of later runs takes to plan: `python bench/scheduling/evergreen.py [ARTICLES]`, else a thousand.

Twelve posts of each article are out on three channels; they come again by the shipped rules as far as a year ahead,
beside what the calendar has. Then the same again, when all is planned.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from scheduler.bootstrap import open_app
from scheduler.domain.article import Wishes
from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.post import Approval, Post
from scheduler.domain.wording import wording
from scheduler.testing.samples import NINE, article, delivery, post

ARTICLES, POSTS, CHANNELS = 1_000, 12, ("main", "second", "third")
SECONDS_BAR, MIB_BAR = 30, 500
PER_DAY = 36
AGO = timedelta(days=400)
SETTINGS = (
    "TIME_ZONE=Europe/Madrid\nBOOKING__MAIN=https://book.example.com\nEVERGREEN_DAYS=365\n"
    "CALL_TO_ACTION=Book a visit:; Find a time:; Come and see us:; Write to us:\n"
)


def settings() -> str:
    """Three accounts with a long day each."""
    minutes = (7 * 60 + number * 25 for number in range(PER_DAY))
    slots = ", ".join(f"daily {minute // 60:02}:{minute % 60:02}" for minute in minutes)
    return SETTINGS + "".join(f"CHANNELS__{name}__SLOTS={slots}\n" for name in CHANNELS)


def posts_of(number: int) -> list[Post]:
    """A year's posts of one article."""
    like, found = post(), []
    for place in range(POSTS):
        text = f"{like.excerpt.text} {number}, {place}."
        one = replace(like, excerpt=replace(like.excerpt, spans=((place, place + 30),), text=text))
        yes = Approval(by="Ann", at=NINE, content_hash=one.content_hash)
        found.append(replace(one, approval=yes))
    return found


def first_runs(number: int) -> list[Delivery]:
    """Those of one article, out long ago."""
    found = []
    for place in range(POSTS):
        post_id = number * POSTS + place + 1
        at = NINE - AGO + timedelta(minutes=post_id)
        for channel in CHANNELS:
            one = delivery(code=f"{channel[0]}{post_id:06}", channel=channel, due_at=at, post_id=post_id)
            text = f"{number}, {place}. {one.text}"
            found.append(replace(one, text=text, state=State.PUBLISHED, key="k", sent_at=at))
    return found


def main(count: int) -> int:
    """Prints seconds and MiB; 1 over a bar, or where a rule is broken."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "settings.env").write_text(settings(), "utf-8")
        app = open_app(Path(name))
        entry = AuditEntry(at=NINE, who="bench", what="took it in", subject="article")
        for number in range(count):
            here = article(f"Article {number}")
            (Path(name) / here.source).parent.mkdir(parents=True, exist_ok=True)
            (Path(name) / here.source).write_text(here.text, "utf-8")
            app.store.library.add(replace(here, wishes=Wishes(evergreen=True)), posts_of(number), entry)
        app.store.deliveries.add([one for number in range(count) for one in first_runs(number)], entry)
        begun = time.perf_counter()
        plan = app.intake.plan(now=NINE)
        planned = time.perf_counter()
        app.intake.schedule(who="bench", now=NINE)
        kept = time.perf_counter()
        again = app.intake.plan(now=NINE)
        ended = time.perf_counter()
        broken = rules_broken(app.store.deliveries.select())
        app.close()
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count:,} articles: {len(plan.planned):,} later runs planned in a year, {len(plan.over):,} posts through")
    print(f"plan {planned - begun:.1f} s, plan and keep {kept - planned:.1f} s, plan again {ended - kept:.1f} s")
    print(f"planned again: {len(again.planned)}; rules broken: {broken}; most memory {mib:.0f} MiB")
    return int(planned - begun > SECONDS_BAR or mib > MIB_BAR or bool(again.planned) or bool(broken))


def rules_broken(deliveries: list[Delivery]) -> int:
    """How often a post came too soon or too often, or an account said the same twice."""
    own: dict[tuple[int, str], list[Delivery]] = {}
    said: dict[tuple[int, str], int] = {}
    for one in sorted(deliveries, key=lambda one: one.due_at):
        own.setdefault((one.post_id, one.channel), []).append(one)
        body = wording(one.text, one.link), one.channel
        said[body] = said.get(body, 0) + 1
    soon = sum(b.due_at - a.due_at < timedelta(days=90) for runs in own.values() for a, b in pairwise(runs))
    often = sum(len(runs) > 4 for runs in own.values())
    return soon + often + sum(count > 1 for count in said.values())


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES))
