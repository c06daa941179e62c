"""A file becomes an article, its excerpts, and posts that wait for a decision."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from scheduler.domain.article import Article, Cut, Excerpt, ExcerptKind
from scheduler.domain.audit import AuditEntry
from scheduler.domain.campaign import NO_CAMPAIGNS, Campaign, Campaigns
from scheduler.domain.composing import hashtag
from scheduler.domain.errors import FileUnusable, NothingWorthPosting, QuotidianError
from scheduler.domain.findings import Severity
from scheduler.domain.links import office_key
from scheduler.domain.post import Post
from scheduler.domain.readymade import Complaint, QueueFile
from scheduler.domain.revision import Known, Revision
from scheduler.ports import Check, Library
from scheduler.usecases.dressing import dressed

ReadAndCut = Callable[[str], tuple[Article, Cut]]
"""From a file's name to its article and what the cutter made of it; raises QuotidianError."""


ANNOUNCED_FROM = 3
"""So many posts of an article have room for one about the article itself."""


class Fate(StrEnum):
    """What became of a file."""

    NEW = "new"
    KNOWN = "known"
    CHANGED = "changed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One file: its article and posts when it is new, the error when it was refused.

    Of a changed file `revision` tells what becomes of its posts; `posts` are then those that are added. `digest` is the
    file's, where it has one. Of a file of ready-made posts, `queue` is what it holds, `complaints` tell which rows
    can't be posts, and `notes` how it was understood; `prune` is whether posts without a row go, `remembered` the
    article that the file is.
    """

    name: str
    fate: Fate
    article: Article | None = None
    cut: Cut | None = None
    title: str = ""
    posts: tuple[Post, ...] = ()
    digest: str = ""
    revision: Revision | None = None
    error: QuotidianError | None = None
    queue: QueueFile | None = None
    complaints: tuple[Complaint, ...] = ()
    notes: tuple[str, ...] = ()
    prune: bool = False
    remembered: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taste:
    """What the settings say about posts: hashtags where an article names none, how many from one article.

    An article may wish for one of `offices`, for some of `channels` and for one of `campaigns`.
    """

    hashtags: tuple[str, ...]
    posts_per_article: int
    offices: Collection[str]
    channels: Collection[str]
    campaigns: Campaigns = NO_CAMPAIGNS

    def campaign_of(self, article: Article) -> Campaign | None:
        """The one that the posts of an article belong to."""
        return self.campaigns.of(None, article)


def read(
    names: Iterable[str],
    *,
    read_and_cut: ReadAndCut,
    digest: Callable[[str], str],
    check: Check,
    library: Library,
    taste: Taste,
) -> Iterator[Taken]:
    """What each file would bring; stores nothing, and a bad file never stops the others.

    A file with the `digest` with which it was last read isn't read again.
    """
    known = dict(library.known())
    for name in names:
        is_like = digest(name)
        if is_like and name in known and known[name].digest == is_like:
            yield Taken(name=name, fate=Fate.KNOWN, title=known[name].title)
            continue
        try:
            article, cut = read_and_cut(name)
            taken = decided(name, article, cut, known=known, check=check, taste=taste)
            # One that was written meanwhile may be read as neither, so it is read again the next time.
            taken = replace(taken, title=article.title, digest=is_like if digest(name) == is_like else "")
        except QuotidianError as error:
            taken = Taken(name=name, fate=Fate.REFUSED, error=_placed(error, name))
        if taken.fate in (Fate.NEW, Fate.CHANGED) and taken.article:
            article = taken.article
            known[article.source] = Known(article_id=0, fingerprint=article.fingerprint, title=article.title)
        yield taken


def store(taken: Taken, *, library: Library, who: str, now: datetime) -> Taken:
    """Keeps a new article with its posts, in one transaction. Raises NotAllowedNow when somebody was quicker."""
    if taken.fate is not Fate.NEW or taken.article is None:
        return taken
    what = f"took in “{taken.article.title}” with {len(taken.posts)} posts"
    entry = AuditEntry(at=now, who=who, what=what, subject=f"article {taken.name}")
    article_id = library.add(taken.article, taken.posts, entry, digest=taken.digest)
    return replace(taken, posts=tuple(replace(post, article_id=article_id) for post in taken.posts))


def decided(name: str, article: Article, cut: Cut, *, known: Mapping[str, Known], check: Check, taste: Taste) -> Taken:
    """What this article is to the library that knows these, by their source. Raises FileUnusable, NothingWorthPosting.

    An article is its source's: a file that changes back is changed, a file that says what another one says is known.
    """
    own = known.get(article.source)
    others = {one.fingerprint for one in known.values()}
    if own.fingerprint == article.fingerprint if own else article.fingerprint in others:
        return Taken(name=name, fate=Fate.KNOWN, article=article)
    _check_wishes(article, taste)
    if own:
        return Taken(name=name, fate=Fate.CHANGED, article=article, cut=cut)
    posts = make_posts(article, cut, check=check, taste=taste)
    if not posts:
        raise NothingWorthPosting(path=name)
    return Taken(name=name, fate=Fate.NEW, article=article, cut=cut, posts=posts)


def _check_wishes(article: Article, taste: Taste) -> None:
    """A post must never lead to the wrong office, nor wait for a channel that isn't there."""
    wishes = article.wishes
    if wishes.office and office_key(wishes.office) not in taste.offices:
        known = ", ".join(taste.offices)
        raise FileUnusable(f"The settings name no office '{wishes.office}'.", hint=f"They name {known}.")
    for channel in wishes.channels:
        if channel not in taste.channels:
            known = ", ".join(taste.channels)
            raise FileUnusable(f"The settings name no channel '{channel}'.", hint=f"They name {known}.")
    if name := taste.campaigns.name_of(None, article):
        taste.campaigns.get(name)


