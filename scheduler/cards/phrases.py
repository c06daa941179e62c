"""Where Thai, Japanese and Chinese may be divided: between phrases, which no space shows and no rule can tell.

budoux's models are learned from texts; one is loaded when the first text in its language comes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from typing import Protocol

_KANA = re.compile(r"[\u3041-\u30fa\uff66-\uff9d]")
_THAI = re.compile(r"[\u0e01-\u0e7f]")
_TRADITIONAL = re.compile(r"zh-(?:hant|tw|hk|mo)\b", re.IGNORECASE)

_LOADERS = {
    "ja": "load_default_japanese_parser",
    "th": "load_default_thai_parser",
    "zh-hans": "load_default_simplified_chinese_parser",
    "zh-hant": "load_default_traditional_chinese_parser",
}


class _Parser(Protocol):
    def parse(self, sentence: str) -> list[str]: ...


def model_of(text: str, language: str) -> str:
    """The model that knows the text's phrases, or nothing: by its letters, and by the tag for Han without kana."""
    if text.isascii():
        return ""
    if _THAI.search(text):
        return "th"
    if _KANA.search(text):
        return "ja"
    if any("\u3400" <= character <= "\u9fff" or "\U00020000" <= character < "\U00040000" for character in text):
        tag = language.lower()
        return "ja" if tag.startswith("ja") else "zh-hant" if _TRADITIONAL.match(tag) else "zh-hans"
    return ""


def phrases(text: str, model: str) -> list[str]:
    """The text in its phrases; together they are the text."""
    return _parser(model).parse(text)


@lru_cache(maxsize=4)
def _parser(model: str) -> _Parser:
    # Most cards never need it, and its import takes longer than setting one of them.
    parser: _Parser = getattr(import_module("budoux"), _LOADERS[model])()
    return parser
