"""Throws mutated files at every reader, and at the cutter behind it: `python fuzz/readers.py SECONDS [TARGET…]`.

Each target runs in a process of its own under atheris and shares the time. What must hold for any bytes: a refusal with
a sentence, or an article that keeps `scheduler.testing.articles`, with excerpts that prove; never another exception,
never more than LONGEST seconds an input. Exit code 1 when something was found; the input is kept for a test.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "tests" / "data" / "pages"
ARTICLES = ROOT / "tests" / "data" / "articles"
FINDINGS = ROOT / "fuzz" / "findings"
LONGEST = 20
MOST_BYTES = 20_000
MEMORY_MIB = 1_024

Target = Callable[[bytes], object]
TOKENS = {
    "html": (
        *(
            "<p>",
            "</p>",
            "<br>",
            "<li>",
            "<blockquote>",
            "<a href='/x'>",
            "<sup>1</sup>",
            "<b>",
            "<table><tr><td>",
            "<h1>",
        ),
        *(
            "<!--",
            "&#x",
            "<pre>",
            "<figure><img src=a>",
            "<figcaption>",
            "<cite>",
            "hidden",
            "class='pullquote'",
            "<form>",
        ),
    ),
    "markdown": (
        "---\n",
        "# ",
        "> ",
        "- ",
        "1. ",
        "**",
        "[a](b)",
        "![a](b)",
        "<b>",
        "| a |",
        "[^1]",
        "pullquote: ",
        "&#x",
    ),
    "plaintext": ("\n\n", "- ", "References\n", "call 213 555 0100", "https://a.example", "free consultation"),
    "document": (
        "<w:p>",
        "</w:p>",
        "<w:r><w:t>",
        "</w:t></w:r>",
        "<w:tbl>",
        "<w:ins>",
        "<w:del>",
        "<w:footnoteReference/>",
    ),
    "docx": ("PK\x01\x02", "PK\x03\x04", "PK\x05\x06", "word/document.xml"),
    "feed": ("<item>", "<title>", "<link>", "<entry>", "<![CDATA[", "<pubDate>", "<guid>", "<!DOCTYPE"),
    "url": ("https://", "http://", "@", ":80", "[::1]", "127.0.0.1", "%2e", "xn--", "//", "..", "0x7f.1"),
}


def main(arguments: list[str]) -> int:
    """Runs the targets one after the other and tells what each did."""
    if arguments[:1] == ["--one"]:
        return _fuzz(arguments[1], arguments[2:])
    names = arguments[1:] or list(TOKENS)
    seconds = max(1, int(arguments[0]) // len(names)) if arguments else 10
    with tempfile.TemporaryDirectory() as corpus:
        return int(sum(_run(name, seconds, Path(corpus)) for name in names) > 0)


def _run(name: str, seconds: int, corpus: Path) -> bool:
    """Whether something was found."""
    seeds, words = corpus / name, corpus / f"{name}.dict"
    seeds.mkdir()
    for index, seed in enumerate(_seeds(name)):
        (seeds / str(index)).write_bytes(seed[:MOST_BYTES])
    lines = (
        re.sub(rb"[^ -!#-\[\]-~]", lambda byte: b"\\x%02x" % byte.group()[0], token.encode()) for token in TOKENS[name]
    )
    words.write_bytes(b"".join(b'"%s"\n' % line for line in lines))
    options = (f"-max_total_time={seconds}", f"-max_len={MOST_BYTES}", f"-timeout={LONGEST}", f"-dict={words}")
    command = [sys.executable, __file__, "--one", name, *options, f"-rss_limit_mb={MEMORY_MIB}", "-print_final_stats=1"]
    FINDINGS.mkdir(exist_ok=True)
    command.append(f"-artifact_prefix={FINDINGS}/{name}-")
    done = subprocess.run([*command, str(seeds)], cwd=ROOT, capture_output=True, text=True, errors="replace")
    executions = re.findall(r"number_of_executed_units:\s+(\d+)", done.stderr)
    print(f"{name}: {executions[-1] if executions else '?'} executions in {seconds} s", flush=True)
    if done.returncode:
        print(f"exit code {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}", flush=True)
    return done.returncode != 0


def _seeds(name: str) -> Iterator[bytes]:
    sys.path.insert(0, str(ROOT))
    from tests.word import document, footnote_mark, link, paragraph, run, table

    words = "Rest is the one treatment that only you can give yourself. It may help with pain."
    body = (
        paragraph(run(words, bold=True), link("book"), footnote_mark(1)) + table(("a", "b")) + paragraph("x", level=1)
    )
    item = f"<item><title>A</title><link>https://a.example/b</link><description>{words}</description></item>"
    folders = {"html": PAGES.glob("*.html"), "markdown": ARTICLES.glob("*.md"), "plaintext": PAGES.glob("*.txt")}
    yield from (path.read_bytes() for path in sorted(folders.get(name, ())))
    yield from {
        "document": (body.encode(),),
        "docx": (document(body),),
        "feed": (f"<rss version='2.0'><channel><title>F</title>{item}</channel></rss>".encode(),),
        "url": (b"https://user@example.com:443/a?b#c", b"http://[::ffff:127.0.0.1]/", b"https://xn--bcher-kva.example"),
    }.get(name, (words.encode(),))


def _fuzz(name: str, options: list[str]) -> int:
    import atheris

    with atheris.instrument_imports(
        include=["scheduler.readers", "scheduler.cutting", "scheduler.fetching", "mammoth"]
    ):
        target = _target(name)
    atheris.Setup([sys.argv[0], *options], target)
    atheris.Fuzz()
    return 0


def _target(name: str) -> Target:
    sys.path.insert(0, str(ROOT))
    from scheduler.domain.errors import QuotidianError
    from scheduler.domain.page import Page
    from scheduler.fetching.target import target as target_of
    from scheduler.readers.docx import Docx
    from scheduler.readers.feed import read_feed
    from scheduler.readers.html import Html
    from scheduler.readers.markdown import Markdown
    from scheduler.readers.plaintext import PlainText
    from tests.word import document

    readers = {"html": Html(), "markdown": Markdown(), "plaintext": PlainText(), "docx": Docx()}

    def read(data: bytes) -> None:
        try:
            if name == "feed":
                read_feed(Page(url="https://a.example/feed", media_type="text/xml", charset="", body=data))
            elif name == "url":
                target_of(data.decode("utf-8", "replace"))
            elif name == "document":
                _check(readers["docx"].read("a.docx", document(data.decode("utf-8", "replace"))))
            else:
                _check(readers[name].read("a.md", data))
        except QuotidianError as error:
            assert error.message.endswith("."), f"no sentence: {error.message}"
            assert error.hint, "no hint"

    return read


def _check(article: object) -> None:
    from scheduler.cutting import cut
    from scheduler.cutting.proof import holds
    from scheduler.domain.article import Article
    from scheduler.testing.articles import check_article

    assert isinstance(article, Article)
    check_article(article)
    assert all(holds(excerpt, article.text, article.title) for excerpt in cut(article).excerpts), (
        "an excerpt fails its proof"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
