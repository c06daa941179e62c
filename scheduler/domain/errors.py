"""One family of errors: the docstring is the sentence, `hint` the way out, data travels as attributes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar


class QuotidianError(Exception):
    """Something went wrong."""

    hint: str = ""
    exit_code: ClassVar[int] = 1
    retry_after: int | None = None
    """Seconds that the other side asked us to wait, where it did."""

    def __init__(
        self,
        message: str = "",
        *,
        hint: str = "",
        path: str = "",
        line: int | None = None,
        setting: str = "",
    ) -> None:
        self.message = message or (type(self).__doc__ or "").strip()
        self.hint = hint or type(self).hint
        self.path = path
        self.line = line
        self.setting = setting
        super().__init__(self.message)

    @property
    def place(self) -> str:
        """Where it happened: file, line and setting, as far as they are known."""
        line = f"line {self.line}" if self.line is not None else ""
        return ", ".join(part for part in (self.path, line, self.setting) if part)

    @property
    def told(self) -> str:
        """The sentence, the place and the hint, a line each as far as they are there."""
        lines = (f"Error: {self.message}", f"  Where: {self.place}", f"  Hint: {self.hint}")
        return "\n".join(line for line in lines if not line.endswith(": "))


class SettingsUnusable(QuotidianError):
    """The settings can't be used."""

    hint = "Compare the line with settings.env.example."
    exit_code = 3


class WorkspaceUnusable(QuotidianError):
    """This directory is not a workspace."""

    hint = "Run `quotidian init` here, or name the workspace with --workspace DIR."
    exit_code = 3


class DatabaseUnusable(QuotidianError):
    """The database can't be used."""

    hint = "Run `quotidian doctor`."
    exit_code = 3


class WorkerAlreadyRuns(QuotidianError):
    """Another worker serves this workspace."""

    hint = "Stop it first, or leave the work to it."


class FileUnusable(QuotidianError):
    """This file can't be read as an article."""

    hint = "Save it as plain text or Markdown in UTF-8."


class RowUnusable(QuotidianError):
    """This row can't be a post."""

    hint = "Correct the cell; the other rows are taken in without it."

    def __init__(self, message: str, *, hint: str, path: str, row: int, column: str, value: str) -> None:
        super().__init__(message, hint=hint, path=path)
        self.row = row
        self.column = column
        self.value = value

    @property
    def place(self) -> str:
        """File, row, column and what stands in the cell."""
        row = f"row {self.row}" if self.row else ""
        column = f"column {self.column}" if self.column else ""
        return ", ".join(part for part in (self.path, row, column) if part) + (f": {self.value}" if self.value else "")


class AddressRefused(QuotidianError):
    """This address is never read."""

    hint = "Write a public web address whole, with https://."


class PageUnusable(QuotidianError):
    """This page can't be read as an article."""

    hint = "Open it in a browser; if it is right there, save it as a file and queue that."


class NoAnswer(QuotidianError):
    """The site gives no answer at the moment."""

    hint = "Try again later."


class NothingWorthPosting(QuotidianError):
    """No sentence of this article can stand alone as a post."""

    hint = "Mark a sentence yourself with `pullquote:` in the front matter, or drop a longer article."


class WordsUnusable(QuotidianError):
    """These words can't be a post."""

    hint = "Shorten them, or write them anew."


class TimeUnusable(QuotidianError):
    """This is not a time at which a post can go out."""

    hint = "Say `now`, `next`, or a date and time such as 2026-12-01 08:30."


class CardRefused(QuotidianError):
    """This text can't be set on the card."""

    hint = "Shorten the text or choose another template."


class DoesNotFit(QuotidianError):
    """The excerpt and its link are longer than the network takes."""

    hint = "Shorten the excerpt or leave this channel out."


class NotFound(QuotidianError):
    """Nothing has this id."""

    hint = "`quotidian list` shows the ids."


class NotAllowedNow(QuotidianError):
    """This can't be done in the present state."""

    hint = "`quotidian why ID` tells what happened so far."


class NeedsConfirmation(QuotidianError):
    """A finding of this post needs a named person's yes."""

    hint = "Read the findings, then approve with --confirm."


class ChildFailed(QuotidianError):
    """The helper process gave no answer."""

    hint = "The input may be damaged or too large; nothing else was touched."


class PromiseBroken(QuotidianError):
    """A post was lost, doubled, or called published although it is not there."""


class NotSent(QuotidianError):
    """How a publisher says that a post did not go out, or that nobody knows."""


class Refused(NotSent):
    """The network refused the post for good: proof that nothing went out."""


class TryAgain(NotSent):
    """The network refused the post for now: proof that nothing went out."""

    def __init__(self, message: str = "", *, hint: str = "", at: datetime | None = None) -> None:
        super().__init__(message, hint=hint)
        self.at = at


class AccountRefused(NotSent):
    """The network refuses the account, whatever the post: proof that nothing went out.

    The account pauses until `until` (UTC) or for so long as `wait`; without either until a person resumes it. The
    delivery waits and loses no try.
    """

    def __init__(
        self, message: str = "", *, hint: str = "", until: datetime | None = None, wait: timedelta | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.until = until
        self.wait = wait


class Unknown(NotSent):
    """Nobody knows whether the post went out."""
