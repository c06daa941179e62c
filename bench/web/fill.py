"""Makes a workspace as large as any: `python bench/web/fill.py FOLDER [ATTEMPTS]`, a million attempts by default.

A tenth as many posts, each on three channels, three times; three years behind now and a quarter ahead, with all that
happens in a life: tries that were put off, posts that failed, are held, or of which nobody knows. Written past the use
cases, as fast as SQLite takes it; what stands in the rows is what the use cases would have written.
"""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy import insert

from scheduler.dispatch.clock import SystemClock
from scheduler.domain.article import Article, Block, BlockKind, Excerpt, ExcerptKind
from scheduler.domain.audit import AuditEntry
from scheduler.domain.card import PaintedCard
from scheduler.domain.delivery import State
from scheduler.domain.findings import CLAIMS, Finding, Severity
from scheduler.domain.post import Approval, Post, PostStatus
from scheduler.domain.slots import at_instant
from scheduler.domain.wording import wording
from scheduler.store import open_store
from scheduler.store.columns import to_number
from scheduler.store.database import Database
from scheduler.store.posts import decisions
from scheduler.store.tables import articles, audit, cards, excerpts, posts
from scheduler.testing.samples import delivery

ATTEMPTS = 1_000_000
CHANNELS = ("bluesky", "clinic", "mastodon")
RUNS = 3
A_ARTICLE = 20
PAST, AHEAD = timedelta(days=3 * 365), timedelta(days=90)
BATCH = 20_000
PEOPLE = ("Mara Lindqvist", "Dr Ono", "Sam Reyes")
SUBJECTS = ("Your lower back", "A stiff neck", "The sciatic nerve", "Your shoulder", "A good chair", "Your knee")
VERBS = ("likes", "needs", "asks for", "gets better with", "does well with", "rests after")
THINGS = ("a short walk", "ten slow breaths", "a warm towel", "a firm pillow", "a new pose", "an hour less sitting")
WHENS = ("every morning", "after work", "before you sleep", "at your desk", "on a long drive", "when sciatica begins")
FAILED = "The network could not read the picture. Nothing went out."
BUSY = "The network was busy."
LOST = "The network did not answer. Nobody knows whether it went out."
FINDINGS = (
    Finding(
        check=CLAIMS,
        severity=Severity.CONFIRM,
        rule="health-relief",
        span=(0, 9),
        message="This promises relief.",
        hint="Say what it may do.",
    ),
    Finding(
        check=CLAIMS,
        severity=Severity.BLOCK,
        rule="health-cure",
        span=(0, 9),
        message="This promises a cure.",
        hint="Say what the article says.",
    ),
)
ZONE = "America/Los_Angeles"
SETTINGS = f"""\
BRAND="Harbour Spine Clinic"
TIME_ZONE={ZONE}
BOOKING__MAIN=https://example.com/book
APPROVAL=required
DASHBOARD=127.0.0.1:8474
"""


def main() -> None:
    """A new workspace in FOLDER."""
    if len(sys.argv) < 2:
        print(__doc__)
        return
    folder, most = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ATTEMPTS
    fill(folder, most, now=SystemClock().now())
    size = (folder / "var" / "quotidian.db").stat().st_size
    print(f"{folder}: {most:,} attempts, {most // 10:,} posts, {size / 1e6:,.0f} MB")


