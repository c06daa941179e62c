"""What the use cases ask of the world: small protocols, kept by the adapters."""

from __future__ import annotations

from scheduler.ports.delivering import Behind, Deliveries, Due, FencedWrites, Journal, Pauses
from scheduler.ports.library import Belongings, Edits, Evergreens, FeedItems, Feeds, Library, Posts, Revisions
from scheduler.ports.planning import Calendar, Changes, Listing, Promises, Selection
from scheduler.ports.screens import Sessions
from scheduler.ports.world import Check, Clock, Cutter, Expiring, Finder, Log, Painter, Publisher, Reader, Shelf

__all__ = [
    "Behind",
    "Belongings",
    "Calendar",
    "Changes",
    "Check",
    "Clock",
    "Cutter",
    "Deliveries",
    "Due",
    "Edits",
    "Evergreens",
    "Expiring",
    "FeedItems",
    "Feeds",
    "FencedWrites",
    "Finder",
    "Journal",
    "Library",
    "Listing",
    "Log",
    "Painter",
    "Pauses",
    "Posts",
    "Promises",
    "Publisher",
    "Reader",
    "Revisions",
    "Selection",
    "Sessions",
    "Shelf",
]
