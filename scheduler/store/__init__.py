"""The workspace's database: SQLAlchemy Core on SQLite, opened in one place. SQL lives in this package only."""

from __future__ import annotations

from scheduler.store.calendar import StoredCalendar
from scheduler.store.changes import StoredChanges
from scheduler.store.database import Database
from scheduler.store.deliveries import StoredDeliveries
from scheduler.store.due import DueDeliveries
from scheduler.store.edits import StoredEdits
from scheduler.store.evergreen import StoredEvergreen
from scheduler.store.feeds import StoredFeedItems, StoredFeeds
from scheduler.store.journal import StoredJournal
from scheduler.store.library import StoredLibrary
from scheduler.store.pauses import StoredPauses
from scheduler.store.posts import StoredPosts
from scheduler.store.revisions import StoredRevisions
from scheduler.store.schema import bring_up_to_date
from scheduler.store.selection import StoredSelection


class Store:
    """One open database, as the ports of the use cases. Safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self.library = StoredLibrary(database)
        self.posts = StoredPosts(database)
        self.deliveries = StoredDeliveries(database)
        self.calendar = StoredCalendar(database)
        self.edits = StoredEdits(database)
        self.evergreen = StoredEvergreen(database)
        self.selection = StoredSelection(database)
        self.changes = StoredChanges(database)
        self.revisions = StoredRevisions(database)
        self.pauses = StoredPauses(database)
        self.feeds = StoredFeeds(database)
        self.feed_items = StoredFeedItems(database)
        self.due = DueDeliveries(database)
        self.journal = StoredJournal(database)
        self._database = database

    def close(self) -> None:
        """Lets go of the file."""
        self._database.close()


def open_store(url: str) -> Store:
    """Opens `sqlite:///path`, made on first use and brought up to date. Raises DatabaseUnusable."""
    database = Database(url)
    bring_up_to_date(database)
    return Store(database)
