"""CSV on standard output."""

from __future__ import annotations

from collections.abc import Iterable

import click

from scheduler.domain.spreadsheet import sheet


def print_sheet(rows: Iterable[Iterable[str]]) -> None:
    """In UTF-8, whatever the terminal takes."""
    click.echo(sheet(rows).encode(), nl=False)