def make_posts(article: Article, cut: Cut, *, check: Check, taste: Taste) -> tuple[Post, ...]:
    """The best excerpts as drafts with their findings, and last the article itself; no two say the same.

    Blocked ones come along but count for nothing. Where few posts are wanted, each is a sentence of the article's.
    """
    wanted, campaign = wanted_posts(article, taste), taste.campaign_of(article)
    cut = suitable(cut, campaign)
    told = announced(cut, wanted)
    closing = [post for one in told if not (post := draft(one, article, check=check, taste=taste)).blocked]
    posts: list[Post] = []
    free = len(closing)
    for excerpt in cut.excerpts:
        if free == wanted:
            break
        if any(excerpt.overlaps(post.excerpt) for post in closing):
            continue
        posts.append(draft(excerpt, article, check=check, taste=taste))
        free += not posts[-1].has(Severity.BLOCK)
    return dressed([*posts, *closing], campaign) if campaign else (*posts, *closing)


def suitable(cut: Cut, campaign: Campaign | None) -> Cut:
    """What of it belongs to a campaign: excerpts of its kinds."""
    if campaign is None or not campaign.kinds:
        return cut
    excerpts = tuple(excerpt for excerpt in cut.excerpts if campaign.takes(excerpt.kind))
    is_told = campaign.takes(ExcerptKind.ARTICLE)
    return replace(cut, excerpts=excerpts, announcement=cut.announcement if is_told else None)


def announced(cut: Cut, wanted: int) -> tuple[Excerpt, ...]:
    """The excerpt about the article itself, where enough posts leave room for it."""
    return (cut.announcement,) if cut.announcement and min(wanted, len(cut.excerpts)) >= ANNOUNCED_FROM else ()


def draft(excerpt: Excerpt, article: Article, *, check: Check, taste: Taste) -> Post:
    """A post of this excerpt, with its findings."""
    return Post(excerpt=excerpt, findings=check(excerpt, article), hashtags=hashtags_of(article, taste))


def wanted_posts(article: Article, taste: Taste) -> int:
    """As many as the article wishes for, otherwise as its campaign has room for, otherwise as the settings say."""
    campaign = taste.campaign_of(article)
    return article.wishes.posts or (campaign.wanted if campaign else taste.posts_per_article)


def hashtags_of(article: Article, taste: Taste) -> tuple[str, ...]:
    """Those that the article names, otherwise the settings'."""
    return tuple(tag for words in article.wishes.hashtags if (tag := hashtag(words))) or taste.hashtags


def _placed(error: QuotidianError, name: str) -> QuotidianError:
    error.path = error.path or name
    return error
