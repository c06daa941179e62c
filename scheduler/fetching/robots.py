"""What a site asks of programs in its robots.txt (RFC 9309); protego reads it."""

from __future__ import annotations

from protego import Protego

from scheduler.domain.errors import AddressRefused, NoAnswer
from scheduler.fetching.exchange import Line, ask
from scheduler.fetching.redirects import moved
from scheduler.fetching.target import Target, target

NAME = "quotidian"
MOST_BYTES = 500 * 1024
REDIRECTS = 5
ACCEPT = {"Accept": "text/plain, */*;q=0.1", "Accept-Encoding": "gzip, deflate"}


class Robots:
    """The rules of the sites that one visit meets, each asked for once."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._known: dict[str, Protego] = {}

    def check(self, wanted: Target) -> None:
        """Raises AddressRefused where the site asks us to keep away, NoAnswer where it can't be asked."""
        if wanted.origin not in self._known:
            self._known[wanted.origin] = Protego.parse(self._text(wanted))
        if not self._known[wanted.origin].can_fetch(wanted.url, NAME):
            raise AddressRefused(
                "The site's robots.txt asks programs to leave this page alone.",
                hint="If it is your site, allow it there; otherwise save the page as a file and queue that.",
                path=wanted.url,
            )

    def _text(self, wanted: Target) -> str:
        """Empty where there is none; what is beyond 500 KiB doesn't count."""
        at = target(f"{wanted.origin}/robots.txt")
        for _ in range(REDIRECTS + 1):
            answer = ask(at, self._line, ACCEPT, cut_at=MOST_BYTES)
            if answer.status >= 500:
                raise NoAnswer("The site doesn't say what programs may read.", path=at.url)
            after = moved(at, answer)
            if after is None:
                return answer.body.decode("utf-8", "replace")
            at = after
        return ""
