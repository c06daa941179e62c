"""A desk with one article at a time on it: its sentences are changed, queued, approved, sent, and changed again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from scheduler.domain.article import Article, Block, BlockKind, Cut, Excerpt, ExcerptKind, Wishes
from scheduler.domain.card import CardRequest, CardResult, PaintedCard, RefusedCard
from scheduler.domain.channel import Capabilities, Measure
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.findings import Finding, Severity
from scheduler.domain.post import Post
from scheduler.domain.revision import Effect
from scheduler.domain.slots import SlotTime, parse_slots
from scheduler.domain.timetable import Timetable
from scheduler.domain.transitions import release
from scheduler.testing.network import MemoryNetwork
from scheduler.testing.samples import NINE
from scheduler.usecases import decide
from scheduler.usecases.change import carry_out
from scheduler.usecases.edit import Editor
from scheduler.usecases.ingest import Taken, Taste
from scheduler.usecases.intake import Intake
from scheduler.usecases.plan import Offices, Outlet
from scheduler.usecases.renew import Again, Renewer
from scheduler.usecases.select import Chosen
from tests.integration.scene import Scene

WALKS = "Short walks help a stiff back after a long day."
SLEEP = "A firm pillow gives the neck a quiet night."
WATER = "Drink a glass of water before every meal."
STAIRS = "Climbing stairs trains the legs and the heart."
SHOES = "Old shoes make young knees feel tired."
WALKS_NOW = "Short walks ease a stiff back after a long day."
LATER = SlotTime(due_at=NINE, wall_time="2026-11-23T09:00", zone="Etc/UTC")
FILE = "posts/articles/backs.md"
LONGEST_ON_A_CARD = 120
REFUSING = "no card takes this"


def paint(requests: Sequence[CardRequest]) -> Sequence[CardResult]:
    """Every word gets its card, but for some."""
    return [_card(request) for request in requests]


def _card(request: CardRequest) -> CardResult:
    if REFUSING in request.quote:
        return RefusedCard(reason="It has no room.", hint="Shorten it.")
    return painted(request.quote, shown=f"{request.quote} {request.name} {request.address}")


def painted(quote: str, *, shown: str = "") -> PaintedCard:
    """The card of a quote; `shown` is all that it shows, where that is more."""
    sha256 = hashlib.sha256((shown or quote).encode()).hexdigest()
    return PaintedCard(
        path=f"var/cards/{sha256}.png",
        template="editorial",
        size="square",
        format="png",
        width=1080,
        height=1080,
        bytes=20_000,
        alt_text=quote,
        spec_hash=sha256,
        sha256=sha256,
    )


def check(excerpt: Excerpt, article: Article) -> tuple[Finding, ...]:
    """Blocks a cure, and asks for anything that “will” be."""
    severities = {"cure": Severity.BLOCK, "will": Severity.CONFIRM}
    return tuple(
        Finding(check="claims", severity=severity, rule=word, span=(0, 4), message=f"A {word}?", hint="Edit.")
        for word, severity in severities.items()
        if word in excerpt.text.split()
    )


def outlet(name: str, limit: int = 280) -> Outlet:
    """A channel that takes so many characters, every morning."""
    capabilities = Capabilities(
        text_limit=limit,
        measure=Measure.CHARACTERS,
        alt_text_limit=1000,
        picture_formats=("png",),
        picture_bytes=5_000_000,
        exact=True,
        settle_seconds=0,
    )
    timetable = Timetable(account=name, slots=parse_slots("daily 08:30"), zone="Etc/UTC")
    return Outlet(name=name, network="folder", timetable=timetable, capabilities=capabilities, length=len)


def written(
    *sentences: str, title: str = "Backs", wishes: Wishes | None = None, source: str = FILE
) -> tuple[Article, Cut]:
    """An article of one paragraph, and each of its sentences as an excerpt; in brackets stands what is no excerpt."""
    wishes = wishes or Wishes()
    text = " ".join(sentence.strip("[]") for sentence in sentences)
    stable = json.dumps([title, text, asdict(wishes)])
    article = Article(
        source=source,
        title=title,
        language="en",
        fingerprint=hashlib.sha256(stable.encode()).hexdigest(),
        text=text,
        blocks=(Block(kind=BlockKind.PARAGRAPH, start=0, end=len(text)),),
        wishes=wishes,
    )
    excerpts = []
    for sentence in sentences:
        start = text.index(sentence.strip("[]"))
        if not sentence.startswith("["):
            spans = ((start, start + len(sentence)),)
            excerpts.append(Excerpt(text=sentence, kind=ExcerptKind.TIP, score=0.5, spans=spans))
    return article, Cut(sentences=(), excerpts=tuple(excerpts))


@dataclass
class Desk:
    """One marketer's doings, on a store of its own."""

    scene: Scene
    files: dict[str, tuple[Article, Cut]] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=lambda: {"account": 280})
    wanted: int = 8
    waits_for_all: bool = True
    digests: bool = False
    readings: int = 0

    @classmethod
    def make(cls, folder: Path, **given: object) -> Desk:
        return cls(Scene.make(folder, MemoryNetwork()), **given)  # type: ignore[arg-type]

    @property
    def intake(self) -> Intake:
        store = self.scene.store
        return Intake(
            library=store.library,
            posts=store.posts,
            deliveries=store.deliveries,
            calendar=store.calendar,
            revisions=store.revisions,
            read_and_cut=self._read,
            digest=lambda name: self.files[name][0].fingerprint if self.digests else "",
            check=check,
            painter=paint,
            card_of=lambda post, article: CardRequest(
                quote=post.on_card,
                name=article.wishes.author,
                address=article.wishes.link,
                assets="",
                out="",
            ),
            is_there=lambda path: True,
            is_gone=lambda source: source not in self.files,
            outlets=[outlet(name, limit) for name, limit in self.limits.items()],
            offices=Offices(booking={"main": "https://book.example/visit"}, call="Book:"),
            taste=Taste(hashtags=(), posts_per_article=self.wanted, offices=("main",), channels=tuple(self.limits)),
            waits_for_all=self.waits_for_all,
        )

    def _read(self, name: str) -> tuple[Article, Cut]:
        self.readings += 1
        return self.files[name]

    @property
    def editor(self) -> Editor:
        return Editor(intake=self.intake, edits=self.scene.store.edits)

    def queue(self, *sentences: str, title: str = "Backs", wishes: Wishes | None = None, file: str = FILE) -> Taken:
        """The article is written anew and queued."""
        self.files[file] = written(*sentences, title=title, wishes=wishes, source=file)
        return self.look_and_keep(file)

    def look_and_keep(self, file: str = FILE) -> Taken:
        (taken,) = self.intake.look([file], now=NINE)
        kept = self.intake.keep(taken, who="Ann", now=NINE)
        list(self.intake.paint(self.intake.bare(again=False), who="Ann", now=NINE))
        self.intake.schedule(who="Ann", now=NINE)
        return kept

    def approve(self, *numbers: int, override: str = "") -> None:
        for number in numbers or [one.id for one in self.posts if not one.blocked]:
            decide.approve(
                self.post(number), posts=self.scene.store.posts, by="Bo", confirm=True, override=override, now=NINE
            )

    def edit(self, number: int, words: str) -> Post:
        return self.editor.edit(self.post(number), words=words, hashtags=self.post(number).hashtags, who="Bo", now=NINE)

    def release(self, number: int) -> Delivery:
        """Into the next free slot. Raises what speaks against it."""
        return self.again(number, release, "released it")

    def again(self, number: int, act: Again, what: str) -> Delivery:
        store = self.scene.store
        chosen = Chosen(deliveries=(self.delivery(number),), posts={number: self.post(number)})
        renewer = Renewer(intake=self.intake, timetable_of=lambda name: outlet(name).timetable)
        prepared = renewer.mended(chosen, who="Bo", now=NINE)
        verdict = renewer.again(act, what, prepared, now=NINE)
        for error in carry_out(verdict, changes=store.changes, who="Bo", now=NINE).refused:
            raise error
        return self.delivery(number)

    def put(self, number: int, state: State, channel: str = "account") -> Delivery:
        """As some worker may have left it."""
        before = self.delivery(number, channel)
        in_between = state in (State.CLAIMED, State.SENDING)
        sent = state in (State.SENDING, State.UNKNOWN, State.PUBLISHED)
        changes = {"key": "k", "sent_at": NINE if sent else None, "lease_until": NINE if in_between else None}
        return self.scene.put(before, state=state, **changes)

    @property
    def posts(self) -> Sequence[Post]:
        return self.scene.store.posts.all()

    def post(self, number: int) -> Post:
        return self.scene.store.posts.get(number)

    def delivery(self, number: int, channel: str = "account") -> Delivery:
        (found,) = [one for one in self.scene.store.deliveries.select(post_id=number) if one.channel == channel]
        return found

    def audit(self, number: int) -> list[str]:
        return [one.what for one in self.scene.store.journal.audit(f"post {number}")]


def effects(taken: Taken) -> list[Effect]:
    """What became of each post."""
    assert taken.revision
    return [one.effect for one in taken.revision.posts]
