"""Cards as pictures: small ones for lists, whole ones where people decide."""

from __future__ import annotations

from http import HTTPStatus

from scheduler.domain.errors import NotAllowedNow, NotFound
from scheduler.web.dashboard.pictures import thumbs_here
from scheduler.web.dashboard.visit import Answer, Page, Visit

KINDS = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
# A card's name is made of what it shows.
FOR_GOOD = {"cache-control": "private, max-age=31536000, immutable"}
NOTHING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
"""Keeps a lost picture's place, without a browser's sign of a broken one."""


def thumb(visit: Visit) -> Answer:
    """A small picture."""
    size = visit.params["size"]
    try:
        data = thumbs_here(visit).small(visit.params["name"], int(size) if size.isascii() and size.isdigit() else 0)
    except NotFound:
        return Answer(body=NOTHING, kind="image/svg+xml", status=HTTPStatus.NOT_FOUND)
    except NotAllowedNow:
        headers = {"retry-after": "2"}
        return Answer(body=NOTHING, kind="image/svg+xml", status=HTTPStatus.SERVICE_UNAVAILABLE, headers=headers)
    return Answer(body=data, kind="image/webp", headers=FOR_GOOD)


def card(visit: Visit) -> Answer:
    """A whole one."""
    name = visit.params["name"]
    try:
        data = thumbs_here(visit).card(name)
    except NotFound:
        return Answer(body=NOTHING, kind="image/svg+xml", status=HTTPStatus.NOT_FOUND)
    return Answer(body=data, kind=KINDS[name.rpartition(".")[2]], headers=FOR_GOOD)


PAGES = (Page(path="/thumb/{size}/{name}", view=thumb), Page(path="/card/{name}", view=card))
