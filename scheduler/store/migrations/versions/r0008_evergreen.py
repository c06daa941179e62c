"""The how-manieth run a delivery is, and what texts are compared by. Frozen: what comes later is a new step."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

BATCH = 5_000


def upgrade() -> None:
    """From 0007: a column with a default, and two that are worked out for every row."""
    op.add_column("deliveries", sa.Column("run", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("deliveries", sa.Column("body", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("posts", sa.Column("saying", sa.BigInteger(), nullable=False, server_default="0"))
    # What is out keeps its payload by a trigger that names its columns; these are none of them.
    _fill("deliveries", "body", "SELECT id, text, link FROM deliveries", _body)
    _fill(
        "posts", "saying", "SELECT p.id, p.edited, e.document FROM posts p JOIN excerpts e ON e.id = p.excerpt_id", _say
    )
    op.create_index("ix_deliveries_body_channel", "deliveries", ["body", "channel"])
    op.create_index("ix_deliveries_run", "deliveries", ["run", "state"], sqlite_where=sa.text("run > 1"))
    op.create_index("ix_posts_saying", "posts", ["saying"])


def _fill(table: str, column: str, rows: str, worked_out: Any) -> None:
    """Beside the reading, in batches: a long calendar would fill the memory."""
    connection = op.get_bind()
    write = sa.text(f"UPDATE {table} SET {column} = :value WHERE id = :id")  # noqa: S608
    last = 0
    key = "p.id" if table == "posts" else "id"
    while True:
        some = f"{rows} WHERE {key} > :last ORDER BY {key} LIMIT :batch"
        found = connection.execute(sa.text(some), {"last": last, "batch": BATCH}).all()
        if not found:
            return
        connection.execute(write, [{"id": row[0], "value": worked_out(*row[1:])} for row in found])
        last = found[-1][0]


def _body(text: str, link: str) -> int:
    return _hashed(text.replace(link, " ") if link else text)


def _say(edited: str, document: str) -> int:
    if edited:
        return _hashed(edited)
    excerpt = json.loads(document)
    text, heading, breaks = excerpt["text"], excerpt.get("heading", ""), excerpt.get("breaks", ())
    if not breaks:
        return _hashed(f"{heading}\n\n{text}" if heading else text)
    items = [text[start:end].strip() for start, end in pairwise((0, *breaks, len(text)))]
    return _hashed("\n".join([heading, *(f"• {item}" for item in items)]) if heading else text)


def _hashed(words: str) -> int:
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", words).casefold())
    digest = hashlib.sha256(" ".join(plain.split()).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8]) >> 1
