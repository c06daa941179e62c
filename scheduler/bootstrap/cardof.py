"""What a post's card is asked to look like, by its words, its article, the settings and the channels it goes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.bootstrap.queued import ready_card
from scheduler.domain.article import Article, listed
from scheduler.domain.card import AUTO, EDITORIAL, CardRequest
from scheduler.domain.fitting import best_size, taken_by_all
from scheduler.domain.links import for_scanning, printed, slug
from scheduler.domain.naming import named_on_cards
from scheduler.domain.post import Post

if TYPE_CHECKING:
    from scheduler.bootstrap.app import App


def requested(post: Post, article: Article, app: App) -> CardRequest:
    """The card that a post of this article should have; editorial takes what the settings' template can't show."""
    settings, folders, offices, channels = app.settings, app.folders, app.offices, app.channels
    heading, items = listed(post.words)
    takers = tuple(channels.capabilities.values())
    lead = "" if channels.are_bare else offices.lead(post, article)[1]
    link = offices.link(article) if post.ready and lead else lead
    request = CardRequest(
        quote=post.on_card,
        kind=post.excerpt.kind,
        heading=heading or ("" if post.edited else post.excerpt.heading),
        items=items,
        name=named_on_cards(article, business=settings.brand),
        role=article.wishes.role if article.wishes.author else "",
        business=settings.brand,
        address=printed(link) if link else "",
        links=for_scanning(link, campaign=slug(article.title)) if link else (),
        language=article.language,
        template=post.card_template or settings.card_template,
        fallback=EDITORIAL,
        size=best_size(takers) if settings.card_size == AUTO else settings.card_size,
        format=settings.card_format,
        takes=taken_by_all(takers),
        assets=str(folders.assets),
        out=str(folders.cards),
    )
    return ready_card(request, post, folders, lead)
