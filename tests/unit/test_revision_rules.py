"""Whatever becomes of an article, in whatever order its posts are approved, edited, sent or cancelled meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.cutting.proof import holds
from scheduler.domain.article import Article, Cut, Excerpt, Wishes
from scheduler.domain.card import CardRequest
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.likeness import meaning, says_the_same
from scheduler.domain.post import Approval, Post, PostStatus
from scheduler.domain.revision import Effect, Revision, SourceRule
from scheduler.testing.samples import NINE
from scheduler.usecases.arrange import arrange
from scheduler.usecases.follow import Follower
from scheduler.usecases.ingest import Taste, make_posts
from scheduler.usecases.plan import Candidate, Offices
from scheduler.usecases.recompose import Recomposer
from scheduler.usecases.revise import Present, Reviser
from tests.integration.desk import check, outlet, paint, written

WANTED = 4
OUTLETS = (outlet("account", 280), outlet("other", 280))
OFFICES = Offices(booking={"main": "https://book.example/visit"}, call="Book:")
TASTE = Taste(hashtags=(), posts_per_article=WANTED, offices=("main",), channels=("account", "other"))

POOL = (
    "Short walks help a stiff back after a long day.",
    "A firm pillow gives the neck a quiet night.",
    "Drink a glass of water before every meal.",
    "Climbing stairs will train the legs and the heart.",
    "Old shoes make young knees feel tired.",
)
SWAPS = (("help", "ease"), ("quiet", "very quiet"), ("glass", "cup"), ("will train", "can cure"), ("Old", "Worn old"))
VARIANTS = tuple(sentence.replace(*swap) for sentence in POOL for swap in SWAPS)
WORDS = st.sampled_from(["walks", "sleep", "water", "stairs", "never", "help", "knees", "tired", "cure", "the", "a"])
BABBLE = st.lists(WORDS, min_size=4, max_size=8).map(lambda words: f"{' '.join(words).capitalize()}.")
SENTENCES = st.sampled_from(sorted(set(VARIANTS))) | BABBLE
VERSIONS = st.tuples(
    st.lists(SENTENCES, min_size=1, max_size=7, unique=True),
    st.sampled_from(["Backs", "Necks"]),
    st.builds(Wishes, author=st.sampled_from(["", "Ann"]), hashtags=st.sampled_from([(), ("calm",)])),
)
ENDS = {"publish": State.PUBLISHED, "lose": State.UNKNOWN, "cancel": State.CANCELLED}
DOINGS = st.sampled_from(["approve", "edit", *ENDS])


def card_request(post: Post, article: Article) -> CardRequest:
    return CardRequest(quote=post.on_card, name=article.wishes.author, assets="", out="")


REVISER = Reviser(
    follower=Follower(check=check, taste=TASTE, card_of=card_request),
    recomposer=Recomposer(outlets=OUTLETS, offices=OFFICES),
    card_of=card_request,
)


def version(sentences: list[str], title: str, wishes: Wishes) -> tuple[Article, Cut]:
    """Its excerpts don't say the same, as a cutter's don't."""
    article, cut = written(*sentences, title=title, wishes=wishes)
    kept: list[Excerpt] = []
    for excerpt in cut.excerpts:
        if not any(says_the_same(meaning(excerpt.text), meaning(other.text)) for other in kept):
            kept.append(excerpt)
    return article, replace(cut, excerpts=tuple(kept))


