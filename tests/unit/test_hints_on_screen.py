"""A hint on a page leads to a screen where one exists, and is never more than text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from scheduler.domain.errors import NotFound
from scheduler.web.dashboard.hinting import onscreen


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        (NotFound("No.").hint, '<a href="/log">The log</a> shows the ids.'),
        ("Say so first: `quotidian resolve`.", 'Say so first: <a href="/log?state=unknown">its story</a>.'),
        ("Then say so: `quotidian resolve k7q2`.", 'Then say so: <a href="/log/k7q2">its story</a>.'),
        ("Move that first: `quotidian move k7q2 WHEN`.", 'Move that first: <a href="/calendar/move/k7q2">move it</a>.'),
        ("Run `quotidian queue`.", 'See <a href="/articles">Articles</a>.'),
        ("True? quotidian approve 5 --confirm", 'True? <a href="/review/5">confirm it in Review</a>'),
        ("`quotidian retry` paints it again.", "“Send it in the next free slot” paints it again."),
        ("Run `quotidian doctor`.", "Run <code>quotidian doctor</code>."),
        ("Look into `assets/brand`.", "Look into <code>assets/brand</code>."),
    ],
)
def test_a_command_becomes_its_screen_where_it_has_one(hint: str, said: str) -> None:
    assert onscreen(hint) == said


@given(st.text(alphabet="<>&\"'` quotidanlgw0-", max_size=80))
def test_whatever_a_hint_says_it_stays_text(hint: str) -> None:
    shown = onscreen(hint)
    assert "<" not in shown.replace('<a href="/', "").replace("</a>", "").replace("<code>", "").replace("</code>", "")
    assert isinstance(shown, Markup)
