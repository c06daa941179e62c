"""The dashboard's fonts; until they are there, and where they can't be made, browsers take the system's."""

from __future__ import annotations

from http import HTTPStatus

from scheduler.bootstrap.webfonts import webfonts_of
from scheduler.domain.errors import NotFound
from scheduler.web.dashboard.visit import Answer, Page, Visit

FOR_GOOD = {"cache-control": "public, max-age=31536000, immutable"}


def font(visit: Visit) -> Answer:
    """One face; open, as the page for signing in is set in it, too."""
    try:
        data = webfonts_of(visit.app.folders.var / "fonts").data(visit.params["face"])
    except NotFound:
        return Answer(status=HTTPStatus.NOT_FOUND, kind="text/plain; charset=utf-8")
    return Answer(body=data, kind="font/woff2", headers=FOR_GOOD)


PAGES = (Page(path="/fonts/{face}.woff2", view=font, open=True),)
