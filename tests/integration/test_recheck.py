"""Claim rules that changed: posts that are to come are asked again; no yes outlives a question it wasn't asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.domain.article import Article, Excerpt
from scheduler.domain.card import CardRequest
from scheduler.domain.delivery import State
from scheduler.domain.errors import NeedsConfirmation
from scheduler.domain.findings import CLAIMS, Finding, Severity
from scheduler.domain.post import Post, PostStatus
from scheduler.testing.network import MemoryNetwork
from scheduler.testing.samples import NINE
from scheduler.usecases import decide
from scheduler.usecases.ingest import Taste
from scheduler.usecases.intake import Intake
from scheduler.usecases.plan import Offices
from scheduler.usecases.recheck import BLOCKED, Rechecked, Rechecker
from tests.integration.desk import outlet, painted
from tests.integration.scene import Scene

Rules = dict[str, Severity]
"""Words to find, and how grave they are."""
CONFIRM, BLOCK = {"help": Severity.CONFIRM}, {"help": Severity.BLOCK}


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene.make(tmp_path, MemoryNetwork())
    yield made
    made.store.close()


def finding(word: str, start: int, severity: Severity, hint: str = "Think.") -> Finding:
    span = (start, start + len(word))
    return Finding(check=CLAIMS, severity=severity, rule=word, span=span, message="So?", hint=hint)


def rechecker(scene: Scene, rules: Rules, *, hint: str = "Think.", waits_for_all: bool = True) -> Rechecker:
    def check(excerpt: Excerpt, article: Article) -> tuple[Finding, ...]:
        found = ((word, excerpt.words.find(word), severity) for word, severity in rules.items())
        return tuple(finding(*one, hint) for one in found if one[1] >= 0)

    intake = Intake(
        library=scene.store.library,
        posts=scene.store.posts,
        deliveries=scene.store.deliveries,
        calendar=scene.store.calendar,
        revisions=scene.store.revisions,
        read_and_cut=lambda name: pytest.fail(f"nobody reads {name}"),
        check=check,
        painter=lambda requests: pytest.fail("nobody paints"),
        card_of=lambda post, _: CardRequest(quote=post.words, assets="", out=""),
        is_there=lambda path: True,
        is_gone=lambda source: False,
        outlets=[outlet("account")],
        offices=Offices(booking={"main": "https://book.example/visit"}, call="Book:"),
        taste=Taste(hashtags=(), posts_per_article=8, offices=("main",), channels=("account",)),
        waits_for_all=waits_for_all,
    )
    version = f"{sorted(rules.items())} {hint}"
    return Rechecker(intake=intake, edits=scene.store.edits, memory=scene.store.rechecks, version=version)


def recheck(scene: Scene, rules: Rules, **given: object) -> list[Rechecked]:
    return list(rechecker(scene, rules, **given).recheck(who="Bo", now=NINE))  # type: ignore[arg-type]


def put(scene: Scene, **changes: object) -> Post:
    """The one post as it might have been left."""
    post = scene.store.posts.get(1)
    after = replace(post, **changes)  # type: ignore[arg-type]
    if after.approval:
        after = replace(after, approval=replace(after.approval, content_hash=after.content_hash, confirmed=True))
    assert scene.store.edits.write(post, after, (), replace(scene.store.journal.audit()[0], what="put"))
    return scene.store.posts.get(1)


def told(scene: Scene) -> str:
    return scene.store.journal.audit("post 1")[-1].what


def test_a_new_question_voids_the_yes_and_the_post_does_not_go_out(scene: Scene) -> None:
    scene.plan()
    (again,) = recheck(scene, CONFIRM)
    post = scene.store.posts.get(1)
    assert (post.status, post.approval, post.findings[0].rule) == (PostStatus.DRAFT, None, "help")
    assert again.after == post
    scene.drain()
    assert scene.states() == {State.SCHEDULED: 1}
    assert told(scene) == "checked it by the claim rules as they are now: found help; the yes is void"


def test_a_new_block_holds_what_was_planned(scene: Scene) -> None:
    scene.plan()
    recheck(scene, BLOCK)
    assert scene.store.posts.get(1).blocked
    assert (scene.get().state, scene.get().words) == (State.HELD, BLOCKED)


def test_a_post_that_is_out_stays_as_it_is(scene: Scene) -> None:
    scene.plan()
    scene.drain()
    before = scene.store.posts.get(1)
    assert recheck(scene, BLOCK) == []
    assert scene.store.posts.get(1) == before


def test_a_finding_that_is_gone_goes_and_the_yes_stays(scene: Scene) -> None:
    scene.plan()
    put(scene, findings=(finding("help", 12, Severity.CONFIRM),))
    recheck(scene, {})
    post = scene.store.posts.get(1)
    assert (post.findings, post.may_go_out) == ((), True)
    assert told(scene) == "checked it by the claim rules as they are now: nothing new to ask"


def test_a_question_that_is_only_put_in_other_words_was_answered(scene: Scene) -> None:
    scene.plan()
    put(scene, findings=(finding("help", 12, Severity.CONFIRM),))
    recheck(scene, CONFIRM, hint="Think twice.")
    post = scene.store.posts.get(1)
    assert (post.findings[0].hint, post.may_go_out) == ("Think twice.", True)


def test_a_graver_finding_asks_anew_even_of_an_override(scene: Scene) -> None:
    scene.plan()
    post = scene.store.posts.get(1)
    assert post.approval
    put(scene, findings=(finding("help", 12, Severity.CONFIRM),), approval=replace(post.approval, override="so be it"))
    recheck(scene, BLOCK)
    assert scene.store.posts.get(1).approval is None


def test_asking_twice_changes_nothing(scene: Scene) -> None:
    scene.plan()
    assert len(recheck(scene, BLOCK)) == 1
    entries = len(scene.store.journal.audit())
    assert recheck(scene, BLOCK) == []
    assert len(scene.store.journal.audit()) == entries


def test_the_words_that_a_person_wrote_are_those_that_are_asked_about(scene: Scene) -> None:
    scene.plan()
    put(scene, edited="Walk a little every day.")
    assert recheck(scene, BLOCK) == []
    assert [again.asks[0].rule for again in recheck(scene, {"Walk": Severity.BLOCK})] == ["Walk"]


def test_a_held_post_stays_held(scene: Scene) -> None:
    scene.plan()
    put(scene, status=PostStatus.HELD)
    recheck(scene, CONFIRM)
    assert (scene.store.posts.get(1).status, scene.store.posts.get(1).approval) == (PostStatus.HELD, None)


def test_a_yes_to_the_new_question_lets_it_go_out(scene: Scene) -> None:
    scene.plan()
    recheck(scene, CONFIRM)
    posts = scene.store.posts
    with pytest.raises(NeedsConfirmation):
        decide.approve(with_card(scene), posts=posts, by="Bo", confirm=False, override="", now=NINE)
    decide.approve(posts.get(1), posts=posts, by="Bo", confirm=True, override="", now=NINE)
    scene.drain()
    assert scene.states() == {State.PUBLISHED: 1}


def with_card(scene: Scene) -> Post:
    return put(scene, card=painted("A"))


def test_where_the_settings_let_it_a_post_with_nothing_left_to_ask_is_approved(scene: Scene) -> None:
    scene.plan(approved=False)
    with_card(scene)
    put(scene, findings=(finding("help", 12, Severity.CONFIRM),))
    (again,) = recheck(scene, {}, waits_for_all=False)
    assert again.after.may_go_out
    assert scene.store.posts.get(1).may_go_out


def test_what_was_asked_is_asked_again_only_when_the_rules_or_the_post_changed(scene: Scene) -> None:
    scene.plan(3)

    def ask(rules: Rules) -> int:
        one, asked = rechecker(scene, rules), Counter[str]()

        def check(excerpt: Excerpt, article: Article) -> tuple[Finding, ...]:
            asked[excerpt.words] += 1
            return one.intake.check(excerpt, article)

        list(replace(one, intake=replace(one.intake, check=check)).recheck(who="Bo", now=NINE))
        return asked.total()

    assert [ask({}), ask({})] == [3, 0]
    assert [ask(CONFIRM), ask(CONFIRM), ask(CONFIRM)] == [3, 3, 0], "what has other findings now settles first"
    put(scene, hashtags=("sleep",))
    assert [ask(CONFIRM), ask(CONFIRM), ask({})] == [1, 0, 3]
