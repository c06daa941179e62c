"""What an account has said: asked before it says anything again, in the writer's own transaction too."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, text

# What a person called off after it may have been out counts as said; what was refused for good doesn't.
SAME = text("""
    SELECT body, code FROM deliveries
    WHERE body IN (SELECT value FROM json_each(:bodies)) AND channel = :channel
      AND (state NOT IN ('cancelled', 'failed') OR sent_at IS NOT NULL)
""")


def said(connection: Connection, channel: str, bodies: Collection[int]) -> Mapping[int, str]:
    """Which of these texts (as domain.wording) a channel has, planned or out, each with the code of a
    delivery that says it."""
    rows = connection.execute(SAME, {"channel": channel, "bodies": json.dumps(list(bodies))})
    return {row.body: row.code for row in rows}
