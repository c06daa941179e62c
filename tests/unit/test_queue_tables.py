"""Tables of posts: headers in anybody's words, cells that are no words, and files that are out to harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from unicodedata import normalize

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from scheduler.domain.errors import FileUnusable
from scheduler.domain.readymade import QueueFile
from scheduler.readers.queuefiles.dates import Order
from scheduler.readers.queuefiles.encodings import decoded
from scheduler.readers.queuefiles.files import FORMATS, read
from scheduler.readers.queuefiles.headers import Field, field_of
from scheduler.readers.queuefiles.mojibake import _MAC, _WINDOWS, is_mangled, repaired
from tests.sheet import Cell, stamp, workbook

TABLE = "text,when\n{}\n"
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60)


def posts(text: str, name: str = "posts.csv", order: Order | None = None) -> QueueFile:
    return read(name, text.encode(), order=order)


def refused(name: str, data: bytes) -> FileUnusable:
    with pytest.raises(FileUnusable) as caught:
        read(name, data)
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("header", "field"),
    [
        *(("  TEXT* ", Field.TEXT), ("post_text", Field.TEXT), ("Légende", Field.TEXT), ("legende", Field.TEXT)),
        *(("postAtSpecificTime (UTC)", Field.WHEN), ("Fecha y hora", Field.WHEN), ("Media URL(s)", Field.PICTURE)),
        *(("Alt text(s)", Field.ALT_TEXT), ("Gültig bis", Field.EXPIRES), ("#", None), ("Impressions", None)),
    ],
)
def test_headers_are_known_however_they_are_written(header: str, field: Field | None) -> None:
    assert field_of(header) is field


def test_a_column_nobody_knows_is_named_and_an_empty_one_is_not() -> None:
    file = posts("text,likes,empty\nOne,12,\n")
    assert file.notes == ("Left out, as nobody knows what it is: “likes”.",)


def test_a_date_column_that_tells_its_order_in_the_header_is_read_so() -> None:
    file = posts("text,Date (mm/dd/yyyy)\nOne,03/04/2027 9:00\n")
    assert file.rows[0].asks.when.wall_time == "2027-03-04T09:00"


def test_the_settings_tell_the_order_where_nothing_else_does() -> None:
    file = posts(TABLE.format("One,03/04/2027 9:00"), order=Order.DAY_FIRST)
    assert file.rows[0].asks.when.wall_time == "2027-04-03T09:00"


def test_a_settings_order_that_a_cell_contradicts_decides_nothing() -> None:
    file = posts(TABLE.format("One,03/04/2027 9:00\nTwo,04/13/2027 9:00"), order=Order.DAY_FIRST)
    assert [one.cell.row for one in file.complaints] == [2]
    assert file.rows[0].asks.when.wall_time == "2027-04-13T09:00"


@pytest.mark.parametrize(
    ("row", "cell", "says"),
    [
        ("One,2026-12-01", "B2", "has no time"),
        ("One,09:00", "B2", "A time without its day."),
        (",2026-12-01 9:00", "A2", "This row has no words."),
        ("Lost \ufffd,next", "A2", "were lost"),
        ("a\u202eb,next", "A2", "U+202E"),
        (f"{'x' * 4001},next", "A2", "4001 characters"),
    ],
)
def test_a_cell_that_says_too_little_or_too_much_is_named(row: str, cell: str, says: str) -> None:
    (complaint,) = posts(TABLE.format(row)).complaints
    assert f"{complaint.cell.column}{complaint.cell.row}" == cell
    assert says in complaint.message


@pytest.mark.parametrize(
    ("header", "value", "says"),
    [
        ("link", "www.example.com", "not a whole address"),
        ("hashtags", "#1 #2", "can't be hashtags"),
        ("hashtags", " ".join(f"#a{number}" for number in range(11)), "11 hashtags"),
        ("picture", "https://a.example/1.png https://a.example/2.png", "one picture"),
        ("template", "../../etc", "no card template"),
        ("video", "https://a.example/film.mp4", "Videos"),
    ],
)
def test_what_can_not_be_asked_for_is_named(header: str, value: str, says: str) -> None:
    (complaint,) = posts(f"text,{header}\nOne,{value}\n").complaints
    assert (complaint.cell.header, complaint.cell.value[:5]) == (header, value[:5])
    assert says in complaint.message


def test_hashtags_stay_as_they_are_written_and_words_become_some() -> None:
    file = posts("text;hashtags\nOne;#neckPain #sleep\nTwo;neck pain, sleep\n")
    assert [row.asks.hashtags for row in file.rows] == [("#neckPain", "#sleep"), ("#NeckPain", "#Sleep")]


def test_a_quotation_mark_that_is_never_closed_costs_its_own_row() -> None:
    file = posts('text,when\n"One,2026-12-01 09:00\nTwo,2026-12-02 09:00\n"say "hi" now",next\n')
    assert [row.text for row in file.rows] == ["Two"]
    assert [one.cell.row for one in file.complaints] == [2, 4]


def test_rows_that_are_only_filled_in_advance_are_left_out_and_named() -> None:
    file = posts("text,channels,category\nOne,x,tips\n,x,tips\n,x,tips\n")
    assert len(file.rows) == 1
    assert file.notes == ("Rows without words are left out: 3, 4.",)


def test_toml_says_a_local_time_and_one_with_an_offset() -> None:
    text = (
        '[[post]]\ntext = "One"\nwhen = 2026-12-01T09:00:00\n[[post]]\ntext = "Two"\nwhen = 2026-12-01T09:00:00+05:30\n'
    )
    whens = [row.asks.when for row in posts(text, "posts.toml").rows]
    assert [(when.wall_time, when.offset) for when in whens] == [("2026-12-01T09:00", None), ("2026-12-01T09:00", 330)]


@given(
    text=WORDS.filter(lambda words: any(one.isalnum() for one in words)),
    encoding=st.sampled_from(["utf-8-sig", "utf-16"]),
)
def test_no_sign_is_changed_on_its_way_through_a_table(text: str, encoding: str) -> None:
    assume(repaired(text) == text and not is_mangled(text))
    quoted = '"' + text.replace('"', '""') + '"'
    file = read("posts.csv", f"text,when\r\n{quoted},next\r\n".encode(encoding))
    seen = "".join(one for one in text if one not in "\ufeff\u00ad")
    assert [row.text for row in file.rows] == [normalize("NFC", seen).strip()] or file.complaints


@given(WORDS.filter(lambda words: not words.isascii()))
@example("\U0002b260\xa0")  # on a Mac it has signs in it that look like Windows' own
def test_what_was_read_in_a_wrong_encoding_is_put_right_or_left_whole(text: str) -> None:
    for table in (_WINDOWS, _MAC):
        mangled = "".join(table.get(byte, chr(byte)) for byte in text.encode())
        assert repaired(mangled) in (text, mangled)


@pytest.mark.parametrize(
    "text", ["«Spaß»", "„Ärger“", "É”", "Ça va – où ?", "¿Qué? ¡Sí!", "naïve—“yes”", "日本語", "20 °C ± 1"]
)
def test_words_that_are_right_stay_as_they_are(text: str) -> None:
    assert (repaired(text), is_mangled(text)) == (text, False)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize(
    "text",
    [
        "Größe für Ärzte – „schön“",
        "It’s a “good” day, don’t wait",
        "¿Día de campaña? ¡Sí! El niño",
        "L’été à l’école, où ça?",
    ],
)
def test_an_encoding_of_one_byte_is_told_by_its_words(text: str, encoding: str) -> None:
    assert decoded("posts.csv", f"text\r\n{text}\r\n".encode(encoding))[0].split("\r\n")[1] == text


def test_an_encoding_that_nothing_tells_is_refused_with_its_line() -> None:
    error = refused("posts.csv", b"text,when\nab \xa1\xa2\xa3,next\n")
    assert (error.line, "nothing tells for certain" in error.message) == (2, True)


def bomb() -> bytes:
    row = b'<row r="1">' + b"<c/>" * 100_000 + b"</row>"
    return workbook([["text"]], parts={"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>" + row * 100})


def doctype() -> bytes:
    return workbook([["text"]], parts={"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'})


def far_out() -> bytes:
    cells = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sheet = (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData>'
    )
    return workbook([["text"]], parts={"xl/worksheets/sheet1.xml": f"{sheet}</worksheet>".encode()})


def not_a_workbook() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return file.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "make", [bomb, doctype, far_out, not_a_workbook, lambda: b"PK\x03\x04", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_a_workbook_that_is_out_to_harm_or_broken_is_refused(make: Callable[[], bytes]) -> None:
    assert refused("posts.xlsx", make()).message


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("posts.csv", b""),
        ("posts.csv", b"\x00\x01\x02\x03" * 100),
        ("posts.csv", b"\xff\xfea"),
        ("posts.csv", b"a,b\n1,2\n"),
        ("posts.csv", b"when,link\n2026-12-01 09:00,https://a.example\n"),
        ("posts.csv", ("text," + "x," * 101 + "\n").encode()),
        ("posts.csv", b"text\n" + b"One\n" * 10_002),
        ("posts.toml", b"text = 'no post'"),
        ("posts.toml", b"[[post]\n"),
        ("posts.toml", b"a=" + b"[" * 5_000),
        ("posts.ods", b"PK"),
    ],
)
def test_a_file_that_holds_no_posts_is_refused_as_a_whole(name: str, data: bytes) -> None:
    assert refused(name, data).path == name


@pytest.mark.parametrize("suffix", FORMATS)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_posts_complaints_or_a_refusal(suffix: str, data: bytes) -> None:
    with suppress(FileUnusable):
        file = read(f"posts{suffix}", data)
        assert file.rows or file.complaints or file.notes


def test_a_merged_and_an_empty_cell_of_a_workbook_say_what_is_seen() -> None:
    rows: list[list[str | Cell]] = [
        ["text", "when", "channels"],
        ["One", stamp(46357.375), "x"],
        ["Two", "next slot", ""],
    ]
    file = read("posts.xlsx", workbook(rows, merged=["C2:C3"]))
    assert [row.asks.channels for row in file.rows] == [("x",), ("x",)]
