"""The fetching functions that acceptance tests run in the child: as the real ones, on a network that leads to a server
of the test. Its port is in the host's first part: http://p8080.site.test/article."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from scheduler.domain.page import FeedRequest, Page, PageRequest
from scheduler.fetching import work
from scheduler.fetching.network import Network
from tests.servers.web import Web

PUBLIC = "93.184.216.34"


def fetch_article(request: PageRequest) -> Page:
    return work.fetch_article(request, network=_network(request.address))


def fetch_feed(request: FeedRequest) -> Page:
    return work.fetch_feed(request, network=_network(request.address))


def _network(address: str) -> Network:
    host = urlsplit(address).hostname or ""
    port = re.match(r"p(\d+)\.", host)
    return Web(names={host: [PUBLIC]}, ports={80: int(port[1]) if port else 0}).network
