"""Fetching in a child process, where a resolver that hangs is stopped with it."""

from __future__ import annotations

from scheduler.domain.errors import PageUnusable
from scheduler.domain.page import FeedRequest, FetchedPicture, Page, PageRequest, PictureRequest
from scheduler.fetching.fetch import REFUSALS, Wanted, fetch
from scheduler.fetching.network import Network
from scheduler.fetching.wire import Bounds

FEED_BYTES = 5 * 1024 * 1024
PICTURE_BYTES = 20 * 1024 * 1024
PICTURES = ("image/png", "image/jpeg", "image/jpg", "image/webp", "application/octet-stream", "binary/octet-stream")
ARTICLES = ("text/html", "application/xhtml+xml", "text/markdown", "text/x-markdown", "text/plain")
GONE = (REFUSALS[404], REFUSALS[410])
FEEDS = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
    # Many sites call their feeds so; whether it is one is seen when it is read.
    "text/plain",
    "text/html",
    "application/octet-stream",
)


def fetch_article(request: PageRequest, *, network: Network | None = None, bounds: Bounds | None = None) -> Page:
    """The page, where the site's robots.txt lets programs read it. Raises AddressRefused, PageUnusable, NoAnswer."""
    wanted = Wanted(address=request.address, kinds=ARTICLES, robots=True)
    return fetch(wanted, network=network or Network(), bounds=bounds or Bounds())


def fetch_feed(request: FeedRequest, *, network: Network | None = None, bounds: Bounds | None = None) -> Page:
    """The feed, which is there to be asked for by programs. Raises AddressRefused, PageUnusable, NoAnswer."""
    wanted = Wanted(
        address=request.address,
        kinds=FEEDS,
        robots=False,
        etag=request.etag,
        last_modified=request.last_modified,
    )
    return fetch(wanted, network=network or Network(), bounds=bounds or Bounds(body_bytes=FEED_BYTES))


def is_gone(request: PageRequest, *, network: Network | None = None, bounds: Bounds | None = None) -> str:
    """Why there is no page at an address where there should be one; empty where there is, or where programs can't tell.

    Raises AddressRefused, NoAnswer.
    """
    wanted = Wanted(address=request.address, kinds=ARTICLES, robots=False)
    try:
        fetch(wanted, network=network or Network(), bounds=bounds or Bounds())
    except PageUnusable as error:
        return error.message if error.message in GONE else ""
    return ""


def fetch_picture(
    request: PictureRequest, *, network: Network | None = None, bounds: Bounds | None = None
) -> FetchedPicture:
    """A picture that its owner named. Raises AddressRefused, PageUnusable, NoAnswer."""
    wanted = Wanted(address=request.address, kinds=PICTURES, robots=False, noun="picture")
    page = fetch(wanted, network=network or Network(), bounds=bounds or Bounds(body_bytes=PICTURE_BYTES))
    return FetchedPicture(data=page.body, out=request.out)
