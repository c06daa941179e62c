"""The main job as a marketer does it: drop a file, look, say yes, let the worker publish, read the log."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from scheduler import bootstrap
from scheduler.domain.textlength import weighted
from scheduler.shipped import shipped
from scheduler.testing.clock import FakeClock
from tests.acceptance.walk import Workspace, make_workspace

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
OWN = sorted(path for path in ARTICLES.iterdir() if path.suffix in (".md", ".txt"))
SEED = Path(__file__).parents[3] / "shared" / "data" / "seed-article.txt"
SAMPLE = next(shipped("posts/articles").glob("*.md"))

BLOCKED = "Our deep tissue massage cures every kind of migraine for good, in a few sessions.\n"
NEVER = (
    *("All of these", "I know this", "One result", "This can result", "Most of these", "The ones", "Over time these"),
    *("Over time many of these", "Can Leg Pain", "If you suffer", "You can schedule", "Or you can"),
)
TO_CONFIRM = "Adjusting the upper neck will restore your balance within a few weeks of careful work.\n"


def publish_all(workspace: Workspace, clock: FakeClock | None = None) -> int:
    """Queue, approve with every confirmation, publish in a minute of the clock or, without one, in ours; how many."""
    workspace.run("queue")
    planned = [post for post in workspace.json("list") if post["deliveries"]]
    approved = workspace.json("approve", "--all", "--confirm", "--by", "Dr. Test")
    assert len(approved["done"]) == len(planned)
    if clock:
        clock.pass_by(minutes=1)
    workspace.drain_until(len(planned))
    return len(planned)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace whose one article went out, second by second."""
    workspace = make_workspace(tmp_path_factory.mktemp("published") / "clinic")
    workspace.drop("cough.md", SAMPLE.read_bytes())
    publish_all(workspace)
    return workspace


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """Time passes when we say so."""
    clock = FakeClock()
    monkeypatch.setattr(bootstrap, "SystemClock", lambda: clock)
    return clock


@pytest.mark.xdist_group("published")
def test_an_article_becomes_published_posts_each_with_its_own_link_card_and_alt_text(published: Workspace) -> None:
    workspace = published
    sent = workspace.sent()
    count = len([post for post in workspace.json("list") if post["deliveries"]])
    assert len(sent) == count >= 5
    assert len({post["link"] for post in sent}) == count
    for post in sent:
        directory = workspace.outbox / post["code"]
        assert parse_qs(urlsplit(post["link"]).query)["utm_content"] == [post["code"]]
        assert post["link"] in post["text"] == (directory / "text.txt").read_text("utf-8").rstrip("\n")
        assert weighted(post["text"]) <= 280
        assert (directory / "card.png").read_bytes().startswith(b"\x89PNG")
        assert (directory / "alt.txt").read_text("utf-8").rstrip("\n") == post["alt_text"]


@pytest.mark.xdist_group("published")
def test_the_log_and_the_outbox_tell_the_same(published: Workspace) -> None:
    log = published.json("log", "--status", "published")
    assert {entry["code"] for entry in log} == {post["code"] for post in published.sent()} != set()
    assert all(entry["remote_url"].startswith("file://") and entry["words"] for entry in log)


@pytest.mark.xdist_group("published")
def test_why_tells_who_approved_and_when_it_went_out(published: Workspace) -> None:
    story = published.run("why", published.sent()[0]["code"]).stdout
    assert "Published. It is out." in story
    assert "Dr. Test approved" in story
    assert "try 1: published" in story


def test_queueing_twice_changes_nothing(workspace: Workspace) -> None:
    workspace.drop("cough.md", SAMPLE.read_bytes())
    workspace.run("queue")
    before = workspace.json("list")
    assert workspace.json("queue")["planned"] == []
    assert [post["id"] for post in workspace.json("list")] == [post["id"] for post in before]


def test_plan_shows_what_queue_then_does_and_changes_nothing(workspace: Workspace) -> None:
    workspace.drop("cough.md", SAMPLE.read_bytes())
    shown = [(each["code"], each["text"]) for each in workspace.json("plan")["planned"]]
    assert workspace.json("list") == []
    assert [(each["code"], each["text"]) for each in workspace.json("queue")["planned"]] == shown


