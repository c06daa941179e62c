"""Word documents for tests, written part by part in the shapes that Word and Google Docs give them."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
STYLES = {
    "Title": "Title",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Quote": "Quote",
    "IntenseQuote": "Intense Quote",
    "ListParagraph": "List Paragraph",
    "Caption": "caption",
}


def run(text: str, *, bold: bool = False) -> str:
    properties = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", level: int | None = None) -> str:
    """`level` makes it an item of a list; runs without markup are plain words."""
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>' if level is not None else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p><w:pPr>{styled}{listed}</w:pPr>{inner}</w:p>"


def link(text: str) -> str:
    """To the address of relationship `rId9`."""
    return f'<w:hyperlink r:id="rId9">{run(text)}</w:hyperlink>'


def footnote_mark(number: int) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def document(*body: str, core: str = "", footnotes: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A .docx of these paragraphs; `core` are elements of the core properties, `more` further parts."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="text/xml"/></Types>',
        "_rels/.rels": _relations(("rId1", "officeDocument", "word/document.xml", "")),
        "word/_rels/document.xml.rels": _relations(
            ("rId1", "styles", "styles.xml", ""),
            ("rId2", "numbering", "numbering.xml", ""),
            ("rId3", "footnotes", "footnotes.xml", ""),
            ("rId9", "hyperlink", "https://example.com/book", ' TargetMode="External"'),
        ),
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{"".join(body)}</w:body></w:document>',
        "word/styles.xml": _styles(),
        "word/numbering.xml": _numbering(),
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}" xmlns:r="{R}">{footnotes}</w:footnotes>',
        "docProps/core.xml": _core(core),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}')
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return file.getvalue()


def _relations(*relations: tuple[str, str, str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"{mode}/>' for key, kind, target, mode in relations
    )
    return f'<Relationships xmlns="{RELS}">{inner}</Relationships>'


def _styles() -> str:
    inner = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in STYLES.items()
    )
    return f'<w:styles xmlns:w="{W}">{inner}</w:styles>'


def _numbering() -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>' for level in range(3)
    )
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _core(inner: str) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{inner}</cp:coreProperties>'
    )
