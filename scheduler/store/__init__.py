"""The workspace's database: SQLAlchemy Core on SQLite, opened in one place. SQL lives in this package only."""

from __future__ import annotations

from pathlib import Path

from scheduler.store.behind import StoredBehind
from scheduler.store.calendar import StoredCalendar
from scheduler.store.changes import StoredChanges
from scheduler.store.commits import Commits
from scheduler.store.copying import copy
from scheduler.store.database import Database
from scheduler.store.deliveries import StoredDeliveries
from scheduler.store.due import DueDeliveries
from scheduler.store.edits import StoredEdits
from scheduler.store.evergreen import StoredEvergreen
from scheduler.store.feeds import StoredFeedItems, StoredFeeds
from scheduler.store.heartbeat import StoredHeartbeat
from scheduler.store.journal import StoredJournal
from scheduler.store.ledger import StoredLedger
from scheduler.store.library import StoredLibrary
from scheduler.store.listing import StoredListing
from scheduler.store.notices import StoredNotices
from scheduler.store.pauses import StoredPauses
from scheduler.store.posts import StoredPosts
from scheduler.store.rechecks import StoredRechecks
from scheduler.store.remarks import StoredRemarks
from scheduler.store.revisions import StoredRevisions
from scheduler.store.schema import bring_up_to_date
from scheduler.store.screens.articles import StoredArticlesScreen
from scheduler.store.screens.calendar import StoredCalendarScreen
from scheduler.store.screens.frame import StoredFrameScreen
from scheduler.store.screens.log import StoredLogScreen
from scheduler.store.screens.report import StoredReportScreen
from scheduler.store.screens.review import StoredReviewScreen
from scheduler.store.screens.status import StoredStatusScreen
from scheduler.store.screens.today import StoredTodayScreen
from scheduler.store.selection import StoredSelection
from scheduler.store.sessions import StoredSessions
from scheduler.store.writes import StoredWrites


class Store:
    """One open database, as the ports of the use cases. Safe to share between threads."""

    def __init__(self, database: Database) -> None:
        commits = Commits(database)
        self.library = StoredLibrary(database)
        self.posts = StoredPosts(database)
        self.writes = StoredWrites(commits)
        self.deliveries = StoredDeliveries(database, self.writes)
        self.calendar = StoredCalendar(database)
        self.edits = StoredEdits(database)
        self.evergreen = StoredEvergreen(database)
        self.selection = StoredSelection(database)
        self.listing = StoredListing(database)
        self.changes = StoredChanges(database)
        self.revisions = StoredRevisions(database)
        self.pauses = StoredPauses(database)
        self.heartbeat = StoredHeartbeat(database)
        self.ledger = StoredLedger(database)
        self.notices = StoredNotices(database)
        self.feeds = StoredFeeds(database)
        self.feed_items = StoredFeedItems(database)
        self.due = DueDeliveries(database, commits)
        self.behind = StoredBehind(database)
        self.sessions = StoredSessions(database)
        self.rechecks = StoredRechecks(database)
        self.remarks = StoredRemarks(database)
        self.journal = StoredJournal(database)
        self.calendar_screen = StoredCalendarScreen(database)
        self.articles_screen = StoredArticlesScreen(database)
        self.frame_screen = StoredFrameScreen(database)
        self.log_screen = StoredLogScreen(database)
        self.report_screen = StoredReportScreen(database)
        self.review_screen = StoredReviewScreen(database)
        self.status_screen = StoredStatusScreen(database)
        self.today_screen = StoredTodayScreen(database)
        self._database = database

    def copy_to(self, path: Path) -> None:
        """All of one moment, without who is signed in; writers wait meanwhile. Raises DatabaseUnusable."""
        copy(self._database, path)

    def close(self) -> None:
        """Lets go of the file."""
        self._database.close()


def open_store(url: str) -> Store:
    """Opens `sqlite:///path`, made on first use and brought up to date. Raises DatabaseUnusable."""
    database = Database(url)
    bring_up_to_date(database)
    return Store(database)
