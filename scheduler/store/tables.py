"""The tables as they are now; the migrations tell how they came to be, and a test proves that both agree."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    literal_column,
    text,
)

from scheduler.domain.article import Article, Excerpt
from scheduler.domain.card import PaintedCard
from scheduler.domain.delivery import LIVE, Outcome, State
from scheduler.domain.feed import ItemFate
from scheduler.domain.findings import Finding
from scheduler.domain.notice import Fate, NoticeKind
from scheduler.domain.own import Own
from scheduler.domain.post import Approval, PostStatus
from scheduler.domain.readymade import ReadyMade
from scheduler.store.columns import Document, Instant, word_of

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("fingerprint", Text, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("document", Document(Article), nullable=False),
    # Of the file that the present version was last read from, so that an unchanged one needn't be read again.
    Column("digest", Text, nullable=False, server_default=""),
)

excerpts = Table(
    "excerpts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False, index=True),
    Column("document", Document(Excerpt), nullable=False),
)

posts = Table(
    "posts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False, index=True),
    Column("excerpt_id", ForeignKey("excerpts.id"), nullable=False, unique=True),
    Column("hashtags", Document(tuple[str, ...]), nullable=False),
    Column("findings", Document(tuple[Finding, ...]), nullable=False),
    Column("status", word_of(PostStatus), nullable=False),
    Column("approval", Document(Approval)),
    Column("card_refusal", Text, nullable=False),
    # Post.may_go_out as it was when the row was written: what the worker's claim asks.
    Column("may_go_out", Boolean(create_constraint=True, name="may_go_out"), nullable=False),
    Column("edited", Text, nullable=False, server_default=""),
    # What its row in a queue file asks for; NULL where the post was cut from an article.
    Column("ready", Document(ReadyMade)),
    Column("template", Text, nullable=False, server_default=""),
    Column("call", Text, nullable=False, server_default=""),
    # What a person set for it alone; NULL for nothing.
    Column("own", Document(Own)),
    # Which claim rules were asked of it as it is; nothing since it changed.
    Column("asked", Text, nullable=False, server_default=""),
    # domain.wording of its words: posts that say the same rest together.
    Column("saying", BigInteger, nullable=False, server_default="0", index=True),
)

cards = Table(
    "cards",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("post_id", ForeignKey("posts.id"), nullable=False, index=True),
    # The newest row counts; NULL when the post has lost its picture.
    Column("document", Document(PaintedCard)),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("post_id", ForeignKey("posts.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("code", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("alt_text", Text, nullable=False),
    Column("card_path", Text, nullable=False),
    Column("card_sha256", Text, nullable=False),
    Column("article", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("wall_time", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("fold", Integer, nullable=False, server_default="0"),
    Column("state", word_of(State), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("crashes", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("lease_until", Instant),
    Column("key", Text, nullable=False),
    Column("created_at", Instant),
    Column("not_before", Instant),
    Column("sent_at", Instant),
    Column("remote_id", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("campaign", Text, nullable=False, server_default=""),
    Column("shape", Text, nullable=False, server_default=""),
    Column("pinned", Boolean(), nullable=False, server_default="0"),
    Column("run", Integer, nullable=False, server_default="1"),
    # domain.wording of its text: an account never says the same twice.
    Column("body", BigInteger, nullable=False, server_default="0"),
    # Set with the intent: what the post costs there, and since when (a date) that has been its price.
    Column("cost_usd", Float, nullable=False, server_default="0"),
    Column("price_since", Text, nullable=False, server_default=""),
    # In a thread: the code of the delivery that this one answers, and its id there, fixed with the claim.
    Column("parent", Text, nullable=False, server_default=""),
    Column("part", Integer, nullable=False, server_default="0"),
    Column("reply_to", Text, nullable=False, server_default=""),
    # The machine's own clock at the claim or the intent.
    Column("boot", Text, nullable=False, server_default=""),
    Column("ticks", Float, nullable=False, server_default="0"),
    Column("doubts", Integer, nullable=False, server_default="0"),
    CheckConstraint("(state IN ('claimed', 'sending')) = (lease_until IS NOT NULL)", name="lease"),
    CheckConstraint("state NOT IN ('claimed', 'sending') OR key <> ''", name="key"),
    CheckConstraint("state NOT IN ('sending', 'unknown') OR sent_at IS NOT NULL", name="intent"),
    Index("ix_deliveries_post_id", "post_id", "state"),
    Index("ix_deliveries_state_due_at", "state", "due_at"),
)
# An index over some rows is used only by a query that repeats its words.
IS_LIVE = text(f"state IN ({', '.join(repr(state.value) for state in sorted(LIVE))})")
Index(
    "uq_deliveries_live_slot",
    deliveries.c.channel,
    deliveries.c.due_at,
    unique=True,
    sqlite_where=IS_LIVE,
)

# When a scheduled delivery may go out at the earliest.
READY_AT = literal_column("max(due_at, coalesce(not_before, due_at))", BigInteger)
# The plus keeps SQLite from taking the index on the state instead, by which it would read the whole calendar.
IS_SCHEDULED = text(f"+state = '{State.SCHEDULED.value}'")
Index("ix_deliveries_ready_at", deliveries.c.channel, READY_AT, sqlite_where=IS_SCHEDULED)
# What an account spent in a month; what costs nothing is none of it.
COSTS = text("cost_usd > 0")
Index("ix_deliveries_spent", deliveries.c.channel, deliveries.c.sent_at, sqlite_where=COSTS)
Index("ix_deliveries_lease_until", deliveries.c.lease_until, sqlite_where=text("lease_until IS NOT NULL"))
Index("ix_deliveries_campaign", deliveries.c.campaign, deliveries.c.shape, sqlite_where=text("campaign <> ''"))
Index("ix_deliveries_body_channel", deliveries.c.body, deliveries.c.channel)
Index("ix_deliveries_run", deliveries.c.run, deliveries.c.state, sqlite_where=text("run > 1"))

pauses = Table(
    "pauses",
    metadata,
    # One of the two is empty.
    Column("channel", Text, primary_key=True),
    Column("campaign", Text, primary_key=True, server_default=""),
    Column("by", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
    Column("why", Text, nullable=False, server_default=""),
    Column("hint", Text, nullable=False, server_default=""),
)

# One row: that the worker lives and the database answers.
heartbeat = Table(
    "heartbeat",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("boot", Text, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("runs", Document(tuple[datetime, ...]), nullable=False, server_default="[]"),
)

sessions = Table(
    "sessions",
    metadata,
    # The digest of what the browser has.
    Column("key", Text, primary_key=True),
    Column("who", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("address", Text, primary_key=True),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("words", Text, nullable=False),
)

feed_items = Table(
    "feed_items",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("link", Text, nullable=False),
    # domain.feed.same_page of the link: items of one page are one item, whatever a feed calls them.
    Column("page", Text, nullable=False, index=True),
    Column("fate", word_of(ItemFate), nullable=False),
    Column("first_seen", Instant, nullable=False),
    Column("article_id", ForeignKey("articles.id")),
    Column("tries", Integer, nullable=False),
    Column("next_at", Instant),
    Column("words", Text, nullable=False),
    CheckConstraint("(fate = 'waiting') = (next_at IS NOT NULL)", name="waiting"),
)

notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", word_of(NoticeKind), nullable=False),
    Column("at", Instant, nullable=False),
    Column("words", Text, nullable=False),
    Column("hint", Text, nullable=False),
    # When it was put into messages; NULL while it waits for others.
    Column("told_at", Instant),
    Index("ix_notices_waiting", "id", sqlite_where=text("told_at IS NULL")),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    # The fingerprint of an address in the settings, which is a secret.
    Column("target", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("digest", Boolean(create_constraint=True, name="digest"), nullable=False),
    Column("fate", word_of(Fate), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("crashes", Integer, nullable=False),
    Column("next_at", Instant),
    Index("ix_messages_fate", "fate"),
    Index("ix_messages_made_at", "made_at"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", ForeignKey("deliveries.code"), nullable=False, index=True),
    Column("channel", Text, nullable=False),
    Column("article", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("started_at", Instant, nullable=False, index=True),
    Column("ended_at", Instant, nullable=False),
    Column("outcome", word_of(Outcome), nullable=False),
    Column("remote_id", Text, nullable=False),
    Column("remote_url", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("hint", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
)
