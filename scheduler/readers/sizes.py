"""How large an input may be, by kind: data, so that a file is refused by its size before anybody reads it."""

from __future__ import annotations

from pathlib import PurePath

from scheduler.domain.errors import FileUnusable

TEXT_BYTES = 2_000_000
PAGE_BYTES = 10_000_000
DOCUMENT_BYTES = 25_000_000
TABLE_BYTES = 10_000_000

BY_SUFFIX = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), PAGE_BYTES),
    **dict.fromkeys((".csv", ".tsv", ".xlsx", ".xlsm", ".ods"), TABLE_BYTES),
    ".docx": DOCUMENT_BYTES,
}
"""Any other suffix has TEXT_BYTES."""


def largest_of(name: str) -> int:
    """How many bytes a file of this name may have."""
    return BY_SUFFIX.get(PurePath(name).suffix.lower(), TEXT_BYTES)


def check_size(name: str, size: int, *, largest: int) -> None:
    """Raises FileUnusable when `size` bytes are too many."""
    if size > largest:
        raise FileUnusable(
            f"This file has {size / 1e6:.1f} MB; an article like this may have {largest / 1e6:.0f} MB.",
            hint="Save the text without pictures, or split it into several articles.",
            path=name,
        )