@dataclass
class Table:
    """An article with its posts and deliveries, in memory; `seen` is what was said yes to."""

    article: Article
    posts: dict[int, Post] = field(default_factory=dict)
    deliveries: dict[str, Delivery] = field(default_factory=dict)
    seen: dict[int, tuple[object, ...]] = field(default_factory=dict)

    def add(self, posts: tuple[Post, ...]) -> None:
        for post in posts:
            number = len(self.posts) + 1
            (card,) = paint([card_request(post, self.article)])
            self.posts[number] = replace(post, id=number, card=card)  # type: ignore[arg-type]
        found = [Candidate(post=post, article=self.article) for post in self.posts.values()]
        plan = arrange(found, OUTLETS, deliveries=list(self.deliveries.values()), offices=OFFICES, now=NINE)
        for one in plan.planned:
            self.deliveries[one.delivery.code] = replace(one.delivery, id=len(self.deliveries) + 1)

    def revise(self, article: Article, cut: Cut) -> Revision:
        present = Present(
            article_id=1,
            article=self.article,
            posts=list(self.posts.values()),
            deliveries=list(self.deliveries.values()),
        )
        revision = REVISER.painted(REVISER.revision(present, article, cut, digest="", now=NINE), paint, now=NINE)
        self.article = article
        self.posts |= {one.after.id: one.after for one in revision.posts}
        self.deliveries |= {after.code: after for one in revision.posts for _, after in one.steps}
        self.add(revision.added)
        return revision

    def do(self, doing: str, number: int) -> None:
        post = self.posts[number % len(self.posts) + 1]
        if doing in ("approve", "publish", "lose") and not post.blocked:
            post = self.approve(post)
        own = [one for one in self.of(post) if one.state is State.SCHEDULED]
        if doing == "edit" and own:
            self.posts[post.id] = replace(post, edited=f"Word {post.id}.", approval=None, status=PostStatus.DRAFT)
        elif doing in ENDS and own and (post.may_go_out or doing == "cancel"):
            sent_at = None if doing == "cancel" else NINE
            self.deliveries[own[0].code] = replace(own[0], state=ENDS[doing], sent_at=sent_at)

    def approve(self, post: Post) -> Post:
        yes = Approval(by="Ann", at=NINE, content_hash=post.content_hash, confirmed=True)
        approved = self.posts[post.id] = replace(post, status=PostStatus.APPROVED, approval=yes)
        self.seen[post.id] = (post.words, post.hashtags, post.card)
        return approved

    def of(self, post: Post) -> list[Delivery]:
        return [one for one in self.deliveries.values() if one.post_id == post.id]

    def is_out(self, post: Post) -> bool:
        return any(one.state in (State.PUBLISHED, State.UNKNOWN) for one in self.of(post))


def nothing_is_said_twice(table: Table) -> None:
    alive = [post for post in table.posts.values() if not post.blocked and not post.edited]
    said = [meaning(post.words) for post in alive]
    assert not any(says_the_same(one, other) for at, one in enumerate(said) for other in said[:at])


def what_is_out_stays(before: Table, after: Table) -> None:
    for post in before.posts.values():
        if before.is_out(post) and not any(one.state is State.SCHEDULED for one in before.of(post)):
            assert after.posts[post.id].words == post.words
    for delivery in before.deliveries.values():
        if delivery.state not in (State.SCHEDULED, State.HELD):
            assert after.deliveries[delivery.code] == delivery


def a_yes_is_to_what_was_seen(table: Table) -> None:
    for post in table.posts.values():
        if post.may_go_out:
            assert table.seen[post.id] == (post.words, post.hashtags, post.card)


def every_word_is_proved_or_held_back(table: Table) -> None:
    for post in table.posts.values():
        if not table.is_out(post):
            gone = any(one.rule == SourceRule.GONE for one in post.findings)
            assert gone != holds(post.excerpt, table.article.text)
            assert post.blocked or not gone


def what_is_scheduled_says_what_its_post_says(table: Table) -> None:
    for post in table.posts.values():
        for delivery in table.of(post):
            if delivery.state is State.SCHEDULED and not post.edited:
                assert not post.blocked
                assert delivery.text.startswith(post.words)
                assert post.card
                assert (delivery.card_sha256, delivery.article) == (post.card.sha256, table.article.title)


@given(st.lists(VERSIONS, min_size=2, max_size=5), st.lists(st.tuples(DOINGS, st.integers(0, 9)), max_size=20))
@settings(max_examples=60, deadline=None)
def test_the_rules_hold_for_any_history(
    versions: list[tuple[list[str], str, Wishes]], doings: list[tuple[str, int]]
) -> None:
    article, cut = version(*versions[0])
    table = Table(article)
    table.add(make_posts(article, cut, check=check, taste=TASTE))
    for index, each in enumerate(versions[1:]):
        for doing, number in doings[index::4]:
            if table.posts:
                table.do(doing, number)
        before = Table(table.article, dict(table.posts), dict(table.deliveries))
        article, cut = version(*each)
        table.revise(article, cut)
        nothing_is_said_twice(table)
        what_is_out_stays(before, table)
        a_yes_is_to_what_was_seen(table)
        every_word_is_proved_or_held_back(table)
        what_is_scheduled_says_what_its_post_says(table)
        again = table.revise(article, cut)
        assert ({one.effect for one in again.posts} <= {Effect.KEPT}, again.added) == (True, ())
