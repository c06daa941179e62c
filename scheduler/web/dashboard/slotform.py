"""What a form says of when a channel publishes, as rows or as one line, and settings.env that says so afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from functools import partial
from pathlib import Path

from babel.dates import format_time

from scheduler import envfile
from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import NotAllowedNow, SettingsUnusable
from scheduler.domain.slotrows import line_of, rows_of
from scheduler.domain.slots import WEEKDAYS, Slot, WeeklySlot, parse_slots, parse_times
from scheduler.settings import FILE, load
from scheduler.web.dashboard.visit import Visit

LINE = "slots"
LONGEST = 12_000
"""Characters of a field: each minute of a day, and some."""
MOST_TOLD = 600
"""Characters of old or new slots in the audit log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotForm:
    """What the fields hold, by their names: one a day of the week, or LINE where times of the day won't do.

    `wrong` says of a field why it can't be used.
    """

    fields: Mapping[str, str]
    wrong: Mapping[str, str] = field(default_factory=dict)
    slots: tuple[Slot, ...] = ()

    @property
    def is_line(self) -> bool:
        """Whether it is one field."""
        return LINE in self.fields


def form_of(text: str, *, locale: str) -> SlotForm:
    """As the settings say it now."""
    rows = rows_of(slots := parse_slots(text), partial(_clock, locale=locale))
    fields = {LINE: text} if rows is None else dict(zip(WEEKDAYS, rows, strict=True))
    return SlotForm(fields=fields, slots=slots)


def _clock(at: time, *, locale: str) -> str:
    """As people here write it, if that can be read back."""
    words = " ".join(format_time(at, "short", locale=locale).split())
    try:
        is_read = list(parse_times(words)) == [(at, frozenset())]
    except ValueError:
        is_read = False
    return words if is_read else f"{at.hour}:{at:%M}"


def mark_of(text: str) -> str:
    """What a form knows slots by; they may be long."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def typed(given: Mapping[str, str]) -> SlotForm:
    """As somebody typed it."""
    fields = {LINE: given[LINE]} if LINE in given else {day: given.get(day, "") for day in WEEKDAYS}
    slots: list[Slot] = []
    wrong: dict[str, str] = {}
    for name, text in fields.items():
        try:
            slots += _read(name, text)
        except ValueError as error:
            wrong[name] = f"{str(error)[:1].upper()}{str(error)[1:]}."
    if not slots and not wrong:
        wrong[next(iter(fields))] = "No time is given. To publish nothing, pause the channel."
    return SlotForm(fields=fields, wrong=wrong, slots=parse_slots(line_of(slots)) if slots and not wrong else ())


def _read(name: str, text: str) -> tuple[Slot, ...]:
    if len(text) > LONGEST:
        raise ValueError(f"this is too long: {len(text):,} of {LONGEST:,} characters")
    if name == LINE:
        return parse_slots(text) if text.strip(", \r\n\t") else ()
    day = WEEKDAYS.index(name)
    return tuple(WeeklySlot(weekday=day, at=at, categories=named) for at, named in parse_times(text))


def save(visit: Visit, channel: str, slots: tuple[Slot, ...], *, was: str) -> None:
    """Writes them into settings.env, with an entry in the audit log, and takes them up here.

    Raises NotAllowedNow where they are no longer those of the mark `was`, SettingsUnusable where they can't be written.
    """
    file, key = visit.app.folders.root / FILE, f"CHANNELS__{channel.upper()}__SLOTS"
    envfile.put(file, {key: line_of(slots)}, prove=partial(_prove, visit, channel, slots, was))
    visit.renew()


def _prove(visit: Visit, channel: str, slots: tuple[Slot, ...], was: str, new: Path) -> None:
    """The entry is on disk before the change can be seen."""
    before, after = (load(new.parent, name).channels.get(channel) for name in (FILE, new.name))
    if before is None or mark_of(before.slots) != was:
        raise NotAllowedNow("The slots changed while you were looking.", hint="Look again.")
    if after is None or set(parse_slots(after.slots)) != set(slots):
        hint = f"Does a variable QUOTIDIAN_CHANNELS__{channel.upper()}__SLOTS of the environment say something else?"
        raise SettingsUnusable("The slots would not be read as you typed them.", hint=hint, path=FILE)
    what = f"changed its slots to {_short(line_of(slots))}; they were {_short(before.slots)}"
    entry = AuditEntry(at=visit.now, who=visit.who, what=what, subject=f"channel {channel}")
    visit.app.store.remarks.add(entry)


def _short(text: str) -> str:
    return text if len(text) <= MOST_TOLD else f"{text[:MOST_TOLD]}…"
