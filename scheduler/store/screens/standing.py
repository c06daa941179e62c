"""A delivery's standing as SQL tells it, for questions that count or choose by it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, String, case, func, type_coerce

from scheduler.domain.delivery import State
from scheduler.domain.standing import Standing
from scheduler.store.tables import deliveries, posts

# As documents are written: a quotation mark inside of a word has a backslash before it.
CONFIRM = '"severity":"confirm"'
ASKS: ColumnElement[bool] = func.instr(type_coerce(posts.c.findings, String), CONFIRM) > 0
"""Whether a finding of the post asks for a named person's yes."""
LACKS_YES = (deliveries.c.state == State.SCHEDULED) & ~posts.c.may_go_out
STANDING: ColumnElement[str] = case(
    (LACKS_YES & ASKS, Standing.CONFIRM.value),
    (LACKS_YES, Standing.DRAFT.value),
    (deliveries.c.state == State.CLAIMED, Standing.SENDING.value),
    else_=type_coerce(deliveries.c.state, String),
)
"""domain.standing of a row that joins deliveries and posts, as a word."""