def fill(folder: Path, most: int = ATTEMPTS, *, now: datetime) -> None:
    """All of it."""
    subprocess.run([sys.executable, "-m", "scheduler", "init", str(folder)], check=True, capture_output=True)
    (folder / "settings.env").write_text(SETTINGS + "".join(_channel(name) for name in CHANNELS), "utf-8")
    url = f"sqlite:///{folder.resolve() / 'var' / 'quotidian.db'}"
    (folder / "var").mkdir(exist_ok=True)
    open_store(url).close()
    chance, painted = random.Random(most), _cards(folder)
    with closing(sqlite3.connect(Database(url).path)) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000")
        indices = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql > ''").fetchall()
        for name, _ in indices:
            connection.execute(f"DROP INDEX {name}")
        made = _library(url, most // 10, painted, chance, now)
        _insert(connection, "deliveries", _deliveries(made, chance, now))
        with closing(sqlite3.connect(Database(url).path)) as reader:
            _insert(connection, "attempts", islice(_attempts(reader, most, chance), most))
        for _, sql in indices:
            connection.execute(sql)
        connection.commit()


def _channel(name: str) -> str:
    start = f"CHANNELS__{name.upper()}__"
    return f"{start}NETWORK=folder\n{start}SLOTS=every 5 minutes\n"


def _cards(folder: Path) -> list[PaintedCard]:
    """A few real ones, which all posts share."""
    out = folder / "var" / "cards"
    found = []
    for text in ("Bring the child close first. Lift second.", "Short walks help a stiff back."):
        command = [sys.executable, "-m", "scheduler", "card", "--text", text, "--out", str(out), "--json"]
        done = subprocess.run([*command, "--workspace", str(folder)], check=True, capture_output=True, text=True)
        for one in json.loads(done.stdout):
            digest = hashlib.sha256(Path(one["path"]).read_bytes()).hexdigest()
            own = {key: one[key] for key in ("path", "template", "size", "format", "bytes", "alt_text", "spec_hash")}
            found.append(PaintedCard(**own, width=1080, height=1350, sha256=digest))
    return found


def _sentence(number: int) -> str:
    """Different for each number."""
    rest, words = number, []
    for choice in (SUBJECTS, VERBS, THINGS, WHENS):
        rest, at = divmod(rest, len(choice))
        words.append(choice[at])
    return f"{' '.join(words)}: tip {number} of our clinic for those who sit a lot and would rather not hurt."


def _article(number: int, first: int, count: int) -> Article:
    text, blocks = "", []
    for at in range(first, first + count):
        begin = len(text)
        text += _sentence(at)
        blocks.append(Block(kind=BlockKind.PARAGRAPH, start=begin, end=len(text)))
        text += "\n\n"
    return Article(
        source=f"posts/articles/{number:05}.md",
        title=f"{SUBJECTS[number % len(SUBJECTS)]} and {THINGS[number // 7 % len(THINGS)]}, part {number}",
        language="en",
        fingerprint=hashlib.sha256(text.encode()).hexdigest(),
        text=text.strip(),
        blocks=tuple(blocks),
    )


def _library(
    url: str, count: int, painted: list[PaintedCard], chance: random.Random, now: datetime
) -> list[tuple[Post, Article]]:
    """Articles, excerpts, posts, their cards and who said yes, in as many transactions as articles' thousands."""
    made: list[tuple[Post, Article]] = []
    database, lot = Database(url), 100
    for start in range(0, count // A_ARTICLE, lot):
        some = [_article(n, n * A_ARTICLE, A_ARTICLE) for n in range(start, min(start + lot, count // A_ARTICLE))]
        fresh = [
            (_post(start + at, block, one, painted, chance, count, now), one)
            for at, one in enumerate(some)
            for block in range(A_ARTICLE)
        ]
        with database.write() as connection:
            connection.execute(insert(articles), [_article_row(start + at, one, now) for at, one in enumerate(some)])
            own = [{"id": p.id, "article_id": p.article_id, "document": p.excerpt} for p, _ in fresh]
            connection.execute(insert(excerpts), own)
            rows = [{"id": p.id, "article_id": p.article_id, "excerpt_id": p.id, **decisions(p)} for p, _ in fresh]
            connection.execute(insert(posts), rows)
            connection.execute(insert(cards), [{"post_id": p.id, "document": p.card} for p, _ in fresh])
            said = [asdict(entry) for p, _ in fresh for entry in _said(p)]
            if said:
                connection.execute(insert(audit), said)
        made += fresh
    database.close()
    return made


def _article_row(number: int, one: Article, now: datetime) -> dict[str, object]:
    plain = {"fingerprint": one.fingerprint, "source": one.source, "title": one.title, "document": one, "digest": ""}
    return {"id": number + 1, "added_at": now - PAST, **plain}


def _post(
    article: int, block: int, one: Article, painted: list[PaintedCard], chance: random.Random, count: int, now: datetime
) -> Post:
    number, place = article * A_ARTICLE + block + 1, one.blocks[block]
    text = one.text[place.start : place.end]
    excerpt = Excerpt(text=text, kind=ExcerptKind.TIP, score=0.7, spans=((place.start, place.end),), reasons=("short",))
    draft = Post(
        id=number, article_id=article + 1, excerpt=excerpt, hashtags=("backpain",), card=painted[number % len(painted)]
    )
    # The newest hundredth still waits for people; half of that has something to check.
    if number > count - count // 100:
        return replace(draft, findings=(chance.choice(FINDINGS),) if chance.random() < 0.5 else ())
    yes = Approval(by=chance.choice(PEOPLE), at=now - PAST, content_hash=draft.content_hash)
    return replace(draft, status=PostStatus.APPROVED, approval=yes)


def _said(post: Post) -> Iterator[AuditEntry]:
    if post.approval:
        yield AuditEntry(at=post.approval.at, who=post.approval.by, what="approved", subject=f"post {post.id}")


def _deliveries(made: list[tuple[Post, Article]], chance: random.Random, now: datetime) -> Iterator[tuple[object, ...]]:
    """By time, a run of all posts after the other."""
    step = (PAST + AHEAD) / (len(made) * RUNS)
    like = asdict(delivery())
    del like["id"]
    for at in range(len(made) * RUNS):
        post, article = made[at % len(made)]
        for turn, channel in enumerate(CHANNELS):
            due = (now - PAST + step * at + timedelta(seconds=turn)).replace(microsecond=0)
            row = like | _delivery(post, article, channel, at, len(made), due, chance, now)
            yield tuple(row.values())


def _delivery(
    post: Post,
    article: Article,
    channel: str,
    at: int,
    count: int,
    due: datetime,
    chance: random.Random,
    now: datetime,
) -> dict[str, object]:
    code = f"{channel[0]}{at:07}"
    link = f"https://example.com/book?utm_content={code}"
    card = post.card
    text = f"{post.words}\n\nBook a visit: {link}"
    state = _state(due, post, chance, now)
    sent = due + timedelta(milliseconds=chance.randrange(200, 9_000)) if state in SENT else None
    return {
        "post_id": post.id,
        "channel": channel,
        "code": code,
        "text": text,
        "link": link,
        "alt_text": card.alt_text if card else "",
        "card_path": card.path if card else "",
        "card_sha256": card.sha256 if card else "",
        "article": article.title,
        "due_at": to_number(due),
        "wall_time": at_instant(due, ZONE).wall_time,
        "zone": ZONE,
        "state": state.value,
        "attempt": 0 if due > now else 1,
        "fence": 0 if due > now else 1,
        "key": "" if due > now else code,
        "created_at": None if due > now else to_number(due),
        "sent_at": to_number(sent),
        "remote_id": code if state is State.PUBLISHED else "",
        "url": f"https://{channel}.example/{code}" if state is State.PUBLISHED else "",
        "words": WORDS.get(state, ""),
        # Later runs would be called off by the next plan, as nothing here asks for any.
        "run": 1,
        "cost_usd": 0.2 if channel == "clinic" and state is State.PUBLISHED else 0.0,
        "body": wording(text, link),
    }


SENT = (State.PUBLISHED, State.UNKNOWN)
WORDS = {State.FAILED: FAILED, State.UNKNOWN: LOST, State.HELD: "Held by Mara Lindqvist."}


def _state(due: datetime, post: Post, chance: random.Random, now: datetime) -> State:
    luck = chance.random()
    if due > now:
        return State.HELD if luck < 0.005 else State.SCHEDULED
    if not post.may_go_out or luck < 0.005:
        return State.HELD if now - due < timedelta(days=30) else State.CANCELLED
    if luck < 0.01:
        return State.FAILED
    return State.UNKNOWN if luck < 0.0101 and now - due < timedelta(days=60) else State.PUBLISHED


Tried = tuple[str, str, str, int, str, str, str]


def _attempts(reader: sqlite3.Connection, most: int, chance: random.Random) -> Iterator[tuple[object, ...]]:
    """One for each that was tried, and before it one that was put off, as often as `most` asks for."""
    where = "FROM deliveries WHERE state IN ('published', 'failed', 'unknown')"
    (tried,) = reader.execute(f"SELECT count(*) {where}").fetchone()
    twice = max(0, most - tried) / max(1, tried) * 1.02
    for row in reader.execute(f"SELECT code, channel, article, due_at, remote_id, url, state {where} ORDER BY id"):
        yield from _tries(row, twice=chance.random() < twice)


ENDS = {
    "published": ("published", "It is out.", ""),
    "failed": ("refused", FAILED, "Paint the card again."),
    "unknown": ("unknown", LOST, "Look, then say so."),
}


def _tries(row: Tried, *, twice: bool) -> Iterator[tuple[object, ...]]:
    code, channel, article, due, remote_id, url, state = row
    if twice:
        yield code, channel, article, 1, due, due + 200_000, "try-again", "", "", BUSY, "We try again."
    outcome, words, hint = ENDS[state]
    yield code, channel, article, 1 + twice, due + 600_000, due + 900_000, outcome, remote_id, url, words, hint


COLUMNS = {
    "deliveries": (*(key for key in asdict(delivery()) if key != "id"), "body"),
    "attempts": (
        *("code", "channel", "article", "number", "started_at", "ended_at", "outcome"),
        *("remote_id", "remote_url", "words", "hint"),
    ),
}


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    names = COLUMNS[table]
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    connection.execute("BEGIN")
    connection.executemany(statement, rows)
    connection.commit()


if __name__ == "__main__":
    main()
