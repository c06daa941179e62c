"""What is asked of the child process that reads tables of posts; importing it loads nothing that reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scheduler.readers.queuefiles.dates import Order

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods", ".toml")
NOT_READ = (".xls", ".xlsb", ".numbers", ".json", ".docx", ".pdf")
"""Other programs' files, which are refused with a way out rather than passed over in silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRequest:
    """Files by their names inside `root`; queue files lie in `folder`. `order` is what the settings say of dates."""

    names: tuple[str, ...]
    root: Path
    folder: Path
    order: Order | None = None