def test_nothing_goes_out_without_a_yes(workspace: Workspace) -> None:
    workspace.drop("cough.md", SAMPLE.read_bytes())
    workspace.run("queue")
    for _ in range(3):
        workspace.run("worker", "--once")
    assert workspace.sent() == []
    assert {post["status"] for post in workspace.json("list")} == {"draft"}


def test_a_blocked_post_is_never_scheduled_until_somebody_overrides_it_in_writing(workspace: Workspace) -> None:
    workspace.drop("massage.txt", f"Headaches\n\n{BLOCKED}")
    workspace.run("queue")
    blocked = next(post for post in workspace.json("list") if post["blocked"])
    assert blocked["deliveries"] == []
    refused = workspace.run("approve", str(blocked["id"]), "--confirm")
    assert refused.exit_code == 1
    assert "is blocked" in refused.stderr
    assert "--override" in refused.stderr
    workspace.run("approve", str(blocked["id"]), "--override", "the study of 2024 shows it", "--by", "Dr. Test")
    allowed = next(post for post in workspace.json("list") if post["id"] == blocked["id"])
    assert allowed["approval"]["override"] == "the study of 2024 shows it"
    assert len(allowed["deliveries"]) == 1


def test_a_post_to_confirm_waits_for_a_named_persons_yes(workspace: Workspace) -> None:
    workspace.drop("goal.txt", f"Balance\n\n{TO_CONFIRM}")
    workspace.run("queue")
    (post,) = workspace.json("list")
    assert "needs your yes" in workspace.run("approve", str(post["id"])).stderr
    assert workspace.run("approve", str(post["id"]), "--confirm", "--by", "Dr. Test").exit_code == 0
    (approved,) = workspace.json("list")
    assert approved["approval"]["by"] == "Dr. Test"
    assert approved["may_go_out"]


@pytest.mark.parametrize("article", OWN, ids=lambda path: path.stem)
def test_articles_of_our_own_go_out_whole_and_clean(workspace: Workspace, clock: FakeClock, article: Path) -> None:
    workspace.drop(article.name, article.read_bytes())
    assert publish_all(workspace, clock) >= 4
    for post in workspace.sent():
        words = post["text"].split("\n\n")[0]
        assert not re.search(r"\(\d|\[\d|https?:|clicking here|leave a comment", words, re.IGNORECASE)


@pytest.mark.skipif(not SEED.exists(), reason="needs the seed article of ../shared")
def test_the_seed_article_gives_the_clinic_posts_and_nothing_of_the_never_list(
    workspace: Workspace, clock: FakeClock
) -> None:
    workspace.drop("leg-pain.txt", SEED.read_bytes())
    assert publish_all(workspace, clock) >= 4
    for post in workspace.sent():
        assert not post["text"].startswith(NEVER)
        assert not re.search(r"free consultation|399-7772|324-6172|clicking here|ncbi|Leave a comment", post["text"])


def test_a_picture_that_was_deleted_is_painted_again_as_it_was_approved_and_goes_out(workspace: Workspace) -> None:
    workspace.drop("balance.txt", f"Balance\n\n{TO_CONFIRM}")
    workspace.run("queue")
    (post,) = workspace.json("list")
    picture = Path(post["card"]["path"])
    data = picture.read_bytes()
    workspace.run("approve", str(post["id"]), "--confirm")
    picture.unlink()
    workspace.drain_until(1)
    assert picture.read_bytes() == data


def test_an_override_takes_one_post_at_a_time(workspace: Workspace) -> None:
    assert workspace.run("approve", "1", "2", "--override", "because").exit_code == 2
    assert workspace.run("approve", "--all", "--override", "because").exit_code == 2


def test_who_held_released_and_cancelled_stands_in_the_story(workspace: Workspace) -> None:
    workspace.drop("balance.txt", f"Balance\n\n{TO_CONFIRM}")
    workspace.run("queue")
    for word in ("hold", "release", "cancel"):
        assert workspace.run(word, "1", "--by", "Ann Reed").exit_code == 0
    story = workspace.run("why", "1").stdout
    assert all(f"Ann Reed {deed} it" in story for deed in ("held", "released", "cancelled"))
