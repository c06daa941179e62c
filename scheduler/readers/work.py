"""Reading in a child process: which reader, which bytes, in a form that JSON can carry."""

from __future__ import annotations

import base64
import importlib
from dataclasses import dataclass

from scheduler.domain.article import Article
from scheduler.ports import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequest:
    """`reader` is `module:class`; `data` is base64."""

    reader: str
    name: str
    data: str


def read(request: ReadRequest) -> Article:
    """The article, or FileUnusable."""
    module, _, attribute = request.reader.partition(":")
    reader: Reader = getattr(importlib.import_module(module), attribute)()
    return reader.read(request.name, base64.b64decode(request.data))
