"""One open workspace: settings and adapters bound to the use cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler import plugins
from scheduler.bootstrap import hostile
from scheduler.bootstrap.campaigns import campaigner_of, campaigns_of
from scheduler.bootstrap.cardof import requested
from scheduler.bootstrap.changes import Deciding
from scheduler.bootstrap.channels import Channels
from scheduler.bootstrap.evergreen import comebacks_of
from scheduler.bootstrap.folders import Folders
from scheduler.bootstrap.postsfolder import PostsFolder
from scheduler.bootstrap.queued import is_queue_file, queue_of
from scheduler.bootstrap.telling import herald_of
from scheduler.cards.shelf import CardShelf
from scheduler.checks.claims import ClaimsCheck
from scheduler.checks.packs import in_force
from scheduler.checks.rules import Rules
from scheduler.dispatch.senders import Threads
from scheduler.domain.article import Article
from scheduler.domain.campaign import Campaigns
from scheduler.domain.card import CardRequest
from scheduler.domain.errors import QuotidianError
from scheduler.domain.lateness import Late, LateRule
from scheduler.domain.links import is_address
from scheduler.domain.pause import WORKER
from scheduler.domain.post import Post
from scheduler.ports import Check, Clock, Log
from scheduler.readers.inbox import Inbox
from scheduler.readers.queuefiles.dates import Order
from scheduler.settings import Approval, Settings
from scheduler.shipped import shipped
from scheduler.usecases.budget import Budget
from scheduler.usecases.campaigning import Campaigner
from scheduler.usecases.clear import Clearer
from scheduler.usecases.edit import Editor
from scheduler.usecases.feeds import Subscriptions
from scheduler.usecases.ingest import Taste
from scheduler.usecases.intake import Intake
from scheduler.usecases.maintain import Caretaker
from scheduler.usecases.notices import Herald
from scheduler.usecases.openings import expires_at
from scheduler.usecases.plan import Offices
from scheduler.usecases.publish import Courier
from scheduler.usecases.recheck import Rechecker
from scheduler.usecases.retime import retime
from scheduler.usecases.sweep import Sweeper

if TYPE_CHECKING:
    from scheduler.store import Store

OPEN_STORE = "scheduler.store:open_store"
"""Loaded when a command needs it: the tables take longer than painting a card does."""


def _silent(_: str, /, **__: object) -> None:
    """Commands keep no log."""


@dataclass(kw_only=True)
class App:
    """One open workspace. The worker puts its own log into `log`; `unusable` is why newer settings are not in use."""

    settings: Settings
    folders: Folders
    clock: Clock
    log: Log = _silent
    unusable: QuotidianError | None = None

    def close(self) -> None:
        """Lets go of the database, if it was used."""
        if "store" in self.__dict__:
            self.store.close()

    @cached_property
    def store(self) -> Store:
        """The database, made on first use."""
        self.folders.make()
        url = self.settings.database_url.get_secret_value()
        store: Store = plugins.load(OPEN_STORE)(url or f"sqlite:///{self.folders.var / 'quotidian.db'}")
        return store

    @cached_property
    def inbox(self) -> Inbox:
        """The articles folder."""
        return Inbox(root=self.folders.root, folder=self.folders.articles, suffixes=tuple(plugins.readers()))

    def named(self, words: str) -> str:
        """What a person typed, a file or an address, as the library calls it."""
        return words if is_address(words) else self.inbox.named(Path(words))

    @cached_property
    def posts_folder(self) -> PostsFolder:
        """Taking in what lies under posts/."""
        order = Order(self.settings.date_order) if self.settings.date_order else None
        queue = queue_of(self.intake, self.store, self.folders, zone=self.settings.time_zone, order=order)
        library = self.store.library
        return PostsFolder(folders=self.folders, inbox=self.inbox, library=library, intake=self.intake, queue=queue)

    @cached_property
    def intake(self) -> Intake:
        """Taking files in, planning them."""

        def gone(source: str) -> bool:
            return not is_queue_file(self.folders, source) and self.is_gone(source)

        return Intake(
            library=self.store.library,
            posts=self.store.posts,
            deliveries=self.store.deliveries,
            calendar=self.store.calendar,
            revisions=self.store.revisions,
            read_and_cut=partial(hostile.read_and_cut, self.inbox),
            digest=partial(hostile.digest, self.inbox),
            check=self.check,
            painter=hostile.paint,
            card_of=self.card_of,
            is_there=self.shelf.has,
            is_gone=gone,
            outlets=self.channels.outlets,
            offices=self.offices,
            taste=self.taste,
            campaigner=self.campaigner,
            said=self.store.evergreen.said,
            comebacks=comebacks_of(
                self.store, self.settings, self.campaigns, self.channels.outlets, self.offices, gone
            ),
            waits_for_all=self.settings.approval is Approval.REQUIRED,
        )

    def is_gone(self, source: str) -> bool:
        """Whether an article came from a file that is there no more; a web address never goes."""
        return "://" not in source and not self.inbox.version(source)

    @cached_property
    def shelf(self) -> CardShelf:
        """The painted cards."""
        return CardShelf(self.folders.cards)

    @cached_property
    def sweeper(self) -> Sweeper:
        """Clearing away cards that nobody needs."""
        return Sweeper(paths=self.store.listing.cards, shelf=self.shelf)

    @cached_property
    def subscriptions(self) -> Subscriptions:
        """Following feeds."""
        return Subscriptions(
            addresses=self.settings.feeds,
            feeds=self.store.feeds,
            items=self.store.feed_items,
            read_feed=hostile.read_feed,
            read_item=hostile.read_item,
            intake=self.intake,
        )

    @cached_property
    def deciding(self) -> Deciding:
        """Choosing deliveries, and giving them other times."""
        return Deciding(
            store=self.store, channels=self.channels, intake=lambda: self.intake, zone=self.settings.time_zone
        )

    @cached_property
    def editor(self) -> Editor:
        """Changing words."""
        return Editor(intake=self.intake, edits=self.store.edits, zone=self.settings.time_zone)

    @cached_property
    def rechecker(self) -> Rechecker:
        """Asking the claim rules again."""
        memory, version = self.store.rechecks, self.claims[0]
        return Rechecker(intake=self.intake, edits=self.store.edits, memory=memory, version=version)

    @cached_property
    def claims(self) -> tuple[str, Rules]:
        """The version and the claim rules of the packs that the brand chose. Raises SettingsUnusable."""
        return in_force(self.folders.assets, shipped("assets/rules"))

    @property
    def rules_by_pack(self) -> Mapping[str, int]:
        """How many claim rules each pack in force has."""
        return Counter(rule.pack for rule in self.claims[1])

    @cached_property
    def check(self) -> Check:
        """The claim rules as a check."""
        return ClaimsCheck(self.claims[1])

    @cached_property
    def taste(self) -> Taste:
        """What the settings say about posts."""
        return Taste(
            hashtags=self.settings.hashtags,
            posts_per_article=self.settings.posts_per_article,
            offices=tuple(self.settings.booking),
            channels=tuple(self.settings.channels),
            campaigns=self.campaigns,
        )

    @cached_property
    def campaigns(self) -> Campaigns:
        """Those that ship and the business's own ones. Raises SettingsUnusable."""
        return campaigns_of(self.folders, self.settings)

    @cached_property
    def campaigner(self) -> Campaigner:
        """Following what becomes of campaigns."""
        return campaigner_of(self.store, self.campaigns, self.channels)

    @cached_property
    def offices(self) -> Offices:
        """Where posts lead."""
        return Offices(booking=self.settings.booking, call=self.settings.calls[0])

    @cached_property
    def channels(self) -> Channels:
        """The accounts that the settings name, and their calendars."""
        return Channels(settings=self.settings, folders=self.folders, clock=self.clock, store=lambda: self.store)

    @cached_property
    def budget(self) -> Budget:
        """What posts cost."""
        zone = self.settings.time_zone
        return Budget(ledger=self.store.ledger, find_outlets=lambda: self.channels.priced, zone=zone)

    @cached_property
    def herald(self) -> Herald:
        """Telling people what goes wrong."""
        return herald_of(self)

    @cached_property
    def courier(self) -> Courier:
        """Delivering."""
        return Courier(
            deliveries=self.store.deliveries,
            writes=self.store.writes,
            due=self.store.due,
            pauses=self.store.pauses,
            publishers=self.channels.publishers,
            clock=self.clock,
            log=self.log,
            expiry=lambda delivery: expires_at(self.store.posts.get(delivery.post_id), delivery.zone),
            budget=self.budget,
            picture=self.folders.card,
            senders={name: channel.senders for name, channel in self.settings.channels.items()},
            crew=Threads(),
        )

    @cached_property
    def caretaker(self) -> Caretaker:
        """What every tick does before it delivers."""
        return Caretaker(
            courier=self.courier,
            behind=self.store.behind,
            posts=self.store.posts,
            calendar=self.store.calendar,
            journal=self.store.journal,
            pauses=self.store.pauses,
            next_free=self.channels.next_free,
            timetable=self.channels.timetable,
            late_rule=self.late_rule,
            take_up=lambda now: self.campaigner.take_up_over(self.store.pauses, who=WORKER, now=now),
        )

    def late_rule(self, late: Late) -> LateRule:
        """What becomes of a late delivery: as its row or article says, else its campaign, else the settings."""
        campaign = self.campaigns.known.get(late.campaign)
        return late.asked or (campaign and campaign.late) or self.settings.late

    @cached_property
    def clearer(self) -> Clearer:
        """Making way where something was closed afterwards."""
        return Clearer(
            promises=self.store.calendar,
            deliveries=self.store.deliveries,
            posts=self.store.posts,
            timetable=self.channels.timetable,
            next_free=self.channels.next_free,
            log=self.log,
        )

    def retime(self) -> None:
        """Keeps the promised wall times where the rules of a zone changed."""
        store = self.store
        retime(store.calendar, store.calendar, store.deliveries, who=WORKER, log=self.log, now=self.clock.now())

    def card_of(self, post: Post, article: Article) -> CardRequest:
        """The card that a post of this article should have."""
        return requested(post, article, self)
