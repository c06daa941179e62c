"""What is asked of the web, and what it answered, as the reader of pages and feeds gets it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """The page of an article."""

    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRequest:
    """A feed, and how its last answer was called: then it may say that nothing changed."""

    address: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureRequest:
    """The picture at an address, to be kept in the folder `out`."""

    address: str
    out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedPicture:
    """What was found there, whatever it is."""

    data: bytes
    out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer: `url` after all redirects, without a fragment; `body` unpacked.

    `media_type` is lower case, such as `text/html`; it and `charset` are empty where the site doesn't tell. With
    `unchanged` the site says that what we have is what there is; then there is no body.
    """

    url: str
    media_type: str = ""
    charset: str = ""
    body: bytes = b""
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False
