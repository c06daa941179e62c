"""Tables of posts after the habits of the programs they are made with: right in every cell, or refused by it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from scheduler.domain.readymade import When
from scheduler.readers.queuefiles.files import read
from tests.sheet import DAY, TIME, Cell, stamp, workbook

NINE = "2026-12-01T09:00"
SERIAL = 46357.375
"""2026-12-01 09:00 as Excel counts."""
WALK = "It’s time for a walk – naïve? “No!” 🙂👩🏽‍⚕️"
LATIN = "It’s a café – naïve? “No!” für 20 €"
FAMILY = "Família 👨‍👩‍👧 日本語 “ok” …"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file as somebody made it, the posts that it means, by row, and the cells that can't be meant."""

    name: str
    data: bytes
    posts: dict[int, tuple[str, str]]
    refused: tuple[str, ...] = ()
    note: str = ""


def csv(*lines: str, end: str = "\r\n", encoding: str = "utf-8", mark: bytes = b"") -> bytes:
    return mark + end.join((*lines, "")).encode(encoding)


def error(words: str) -> Cell:
    return Cell(kind="e", inside=f"<f>Sheet9!A1</f><v>{words}</v>")


EXCEL = {
    "Excel, German, CSV": Made(
        name="posts.csv",
        data=csv("Text;Wann;Kanal", f"{LATIN};01.12.2026 09:00;x", "Zwei;;x", encoding="cp1252"),
        posts={2: (LATIN, NINE), 3: ("Zwei", "")},
        note="Windows-1252",
    ),
    "Excel, German, CSV UTF-8": Made(
        name="posts.csv",
        data=csv("Beitrag;Datum;Uhrzeit", f"{WALK};1.12.2026;9:00 Uhr", ";;", encoding="utf-8-sig"),
        posts={2: (WALK, NINE)},
    ),
    "Excel, American, CSV with a telling day": Made(
        name="posts.csv",
        data=csv("Message,Date", "One,12/1/2026 9:00", '"Two, too",12/25/2026 9:00'),
        posts={2: ("One", NINE), 3: ("Two, too", "2026-12-25T09:00")},
        note="month first",
    ),
    "Excel, British, CSV with a telling day": Made(
        name="posts.csv",
        data=csv("Message,Date", "One,01/12/2026 09:00", "Two,25/12/2026 09:00"),
        posts={2: ("One", NINE), 3: ("Two", "2026-12-25T09:00")},
        note="day first",
    ),
    "Excel, CSV of which nobody can tell the month": Made(
        name="posts.csv",
        data=csv("Message,Date", "One,12/1/2026 9:00", "Two,2026-12-01 9:00", "Three,4/4/2027 9:00"),
        posts={3: ("Two", NINE), 4: ("Three", "2027-04-04T09:00")},
        refused=("B2",),
    ),
    "Excel, Unicode text": Made(
        name="posts.txt",
        data=csv("Text\tWhen", f"{WALK}\t2026-12-01 09:00", f"{FAMILY}\tnext slot", encoding="utf-16"),
        posts={2: (WALK, NINE), 3: (FAMILY, "")},
    ),
    "Excel for an old Mac": Made(
        name="posts.csv",
        data=csv("Text;When", f"{LATIN};2026-12-01 09:00", end="\r", encoding="mac_roman"),
        posts={2: (LATIN, NINE)},
        note="Mac Roman",
    ),
    "Excel, CSV with its own first line": Made(
        name="posts.csv",
        data=csv("sep=|", "Text|When", f"{LATIN}|2026-12-01 09:00"),
        posts={2: (LATIN, NINE)},
    ),
    "Excel, CSV of dates without a format": Made(
        name="posts.csv", data=csv("Text,When", f"One,{SERIAL}", "Two,46357"), posts={2: ("One", NINE)}, refused=("B3",)
    ),
    "Excel, CSV that was opened in a wrong encoding and saved": Made(
        name="posts.csv",
        data=csv("Text,When", "Itâ€™s a cafÃ© ðŸ™‚,2026-12-01 09:00", "Lost â€ here,2026-12-02 09:00"),
        posts={2: ("It’s a café 🙂", NINE)},
        refused=("A3",),
        note="put right in rows 2",
    ),
}
WORKBOOKS = {
    "Excel": Made(
        name="posts.xlsx",
        data=workbook(
            [["Our posts for December"], [], ["Text", "When", "Notes"], [WALK, stamp(SERIAL), "by Ann"], ["", "", ""]],
            merged=["A1:C1"],
        ),
        posts={4: (WALK, NINE)},
        note="“Notes”",
    ),
    "Excel, counting from 1904": Made(
        name="posts.xlsx",
        data=workbook(
            [["Text", "When"], [FAMILY, stamp(SERIAL - 1462)], ["Two", Cell(number=SERIAL - 1462)]], is_1904=True
        ),
        posts={2: (FAMILY, NINE), 3: ("Two", NINE)},
    ),
    "Excel, day and time in two columns": Made(
        name="posts.xlsx",
        data=workbook(
            [
                ["Date", "Time", "Post"],
                [Cell(number=46357, style=DAY), Cell(number=0.375, style=TIME), "One"],
                [Cell(number=46357, style=DAY), "9am", "Two"],
                [Cell(number=46357, style=DAY), "", "Three"],
            ]
        ),
        posts={2: ("One", NINE), 3: ("Two", NINE)},
        refused=("A4",),
    ),
    "Excel, formulas": Made(
        name="posts.xlsx",
        data=workbook(
            [
                ["Text", "When"],
                [Cell(kind="str", inside="<f>A9&amp;B9</f><v>Made of two</v>"), stamp(SERIAL)],
                ["Lost", error("#REF!")],
                ["Not worked out", Cell(inside="<f>NOW()+1</f>")],
            ]
        ),
        posts={2: ("Made of two", NINE)},
        refused=("B3", "B4"),
    ),
    "Excel, American, a British column half taken for dates": Made(
        name="posts.xlsx",
        data=workbook([["Text", "When"], ["One", stamp(SERIAL + 93)], ["Two", "13/04/2027 09:00"]]),
        posts={3: ("Two", "2027-04-13T09:00")},
        refused=("B2",),
    ),
    "LibreOffice": Made(
        name="posts.xlsx",
        data=workbook(
            [["Texte", "Quand", "Réseau"], [WALK, stamp(SERIAL), "x", "", ""], ["Caché", stamp(SERIAL), "x"]],
            hidden=[3],
            more={"Notes": [["Just words"]]},
        ),
        posts={2: (WALK, NINE)},
        note="Hidden rows are left out: 3",
    ),
    "Google Sheets": Made(
        name="posts.xlsx",
        data=workbook(
            [["Caption", "Publish date"], [f"{FAMILY}\nline two", stamp(SERIAL)], *([["", ""]] * 900)],
            more={"Archive": [["Caption", "Publish date"], ["Old", stamp(SERIAL)]]},
        ),
        posts={2: (f"{FAMILY}\nline two", NINE)},
        note="Only the sheet “Posts” is read, not “Archive”",
    ),
    "A merged day": Made(
        name="posts.xlsx",
        data=workbook(
            [["Day", "Time", "Text"], [Cell(number=46357, style=DAY), "09:00", "One"], ["", "17:30", "Two"]],
            merged=["A2:A3"],
        ),
        posts={2: ("One", NINE), 3: ("Two", "2026-12-01T17:30")},
    ),
}
OTHERS = {
    "LibreOffice, CSV": Made(
        name="posts.csv",
        data=csv('"Texto","Fecha","Hora"', f'"{WALK}","2026-12-01","09:00:00"', end="\n"),
        posts={2: (WALK, NINE)},
    ),
    "Google Sheets, CSV": Made(
        name="posts.csv",
        data=csv("Post,Schedule", f'"{FAMILY}\nsays ""hi""",12/1/2026 9:00:00', "Two,12/31/2026 21:00:00", end="\n"),
        posts={2: (f'{FAMILY}\nsays "hi"', NINE), 3: ("Two", "2026-12-31T21:00")},
        note="month first",
    ),
    "Numbers, CSV": Made(
        name="posts.csv",
        data=csv("Text;When", f"{WALK};Dec 1, 2026 at 9:00\u202fAM", "Zwei;1. Dez. 2026, 21:00", end="\n"),
        posts={2: (WALK, NINE), 3: ("Zwei", "2026-12-01T21:00")},
    ),
    "Buffer": Made(
        name="buffer.csv",
        data=csv("Text,Image URL,Tags,Posting Time", f"{WALK},,tips,2026-12-01 09:00", "Two,,,"),
        posts={2: (WALK, NINE), 3: ("Two", "")},
    ),
    "Hootsuite": Made(
        name="hootsuite.csv",
        data=csv('12/01/2026 09:00,"One, two",https://example.com/a', "12/31/2026 10:00,Three,"),
        posts={1: ("One, two", NINE), 2: ("Three", "2026-12-31T10:00")},
        note="Hootsuite",
    ),
    "SocialBee": Made(
        name="socialbee.csv",
        data=csv(
            "text,link,imageUrls,gifUrls,videoUrls,postAtSpecificTime",
            f"{FAMILY},https://example.com,,,,2026-12-01 09:00:00",
            "A film,,,,https://example.com/a.mp4,2026-12-01 10:00:00",
        ),
        posts={2: (FAMILY, NINE)},
        refused=("E3",),
    ),
    "Publer": Made(
        name="publer.csv",
        data=csv(
            "Date - Intl. format or prompt,Text,Link(s),Media URL(s),Title,Label(s),Alt text(s),Comment(s)",
            f"2026-12-01 09:00,{WALK},,,,tips,,First!",
            "next Friday at 2 PM,Two,,,,,,",
        ),
        posts={2: (WALK, NINE)},
        refused=("A3",),
        note="“Comment(s)”",
    ),
    "Sprout Social": Made(
        name="sprout.csv",
        data=csv("date,time_24hr,message_text", f"01/12/2026,09:00,{WALK}", "13/12/2026,09:00,Two"),
        posts={2: (WALK, NINE), 3: ("Two", "2026-12-13T09:00")},
        note="day first",
    ),
}


@pytest.mark.parametrize(
    "made", [*EXCEL.values(), *WORKBOOKS.values(), *OTHERS.values()], ids=[*EXCEL, *WORKBOOKS, *OTHERS]
)
def test_every_cell_is_read_as_it_was_meant_or_refused(made: Made) -> None:
    check(made)


def check(made: Made) -> None:
    """Its posts, its refused cells and its note."""
    file = read(made.name, made.data)
    assert {row.asks.row: (row.text, row.asks.when) for row in file.rows} == {
        number: (text, When(wall_time=wall_time)) for number, (text, wall_time) in made.posts.items()
    }
    assert tuple(f"{one.cell.column}{one.cell.row}" for one in file.complaints) == made.refused
    assert all(one.message and one.hint for one in file.complaints)
    assert made.note in " ".join(file.notes)


def test_there_are_twenty_of_them_and_more() -> None:
    assert len(EXCEL) + len(WORKBOOKS) + len(OTHERS) >= 20
