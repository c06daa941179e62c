"""Articles, posts and deliveries to try things with."""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from scheduler.domain.article import Article, Block, BlockKind, Excerpt, ExcerptKind
from scheduler.domain.channel import Outgoing
from scheduler.domain.delivery import Delivery
from scheduler.domain.links import slug
from scheduler.domain.post import Approval, Post, PostStatus

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)


def picture(width: int = 64, height: int = 64, shade: int = 200) -> bytes:
    """A small plain PNG."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + bytes([shade]) * width) * height
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def outgoing(folder: Path, *, code: str = "k3f9x2a", text: str = "Short walks help a stiff back.") -> Outgoing:
    """A whole post; its picture is written into `folder`."""
    card = folder / f"{code}.png"
    card.write_bytes(picture())
    link = f"https://example.com/book?utm_content={code}"
    return Outgoing(
        code=code,
        key=hashlib.sha256(code.encode()).hexdigest()[:32],
        channel="account",
        text=f"{text}\n\n{link}",
        link=link,
        alt_text=f"Quote card: “{text}”",
        card_path=str(card),
        card_sha256=hashlib.sha256(card.read_bytes()).hexdigest(),
        article="Five ways to look after your back",
        created_at=NINE,
    )


def article(title: str = "Five ways to look after your back") -> Article:
    """A short article, one paragraph long."""
    text = "Short walks help a stiff back."
    return Article(
        source=f"posts/articles/{slug(title)}.md",
        title=title,
        language="en",
        fingerprint=hashlib.sha256(title.encode()).hexdigest(),
        text=text,
        blocks=(Block(kind=BlockKind.PARAGRAPH, start=0, end=len(text)),),
    )


def post(*, approved: bool = True) -> Post:
    """A post that people said yes to, or a draft."""
    text = "Short walks help a stiff back."
    draft = Post(excerpt=Excerpt(text=text, kind=ExcerptKind.TIP, score=0.7, spans=((0, len(text)),)))
    if not approved:
        return draft
    yes = Approval(by="Ann", at=NINE, content_hash=draft.content_hash)
    return replace(draft, status=PostStatus.APPROVED, approval=yes)


def delivery(*, code: str = "k3f9x2a", channel: str = "account", due_at: datetime = NINE, post_id: int = 1) -> Delivery:
    """A planned delivery without a picture."""
    link = f"https://example.com/book?utm_content={code}"
    return Delivery(
        post_id=post_id,
        channel=channel,
        code=code,
        text=f"Short walks help a stiff back.\n\n{link}",
        link=link,
        alt_text="",
        card_path="",
        card_sha256="",
        article="Five ways to look after your back",
        due_at=due_at,
        wall_time=f"{due_at:%Y-%m-%dT%H:%M}",
        zone="Etc/UTC",
    )
