"""Packs of claim rules as a business meets them: chosen, shown with their reasons, its own added, asked again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.acceptance.walk import Workspace

ARTICLE = """Short walks

Short walks keep a stiff back from getting stiffer over a long day at work.

We cure every stiff back in three visits, as nobody else in this town can do.

A cup of tea at the window is a break that nobody has to pay for.
"""
OWN = """
[[rule]]
id = "tea"
severity = "confirm"
phrases = ["tea"]
message = "“{found}” is a drink we sell."
hint = "Say yes if the tea room is open."
reason = "The tea room closes in winter."
source = "house rule 7"
"""


def brand(workspace: Workspace, text: str) -> None:
    (workspace.root / "assets" / "brand" / "brand.toml").write_text(text, "utf-8")


def own_pack(workspace: Workspace, text: str = OWN) -> Path:
    path = workspace.root / "assets" / "rules" / "our-own.toml"
    path.write_text(text, "utf-8")
    return path


def post_with(posts: list[dict[str, Any]], words: str) -> dict[str, Any]:
    return next(post for post in posts if words in post["text"])


def test_a_new_workspace_has_chosen_health_and_general_and_the_doctor_says_so(workspace: Workspace) -> None:
    (found,) = [each for each in workspace.json("doctor") if each["what"] == "claim rules"]
    assert (found["verdict"], found["words"]) == ("good", "health (13), general (9)")
    packs = {path.stem for path in (workspace.root / "assets" / "rules").iterdir()}
    assert packs == {"health", "general", "finance", "law"}


def test_the_doctor_has_a_look_at_a_brand_without_claim_rules(workspace: Workspace) -> None:
    brand(workspace, "claims = []\n")
    (found,) = [each for each in workspace.json("doctor") if each["what"] == "claim rules"]
    assert found["verdict"] == "look"


def test_cut_shows_each_findings_words_reason_and_source(workspace: Workspace) -> None:
    workspace.drop("walks.txt", ARTICLE)
    document = workspace.json("cut", str(workspace.root / "posts/articles/walks.txt"))
    post = post_with(document["posts"], "We cure")
    (finding,) = [each for each in post["findings"] if each["rule"] == "outcome-promised"]
    assert set(finding) == {"check", "severity", "rule", "span", "message", "hint"}
    assert post["text"][slice(*finding["span"])] == "cure"
    assert "Business and Professions Code" in document["rules"]["outcome-promised"]["source"]
    assert document["rules"]["outcome-promised"]["reason"] in workspace.run("cut", "posts/articles/walks.txt").stdout


def test_a_pack_of_ones_own_asks_again_of_what_was_approved_and_a_yes_settles_it(workspace: Workspace) -> None:
    workspace.drop("walks.txt", ARTICLE)
    workspace.run("queue")
    assert workspace.run("approve", "--all").exit_code == 0
    tea = post_with(workspace.json("list"), "tea")
    assert tea["may_go_out"]
    own_pack(workspace)
    brand(workspace, 'claims = ["general", "our-own"]\n')
    done = workspace.run("queue")
    assert (
        f"Post {tea['id']}: checked it by the claim rules as they are now: found tea; the yes is void." in done.stderr
    )
    posts = workspace.json("list")
    assert [post["may_go_out"] for post in posts if post["id"] == tea["id"]] == [False]
    assert post_with(posts, "Short walks keep")["may_go_out"]
    assert workspace.run("approve", str(tea["id"])).exit_code == 1
    assert workspace.run("approve", str(tea["id"]), "--confirm").exit_code == 0
    assert post_with(workspace.json("list"), "tea")["may_go_out"]


def test_the_worker_asks_again_before_it_delivers(workspace: Workspace) -> None:
    workspace.drop("walks.txt", ARTICLE)
    workspace.run("queue")
    workspace.run("approve", "--all")
    own_pack(workspace, OWN.replace("confirm", "block"))
    brand(workspace, 'claims = ["our-own"]\n')
    workspace.drain_until(1)
    assert [post["text"] for post in workspace.sent() if "tea" in post["text"]] == []
    (told,) = [each for each in workspace.json("list") if "tea" in each["text"]]
    assert (told["blocked"], told["deliveries"][0]["state"]) == (True, "held")


def test_a_broken_pack_stops_the_intake_with_file_line_and_way_out(workspace: Workspace) -> None:
    workspace.drop("walks.txt", ARTICLE)
    path = own_pack(workspace, OWN.replace('"confirm"', '"maybe"'))
    brand(workspace, 'claims = ["our-own"]\n')
    for command in (("queue",), ("plan",), ("cut", str(path.parent / "walks.txt")), ("worker", "--once")):
        done = workspace.run(*command)
        assert done.exit_code in (1, 3)
    assert "our-own.toml, line 2, tea" in done.stderr
    assert "none of block, confirm, note" in done.stderr
    assert workspace.json("list") == []


def test_an_article_in_another_language_is_not_passed_in_silence(workspace: Workspace) -> None:
    workspace.drop(
        "paseos.md", "---\nlang: es\n---\n\n# Paseos\n\nUn paseo corto cada día ayuda a una espalda rígida.\n"
    )
    workspace.run("queue")
    (post,) = [each for each in workspace.json("list") if "paseo corto" in each["text"]]
    (finding,) = post["findings"]
    assert finding["message"] == "No claim rules for Spanish are here: read it with care."
    assert workspace.run("approve", str(post["id"])).exit_code == 1
