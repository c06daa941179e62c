"""TOML: one `[[post]]` a post, its keys named as the columns of a table are."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time

from scheduler.domain.errors import FileUnusable
from scheduler.readers.decoding import decode
from scheduler.readers.queuefiles.grid import MOST_ROWS, Broken, Grid, Line, Value

_KEYS = ("post", "posts")
_HINT = 'Begin each post with [[post]], and put words between quotation marks: text = "…".'


def read(name: str, data: bytes) -> Grid:
    """A table whose headers are the keys. Raises FileUnusable."""
    try:
        document = tomllib.loads(decode(name, data))
    except tomllib.TOMLDecodeError as error:
        raise FileUnusable(f"This isn't TOML: {error}.", hint=_HINT, path=name) from None
    except RecursionError:
        raise FileUnusable("This TOML is nested too deeply.", hint=_HINT, path=name) from None
    posts = [post for key in _KEYS for post in _listed(document.get(key, []))]
    if not posts:
        raise FileUnusable("There is no post in this file.", hint=_HINT, path=name)
    if len(posts) > MOST_ROWS:
        raise FileUnusable(f"This file has over {MOST_ROWS} posts.", hint="Split it into several files.", path=name)
    headers = list(dict.fromkeys(key for post in posts for key in post))
    lines = [Line(number=0, values=tuple(headers))]
    for number, post in enumerate(posts, 1):
        lines.append(Line(number=number, values=tuple(_value(post.get(header, "")) for header in headers)))
    unknown = [f"`{key}`" for key in document if key not in _KEYS]
    notes = (f"What isn't under [[post]] is left out: {', '.join(unknown)}.",) if unknown else ()
    return Grid(lines=tuple(lines), notes=notes, has_letters=False)


def _listed(found: object) -> list[Mapping[str, object]]:
    return [post for post in found if isinstance(post, dict)] if isinstance(found, list) else []


def _value(found: object) -> Value:
    if isinstance(found, datetime) and found.tzinfo is not None:
        return found.isoformat()
    if isinstance(found, str | bool | int | float | date | time):
        return found
    if isinstance(found, list) and all(isinstance(one, str) for one in found):
        return ", ".join(found)
    return Broken(words="neither words, a time nor a list of words")
