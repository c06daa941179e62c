"""Articles come in as files and addresses, are shown with what posts took, and what is wrong is told with its place."""

from __future__ import annotations

import httpx
import pytest

from scheduler.bootstrap import App
from tests.web.visitor import Visitor

GOOD = b"""# A short walk after dinner

Ten minutes of walking after dinner help most people to sleep. A slow pace is enough, and you may talk on the way.

Keep your phone at home, because its light tells your brain that the day goes on. Whoever walks with a neighbour goes
more often, and on rainy days too.
"""


def _send(ann: Visitor, name: str, data: bytes) -> httpx.Response:
    return ann.post("/articles/add/file", files={"file": (name, data, "text/markdown")})


def test_a_file_that_was_sent_is_read_cut_painted_and_planned(empty: App) -> None:
    ann = Visitor(empty)
    answer = _send(ann, "walk.md", GOOD)
    assert answer.status_code == 303
    page = ann.get(answer.headers["location"]).text
    assert "A short walk after dinner" in page
    assert "posts were cut from it" in page
    assert (empty.folders.articles / "walk.md").read_bytes() == GOOD
    posts = empty.store.posts.all()
    assert all(post.card for post in posts)
    assert empty.store.review_screen.count(most=100) == len(posts) > 0


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("walk.exe", GOOD, "No reader takes"),
        ("walk.md", b"", "The file is empty."),
        ("walk.md", b"\xff\xfe\x00\x01\x80", "walk.md"),
        ("walk.md", b"Hi.", "No sentence of this article can stand alone"),
        ("", GOOD, "No file was chosen."),
    ],
)
def test_a_file_that_is_no_article_is_refused_at_its_field_and_not_kept(
    empty: App, name: str, data: bytes, words: str
) -> None:
    answer = _send(Visitor(empty), name, data)
    assert answer.status_code == 409
    assert words in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert list(empty.folders.articles.iterdir()) == []


def test_an_article_that_is_known_under_another_name_is_told_and_not_kept(clinic: App, ann: Visitor) -> None:
    known = next(row for row in clinic.store.articles_screen.page(most=50) if row.source.endswith("visit.md"))
    answer = _send(ann, "twin.md", (clinic.folders.root / known.source).read_bytes())
    assert "Known already." in answer.text
    assert not (clinic.folders.articles / "twin.md").exists()


def test_no_file_of_the_folder_is_written_over(clinic: App, ann: Visitor) -> None:
    before = {path.name: path.read_bytes() for path in clinic.folders.articles.iterdir()}
    name = next(name for name in sorted(before) if name.endswith(".md") and "<" not in name)
    assert "There is a file of this name already." in _send(ann, name, GOOD).text
    assert {path.name: path.read_bytes() for path in clinic.folders.articles.iterdir()} == before


def test_a_name_leads_nowhere_but_into_the_folder(empty: App) -> None:
    assert _send(Visitor(empty), "..\\../../.evil.md", GOOD).status_code == 303
    assert [path.name for path in empty.folders.root.rglob("*evil.md")] == ["evil.md"]
    assert (empty.folders.articles / "evil.md").exists()


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "file:///etc/passwd", "http://169.254.169.254/x", "walk", ""])
def test_an_address_that_is_not_public_is_refused_at_its_field(empty: App, address: str) -> None:
    answer = Visitor(empty).post("/articles/add/address", address=address)
    assert answer.status_code == 409
    assert 'id="address-error"' in answer.text
    assert empty.store.posts.all() == []


def test_only_what_lies_under_posts_is_read_again(empty: App) -> None:
    (empty.folders.root / "secret.md").write_bytes(GOOD)
    answer = Visitor(empty).post("/articles/read", name="secret.md")
    assert answer.status_code == 409
    assert "There is no such file under posts/." in answer.text


def test_the_list_names_what_could_not_be_read_and_says_why_with_its_place(empty: App) -> None:
    (empty.folders.articles / "broken.docx").write_bytes(b"PK\x03\x04 no document")
    ann = Visitor(empty)
    assert "posts/articles/broken.docx" in ann.get("/articles").text
    answer = ann.post("/articles/read", name="posts/articles/broken.docx")
    assert answer.status_code == 409
    assert "This can&#39;t be read" in answer.text
    assert "posts/articles/broken.docx" in answer.text


def test_an_article_shows_what_posts_took_and_what_was_left_and_why_not(clinic: App, ann: Visitor) -> None:
    rows = clinic.store.articles_screen.page(most=50)
    row = next(row for row in rows if row.source.endswith(".md") and "hostile" not in row.source and row.posts > 1)
    page = ann.get(f"/articles/{row.id}").text
    post = clinic.store.posts.of(row.id)[0]
    assert f'<mark id="post-{post.id}"' in page
    assert f'href="/review/{post.id}"' in page
    reasons = ann.get(f"/articles/{row.id}?why=1").text
    assert "It is the title" in reasons


def test_a_file_that_changed_or_went_is_marked(clinic: App, ann: Visitor) -> None:
    row = next(row for row in clinic.store.articles_screen.page(most=50) if row.source.endswith(".md") and row.digest)
    path = clinic.folders.root / row.source
    path.write_text(path.read_text("utf-8") + "\n\nOne more sentence stands here now.\n", "utf-8")
    assert "Changed since it was read" in ann.get("/articles").text
    path.unlink()
    assert "The file is gone" in ann.get(f"/articles/{row.id}").text


def test_articles_are_found_by_words_of_their_title_and_paged(clinic: App, ann: Visitor) -> None:
    rows = clinic.store.articles_screen.page(most=50)
    assert [row.id for row in clinic.store.articles_screen.page(before=rows[0].id, most=50)] == [r.id for r in rows[1:]]
    assert "No article matches." in ann.get("/articles?text=%25zebra_").text
    assert len(clinic.store.articles_screen.page(words=rows[0].title.upper(), most=50)) >= 1


@pytest.mark.parametrize("name", ["0", "99999", "abc", "9" * 30])
def test_an_article_that_is_not_there_is_told_as_such(ann: Visitor, name: str) -> None:
    assert ann.get(f"/articles/{name}").status_code == 404
