"""Bytes of a page into a tree of what a person would see: the encoding found, scripts, forms and hidden parts gone."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from scheduler.domain.errors import FileUnusable
from scheduler.readers.names import names_of

MOST_ELEMENTS = 60_000
ZEROS = 0.01
"""A page with a larger share of zero bytes is none; a few stray ones are left out."""
REPLACED = "\ufffd"
BROKEN = 0.02
"""A page in UTF-8 may have as many broken letters, as where it was cut off; in another encoding nearly all are."""
LONGEST_ATTRIBUTE = 5_000
LOOKED_AT = 2_048
"""Bytes at the start of a page in which it may name its encoding, as the HTML standard has it."""
FORM_CHARACTERS = 600
"""A form with more text than this is one that some systems put around the whole page."""

HIDDEN_BULK = 0.35
INVITATION_CHARACTERS = 250

NO_ARTICLE = "This page holds no article text."
NO_ARTICLE_HINT = "Save it after it has loaded in the browser, or copy its text into a file."

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,500}\?>")
_DATA_ADDRESS = re.compile(rb"data:[\w/+.;=-]{3,100},[^\s\"'<>)]*")

_SILENT_TAGS = """script style noscript template iframe frame frameset object embed applet param svg canvas audio video
track map area dialog title link meta base math rt rp"""
_SILENT = frozenset(_SILENT_TAGS.split())
_CONTROLS = ("button", "input", "select", "textarea", "option", "optgroup", "datalist", "meter", "progress")
_GONE = "gone"
_CONTROL_CHARACTERS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_KEPT_WITH = ("h1", "main", "article", "section", "table", "p")
_GONE_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_HIDDEN = frozenset(
    {"screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden", "hidden", "d-none", "is-hidden", "u-hidden"}
    | {"assistive-text", "screen-reader", "screenreader", "element-invisible", "hide", "print-only", "a11y-hidden"}
)
_SHOWN_ELSEWHERE = re.compile(r"(?:sm|md|lg|xl|2xl)-(?:block|flex|grid|inline|inline-block|table)")


def parse(name: str, data: bytes) -> HtmlElement:
    """The page's tree, untouched. Raises FileUnusable when there is none, or more of it than any article has."""
    text = _decoded(name, _DATA_ADDRESS.sub(b"data:,", data))
    text = _CONTROL_CHARACTERS.sub("", _DECLARATION.sub("", text))
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise FileUnusable(NO_ARTICLE, hint=NO_ARTICLE_HINT, path=name) from None
    check_elements(name, tree, most=MOST_ELEMENTS)
    for element in tree.iter():
        for key, value in element.attrib.items():
            if len(value) > LONGEST_ATTRIBUTE:
                del element.attrib[key]
    return tree


def check_elements(name: str, tree: HtmlElement, *, most: int) -> None:
    """Raises FileUnusable when a page has more elements than any article."""
    if sum(1 for _ in tree.iter()) > most:
        raise FileUnusable("This page has more parts than an article.", hint=NO_ARTICLE_HINT, path=name)


def drop_unseen(tree: HtmlElement) -> None:
    """Takes out what nobody sees as text: scripts, embedded things, hidden parts, small forms, controls."""
    drop(tree, [each for each in tree.iter() if each.tag in _SILENT or _is_hidden(each)])
    most = HIDDEN_BULK * len(tree.text_content())
    drop(tree, [each for each in tree.iter() if _is_called_hidden(each) and len(each.text_content()) <= most])
    drop(tree, [form for each in tree.iter("form", "input") if (form := _form(each)) is not None])
    drop(tree, tree.iter(*_CONTROLS))


def drop(tree: HtmlElement, elements: Iterable[HtmlElement]) -> None:
    """Takes elements out of a tree, and leaves the words behind them."""
    for element in list(elements):
        if element is not tree:
            element.tag = _GONE
    etree.strip_elements(tree, _GONE, with_tail=False)


def _form(form: HtmlElement) -> HtmlElement | None:
    """With the few words around it that ask to fill it in; a field outside of a form is one of itself.

    Only the words over a comment form stay: they tell where the article has ended.
    """
    if form.get("type") in ("hidden", "checkbox", "radio"):
        return None
    if len(form.text_content()) >= FORM_CHARACTERS or next(form.iter(*_KEPT_WITH), None) is not None:
        return None
    talks = next(form.iter("textarea"), None) is not None
    for above in () if talks else form.iterancestors():
        if above.tag in ("body", *_KEPT_WITH) or len(above.text_content()) > INVITATION_CHARACTERS:
            break
        form = above
    return form


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in ("html", "body"):
        return False
    if "hidden" in element.attrib or element.get("aria-hidden", "").strip().lower() == "true":
        return True
    return _GONE_STYLE.search(element.get("style") or "") is not None


def _is_called_hidden(element: HtmlElement) -> bool:
    """By its class, which scripts may take away: so never the bulk of a page."""
    names = names_of(element)
    return (
        element.tag not in ("html", "body")
        and not _HIDDEN.isdisjoint(names)
        and not any(_SHOWN_ELSEWHERE.fullmatch(name) for name in names)
    )


def _decoded(name: str, data: bytes) -> str:
    """By its own mark; as UTF-8 where it can be, as chance never makes it; as the page says; as Windows did."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if data[:2] in (b"<\0", b"\0<"):
        return data.decode("utf-16-le" if data[:1] == b"<" else "utf-16-be", "replace")
    if data.count(b"\0") > ZEROS * len(data):
        raise FileUnusable("This file isn't a page but a program's own format.", path=name)
    data = data.replace(b"\0", b"")
    found = _CHARSET.search(data[:LOOKED_AT]) or _XML_ENCODING.search(data[:LOOKED_AT])
    if not (found and data.isascii()):
        text = data.decode("utf-8", "replace")
        if text.count(REPLACED) <= BROKEN * (len(text) - len(text.encode("ascii", "ignore"))):
            return text
    try:
        return data.decode(_as_browsers_do(found.group(1).decode("ascii") if found else "cp1252"))
    except (UnicodeError, LookupError, ValueError):
        return data.decode("cp1252", "replace")


def _as_browsers_do(encoding: str) -> str:
    """Latin-1 is read as its superset, since pages that say the one mean the other; what is no text is no encoding."""
    found = codecs.lookup(encoding)
    if not found._is_text_encoding:
        raise LookupError(encoding)
    return "cp1252" if found.name in ("iso8859-1", "ascii") else found.name
