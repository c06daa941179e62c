"""The composition root: the only place where settings, adapters and use cases meet."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from scheduler import logs, plugins
from scheduler.checks.claims import ClaimsCheck
from scheduler.checks.rules import Rules, load_rules
from scheduler.dispatch.children import InChild, Limits
from scheduler.dispatch.clock import SystemClock
from scheduler.domain.article import Article, Cut
from scheduler.domain.card import CardRequest, CardResult
from scheduler.domain.delivery import Delivery
from scheduler.domain.errors import DoesNotFit, FileUnusable, NotAllowedNow, NotFound, WorkspaceUnusable
from scheduler.domain.post import Post
from scheduler.domain.slots import SlotTime, parse_slots
from scheduler.ports import Check, Clock, Log, Publisher
from scheduler.readers.inbox import Inbox
from scheduler.readers.work import ReadRequest
from scheduler.settings import FILE, Approval, Settings, defaults, load
from scheduler.shipped import shipped
from scheduler.store import Store, open_store
from scheduler.usecases.ingest import Taste
from scheduler.usecases.intake import Intake
from scheduler.usecases.maintain import Caretaker
from scheduler.usecases.plan import Offices, Outlet, length_of, next_free
from scheduler.usecases.publish import Courier

READ_AND_CUT = ("scheduler.readers.work:read", "scheduler.cutting:cut")
ALT_TEXTS = ("scheduler.cards.alt:alt_texts",)
CHECK_LOOKS = ("scheduler.cards.doctor:check",)
PAINT = ("scheduler.cards.work:paint",)
LONGEST_PRINTED_ADDRESS = 38


def open_app(workspace: Path) -> App:
    """A workspace. Raises SettingsUnusable, WorkspaceUnusable; DatabaseUnusable when the store is first used."""
    root = workspace.resolve()
    settings = load(root)
    folders = Folders(
        root=root,
        posts=root / settings.posts_folder,
        assets=root / settings.assets_folder,
        var=root / settings.var_folder,
    )
    return App(settings=settings, folders=folders, clock=SystemClock())


def open_or_default(workspace: Path) -> App:
    """A workspace, or the default settings and look where there is none: for looking at a file anywhere."""
    root = workspace.resolve()
    if (root / FILE).exists():
        return open_app(root)
    folders = Folders(root=root, posts=root, assets=shipped("assets"), var=root)
    return App(settings=defaults(), folders=folders, clock=SystemClock())


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """Where a workspace keeps what, absolute."""

    root: Path
    posts: Path
    assets: Path
    var: Path

    @property
    def articles(self) -> Path:
        """What the marketer drops."""
        return self.posts / "articles"

    @property
    def cards(self) -> Path:
        """Painted pictures, by the hash of their spec."""
        return self.var / "cards"

    def outbox(self, channel: str) -> Path:
        """Where a folder channel delivers."""
        return self.var / "outbox" / channel

    def make(self) -> None:
        """Makes what the program writes to. Raises WorkspaceUnusable."""
        try:
            for folder in (self.articles, self.cards):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorkspaceUnusable(
                f"The folder can't be made: {error.strerror}.", hint="Check its rights.", path=str(error.filename)
            ) from None


@dataclass(kw_only=True)
class App:
    """One open workspace."""

    settings: Settings
    folders: Folders
    clock: Clock
    log: Log = logs.event

    def close(self) -> None:
        """Lets go of the database, if it was used."""
        if "store" in self.__dict__:
            self.store.close()

    @cached_property
    def store(self) -> Store:
        """The database, made on first use."""
        self.folders.make()
        url = self.settings.database_url.get_secret_value()
        return open_store(url or f"sqlite:///{self.folders.var / 'quotidian.db'}")

    @cached_property
    def inbox(self) -> Inbox:
        """The articles folder."""
        return Inbox(root=self.folders.root, folder=self.folders.articles, suffixes=tuple(plugins.readers()))

    @cached_property
    def intake(self) -> Intake:
        """Taking files in, planning them."""
        return Intake(
            library=self.store.library,
            posts=self.store.posts,
            deliveries=self.store.deliveries,
            read_and_cut=self.read_and_cut,
            check=self.check,
            painter=self.paint,
            card_request=self.card_request,
            outlets=self.outlets,
            offices=self.offices,
            taste=self.taste,
            waits_for_all=self.settings.approval is Approval.REQUIRED,
        )

    @cached_property
    def rules(self) -> Rules:
        """The claim rules of the workspace's assets; ours where it has none, so that none are never enforced."""
        own = sorted((self.folders.assets / "rules").glob("*.toml"))
        return load_rules([str(path) for path in own or sorted(shipped("assets/rules").glob("*.toml"))])

    @cached_property
    def check(self) -> Check:
        """The claim rules as a check."""
        return ClaimsCheck(self.rules)

    @cached_property
    def taste(self) -> Taste:
        """What the settings say about posts."""
        return Taste(hashtags=self.settings.hashtags, posts_per_article=self.settings.posts_per_article)

    @cached_property
    def offices(self) -> Offices:
        """Where posts lead."""
        return Offices(booking=self.settings.booking, call=self.settings.call_to_action)

    @cached_property
    def publishers(self) -> dict[str, Publisher]:
        """Every configured channel by its name."""
        return {name: self._publisher(name) for name in self.settings.channels}

    @cached_property
    def outlets(self) -> tuple[Outlet, ...]:
        """The channels as the planner sees them."""
        return tuple(self._outlet(name) for name in self.settings.channels)

    @cached_property
    def courier(self) -> Courier:
        """Delivering."""
        return Courier(
            deliveries=self.store.deliveries,
            due=self.store.due,
            publishers=self.publishers,
            clock=self.clock,
            log=self.log,
        )

    @cached_property
    def caretaker(self) -> Caretaker:
        """What every tick does before it delivers."""
        return Caretaker(
            courier=self.courier, posts=self.store.posts, journal=self.store.journal, next_free=self.next_free
        )

    def next_free(self, channel: str, after: datetime) -> SlotTime | None:
        """The next free slot of a channel; None when it has none, or the settings no longer name it."""
        try:
            return next_free(self.outlet(channel), deliveries=self.store.deliveries.select(), after=after)
        except (NotFound, NotAllowedNow):
            return None

    def length_in_words(self, delivery: Delivery) -> str:
        """How long a delivery's text is, as its channel counts; empty when the settings no longer name the channel."""
        try:
            outlet = self.outlet(delivery.channel)
            return f"{length_of(outlet, delivery.link, delivery.text)} of {outlet.capabilities.text_limit}"
        except (NotFound, DoesNotFit):
            return ""

    def outlet(self, channel: str) -> Outlet:
        """One channel. Raises NotFound when the settings no longer name it."""
        for outlet in self.outlets:
            if outlet.name == channel:
                return outlet
        raise NotFound(f"The settings name no channel '{channel}'.", hint="Put it back, or cancel the delivery.")

    def read_and_cut(self, name: str) -> tuple[Article, Cut]:
        """One file, read and cut in a child process."""
        reader = plugins.readers().get(Path(name).suffix.lower())
        if reader is None:
            known = ", ".join(sorted(plugins.readers()))
            raise FileUnusable(
                f"No reader takes '{Path(name).suffix}' files.", hint=f"Readers take {known}.", path=name
            )
        data = base64.b64encode(self.inbox.load(name)).decode()
        work = InChild(functions=READ_AND_CUT, returns=TypeAdapter(tuple[Article, Cut]))
        return work(ReadRequest(reader=reader, name=name, data=data))

    def paint(self, requests: object) -> list[CardResult]:
        """Cards, painted in a child process."""
        work = InChild(functions=PAINT, returns=TypeAdapter(tuple[list[CardResult]]), limits=Limits(memory_mib=768))
        return work(requests)[0]

    def alt_texts(self, requests: Sequence[CardRequest]) -> tuple[str, ...]:
        """What these cards would be described as."""
        return InChild(functions=ALT_TEXTS, returns=TypeAdapter(tuple[tuple[str, ...]]))(requests)[0]

    def check_looks(self) -> tuple[tuple[str, bool, str], ...]:
        """What a painting child says of text engine, fonts, brand and templates: (what, well, words)."""
        work = InChild(functions=CHECK_LOOKS, returns=TypeAdapter(tuple[tuple[tuple[str, bool, str], ...]]))
        return work(str(self.folders.assets))[0]

    def card_request(self, post: Post) -> CardRequest:
        """The card that a stored post should have."""
        return self.card_of(post, self.store.library.article(post.article_id))

    def card_of(self, post: Post, article: Article) -> CardRequest:
        """The card that a post of this article should have."""
        return CardRequest(
            quote=post.excerpt.text,
            name=article.wishes.author,
            role=article.wishes.role if article.wishes.author else "",
            business=self.settings.brand,
            address=printed(self.offices.link(article)),
            language=article.language,
            template=self.settings.card_template,
            size=self.settings.card_size,
            format=self.settings.card_format,
            assets=str(self.folders.assets),
            out=str(self.folders.cards),
        )

    def _publisher(self, name: str) -> Publisher:
        network = self.settings.channels[name].network
        factory = plugins.channel(network, account=name)
        publisher: Publisher = factory(outbox=self.folders.outbox(name))
        return publisher

    def _outlet(self, name: str) -> Outlet:
        channel = self.settings.channels[name]
        capabilities = self.publishers[name].capabilities()
        return Outlet(
            name=name,
            network=channel.network,
            slots=parse_slots(channel.slots),
            zone=self.settings.time_zone,
            capabilities=capabilities,
            length=partial(_length, plugins.MEASURES[capabilities.measure]),
        )


def _length(target: str, text: str) -> int:
    units: int = plugins.load(target)(text)
    return units


def printed(url: str) -> str:
    """A booking address as it stands on a card: without scheme and query, the host alone when it would be long."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    whole = f"{host}{parts.path}".rstrip("/")
    return whole if len(whole) <= LONGEST_PRINTED_ADDRESS else host
