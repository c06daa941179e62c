"""The rows of a table as posts: each is read whole or complained about, and none keeps another from being read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from scheduler.domain.readymade import Cell, Complaint, ReadyMade, Row, When
from scheduler.readers.queuefiles import cells
from scheduler.readers.queuefiles.columns import Column, Table, value_in
from scheduler.readers.queuefiles.dates import Moment
from scheduler.readers.queuefiles.dating import SWAPPED, Dating, may_be_swapped
from scheduler.readers.queuefiles.grid import Broken, Line, Value
from scheduler.readers.queuefiles.headers import Field, plain
from scheduler.readers.queuefiles.times import TimeOfDay, Unreadable

END_OF_DAY = "23:59:59"
ISO = "Write for example 2026-12-31 09:00, or `next slot`."
_LONGEST_VALUE = 60
Read = TypeVar("Read")


@dataclass(slots=True, kw_only=True)
class RowReader:
    """Reads one row, and gathers what it has to complain about."""

    line: Line
    table: Table
    dating: Dating
    complaints: list[Complaint] = field(default_factory=list)
    cells: dict[str, Cell] = field(default_factory=dict)

    def read(self) -> Row | None:
        """The post; None where something is to be complained about."""
        text = self._words(Field.TEXT, cells.text_of)
        when = self._when()
        template, picture = self._words(Field.TEMPLATE, cells.template_of), self._words(Field.PICTURE, cells.picture_of)
        if template and picture:
            self._complain(Field.PICTURE, "This row asks for a picture and for a card.", "Leave one of them empty.")
        if self._words(Field.VIDEO, cells.line_of):
            self._complain(Field.VIDEO, "Videos can't be posted.", "Take it out, and give the row a picture.")
        asks = ReadyMade(
            key=self._words(Field.ID, cells.line_of),
            row=self.line.number,
            channels=self._one(Field.CHANNELS, _plainly(cells.names_of), ()),
            when=when,
            link=self._words(Field.LINK, cells.link_of),
            template=template,
            picture=picture,
            alt_text=self._words(Field.ALT_TEXT, cells.line_of),
            hashtags=self._one(Field.HASHTAGS, _plainly(cells.hashtags_of), ()),
            category=self._words(Field.CATEGORY, cells.line_of),
            expires=self._expires(),
            late=self._one(Field.LATE, _plainly(cells.late_of), None),
            evergreen=self._one(Field.EVERGREEN, _plainly(cells.yes_of), None),
        )
        row = Row(text=text, asks=asks, cells=self.cells)
        if not any(one.isalnum() for one in text) and not self.complaints:
            self._complain(Field.TEXT, "This row has no words.", "Write the post, or delete the row.")
        return None if self.complaints else row

    def _words(self, kind: Field, read: Callable[[Value], str]) -> str:
        return self._one(kind, _plainly(read), "")

    def _one(self, kind: Field, read: Callable[[Value, Column], Read], empty: Read) -> Read:
        """What the columns of this kind say: only one of them may say something."""
        said = self._all(kind, read, empty)
        if len(said) > 1:
            self._complain(kind, "Two columns say this differently.", "Empty one of the two cells.")
        return said[0] if said else empty

    def _all(self, kind: Field, read: Callable[[Value, Column], Read], empty: Read) -> list[Read]:
        """What each column of this kind says, without what says nothing or the same."""
        said: list[Read] = []
        for column in self.table.of(kind):
            value = value_in(self.line, column)
            if value == "":
                continue
            self.cells.setdefault(kind, _cell(self.line, column))
            try:
                found = read(value, column)
            except Unreadable as error:
                self.complaints.append(Complaint(cell=_cell(self.line, column), message=error.message, hint=error.hint))
                continue
            if found != empty and found not in said:
                said.append(found)
        return said

    def _complain(self, kind: Field, message: str, hint: str) -> None:
        cell = self.cells.get(kind) or _empty(self.line, self.table, kind)
        self.complaints.append(Complaint(cell=cell, message=message, hint=hint))

    def _when(self) -> When:
        campaign = self._words(Field.CAMPAIGN, cells.line_of)
        said = self._said()
        at = self._one(Field.TIME, _plainly(cells.time_of), None)
        if isinstance(said, str):
            campaign, said = said, Moment()
        if _is_midnight(said) and at:
            said = Moment(day=said.day)
        elif self._is_exported(Field.WHEN, said):
            return When()
        if said.day is None and (said.time or at):
            self._complain(Field.WHEN if said.time else Field.TIME, "A time without its day.", ISO)
        if said.time and at and said.time != at:
            self._complain(Field.TIME, "Two columns name a time, and not the same.", "Empty one of the two cells.")
        if said.day is None:
            return When(campaign=campaign)
        if campaign:
            self._complain(Field.CAMPAIGN, "This row asks for a time and for a campaign.", "Leave one of them empty.")
        if said.time is None and at is None:
            hint = f"Write {said.day.isoformat()} 09:00, or name the time in a column of its own; midnight is 24:00."
            self._complain(Field.WHEN, f"{said.day.isoformat()} has no time.", hint)
            return When()
        return _fixed(said.day, said.time or at)

    def _is_exported(self, kind: Field, said: Moment) -> bool:
        """Complains of a day at 00:00, as spreadsheets write it where nobody gave a time."""
        if said.day and _is_midnight(said) and any(column.letter for column in self.table.of(kind)):
            before = said.day - timedelta(days=1)
            message = f"{said.day.isoformat()} 00:00 may be midnight, or a day without its time."
            self._complain(kind, message, f"Write the time; midnight is {before.isoformat()} 24:00.")
            return True
        return False

    def _said(self) -> Moment | str:
        """What the columns of dates say together; one may hold the day, another the time."""
        nothing: Moment | str = Moment()
        said = self._all(Field.WHEN, self._moment, nothing)
        days = [one.day for one in said if isinstance(one, Moment) and one.day]
        times = [one.time for one in said if isinstance(one, Moment) and one.time and not _is_midnight(one)]
        if len(days) == len(times) == 1 and len(said) == 2:
            return Moment(day=days[0], time=times[0])
        if len(said) > 1:
            self._complain(Field.WHEN, "Two columns say this differently.", "Empty one of the two cells.")
        return said[0] if said else Moment()

    def _moment(self, value: Value, column: Column) -> Moment | str:
        """A moment, or the name of a campaign."""
        if isinstance(value, str) and not any(one.isdigit() for one in value):
            words = cells.line_of(value)
            return Moment() if plain(words) in cells.NEXT_SLOT or words in ("-", "–") else words
        return self._dated(value, column)

    def _dated(self, value: Value, column: Column) -> Moment:
        if column.index in self.dating.swapped and may_be_swapped(value):
            raise Unreadable(f"The spreadsheet may have swapped day and month of {value:%Y-%m-%d}.", SWAPPED)
        return cells.moment_of(value, self.dating.orders.get(column.index), is_1904=self.dating.is_1904)

    def _expires(self) -> str:
        found = self._one(Field.EXPIRES, self._dated, Moment())
        if found.day is None:
            if found.time:
                self._complain(Field.EXPIRES, "A time without its day.", "Write for example 2026-12-31.")
            return ""
        if found.time is None or self._is_exported(Field.EXPIRES, found):
            return f"{found.day.isoformat()}T{END_OF_DAY}"
        if found.time.offset is not None:
            self._complain(Field.EXPIRES, "This is meant in the brand's zone.", "Leave out the offset.")
        return _fixed(found.day, found.time).wall_time


def readings(table: Table, dating: Dating) -> Iterator[RowReader]:
    """A reader for each row that holds anything of a post."""
    for line in table.lines:
        if any(value_in(line, column) != "" for column in table.columns):
            yield RowReader(line=line, table=table, dating=dating)


def _is_midnight(said: Moment) -> bool:
    """Of a day: its beginning, and what spreadsheets export of a day without a time."""
    return said.day is not None and said.time == TimeOfDay(at=time())


def _fixed(day: date, at: TimeOfDay | None) -> When:
    at = at or TimeOfDay(at=datetime.min.time())
    day += timedelta(days=at.next_day)
    precise = f"{at.at:%H:%M:%S}" if at.at.second else f"{at.at:%H:%M}"
    return When(wall_time=f"{day.isoformat()}T{precise}", offset=at.offset)


def _cell(line: Line, column: Column) -> Cell:
    value = value_in(line, column)
    words = " ".join((value.words if isinstance(value, Broken) else str(value)).split())
    short = words if len(words) <= _LONGEST_VALUE else f"{words[: _LONGEST_VALUE - 1]}…"
    return Cell(row=line.number, column=column.letter, header=column.header, value=short)


def _empty(line: Line, table: Table, kind: Field) -> Cell:
    column = next(iter(table.of(kind)), None)
    return _cell(line, column) if column else Cell(row=line.number)


def _plainly(read: Callable[[Value], Read]) -> Callable[[Value, Column], Read]:
    """Whatever the column."""
    return lambda value, _: read(value)
