"""Feeds that are followed, and which of their items were dealt with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from scheduler.domain.feed import FeedItem, ItemFate, SeenItem, Subscription
from scheduler.domain.links import same_page
from scheduler.store.database import Database
from scheduler.store.tables import feed_items, feeds


class StoredFeeds:
    """Keeps ports.Feeds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def subscription(self, address: str) -> Subscription | None:
        """By its address."""
        with self._database.read() as connection:
            row = connection.execute(select(feeds).where(feeds.c.address == address)).one_or_none()
        return Subscription(**row._mapping) if row else None

    def keep(self, subscription: Subscription) -> None:
        """One row a feed."""
        values = asdict(subscription)
        with self._database.write() as connection:
            connection.execute(
                insert(feeds).values(values).on_conflict_do_update(index_elements=["address"], set_=values)
            )


class StoredFeedItems:
    """Keeps ports.FeedItems."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unseen(self, items: Sequence[FeedItem]) -> Sequence[FeedItem]:
        """An item is known by its feed and key, and by its page whichever feed led there."""
        keys, pages = [item.key for item in items], [same_page(item.link) for item in items if item.link]
        known = select(feed_items.c.feed, feed_items.c.key, feed_items.c.page)
        with self._database.read() as connection:
            rows = connection.execute(known.where(feed_items.c.key.in_(keys) | feed_items.c.page.in_(pages))).all()
        by_key, by_page = {(row.feed, row.key) for row in rows}, {row.page for row in rows} - {""}
        return [item for item in items if (item.feed, item.key) not in by_key and same_page(item.link) not in by_page]

    def is_new(self, address: str) -> bool:
        """Until the first of its items."""
        with self._database.read() as connection:
            return (
                connection.execute(select(feed_items.c.key).where(feed_items.c.feed == address).limit(1)).first()
                is None
            )

    def record(self, items: Sequence[SeenItem]) -> None:
        """The first sight stays as it was."""
        with self._database.write() as connection:
            for item in items:
                values = asdict(item) | {"page": same_page(item.link)}
                row = insert(feed_items).values(values)
                fresh = {name: values[name] for name in ("fate", "article_id", "tries", "next_at", "words")}
                connection.execute(row.on_conflict_do_update(index_elements=["feed", "key"], set_=fresh))

    def waiting(self, address: str, *, now: datetime) -> Sequence[SeenItem]:
        """Those whose time has come."""
        due = (feed_items.c.feed == address) & (feed_items.c.fate == ItemFate.WAITING) & (feed_items.c.next_at <= now)
        columns = [column for column in feed_items.c if column.name != "page"]
        with self._database.read() as connection:
            rows = connection.execute(select(*columns).where(due).order_by(feed_items.c.first_seen)).all()
        return [SeenItem(**row._mapping) for row in rows]
