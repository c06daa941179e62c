"""Recognises what a site puts around every article: menus, shares, comments, forms, boxes about the author.

By what elements are for, and by what the people who made the page called them. A name alone never removes the bulk
of a page: whole themes are wrapped into elements that are called after a sidebar.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from lxml.html import HtmlElement

from scheduler.readers.markup import drop
from scheduler.readers.names import names_of

BULK = 0.35
"""An element with a larger share of the page's text than this isn't removed for its name."""

_TAGS = frozenset({"nav", "menu", "footer", "aside", "search"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar"}
    | {"toolbar", "alert", "form", "tablist", "tooltip"}
)
_WORDS = """
    comments? comment-?(?:list|form|respond|body|area|thread|section|wrap|count|reply) commentlist respond disqus
    replies discussion pingbacks? trackbacks? share|sharing
    share-?(?:bar|links?|buttons?|icons?|this|box|tools|post) sharedaddy shar(?:e|ing)tools addtoany a2a addthis
    social social-?(?:links?|icons?|media|bar|buttons?|nav|share|follow) follow-?us jp-relatedposts related
    related-?(?:posts?|articles?|content|stories|links|items|reading|products?) similar-?(?:posts?|articles?)
    recommend(?:ed|ations?)? read-?(?:next|more|also) more-?(?:posts?|articles?|stories|from|news|like-this)
    readmore latest-?(?:posts?|news|articles?) recent-?(?:posts?|news|articles?|comments)
    popular-?(?:posts?|articles?) trending you-?(?:may|might)-?(?:also-?)?like up-?next outbrain taboola yarpp
    newsletter newsletter-?(?:form|signup|box|cta|wrap|widget) subscribe
    subscri(?:ption|be)-?(?:form|box|widget|cta)? sign-?up optin opt-in mailchimp mc4wp mc-embed klaviyo convertkit
    hbspt hs-form lead-?(?:magnet|form) email-?form contact-?form wpcf7 wpforms gform nf-form cookies?
    cookie-?(?:banner|notice|bar|consent|law|policy|popup|message) consent gdpr ccpa onetrust cmplz cky cookiebot
    cc-(?:window|banner) privacy-?(?:notice|banner) pop-?up modal lightbox overlay off-?canvas drawer flyout toast
    snackbar bread-?crumbs? nav navbar navigation nav-?(?:bar|menu|links|list|wrap) menu
    menu-?(?:item|toggle|container|bar|main) main-?(?:nav|menu)
    site-?(?:nav|header|footer|info|branding|title|description|logo) top-?bar topnav toolbar masthead colophon
    footer footer-?(?:widgets?|links|nav|menu|bar|content|inner|wrap|area|bottom) bottom-?bar copyright page-?footer
    hamburger skip-?(?:link|to-content|nav) side-?bar
    side-?bar-?(?:left|right|inner|wrap|content|widgets?|primary|secondary) widget-?(?:area|title|wrap) rail promo
    promo-?(?:box|bar|banner) advert(?:s|isements?|ising)? ads? ad-?(?:slot|unit|container|wrapper|banner|box)
    adsbygoogle adsense dfp sponsor(?:ed|s|ship)? banner announcement-?bar cta call-?to-?action
    author-?(?:box|bio|info|card|profile|about|block|details|description|meta|avatar|name|section|byline|wrap)
    abh-box about-?(?:the-?)?author author bio biography byline by-line vcard post-?author entry-?author written-?by
    contributor meta posted-?(?:on|by|in)
    post-?(?:meta|info|date|details|data|byline|categories|tags|labels|footer|timestamp) postmetadata
    entry-?(?:meta|footer|date|utility|tags|categories) article-?(?:meta|info|footer|tags|date|byline|tools|actions)
    blog-?(?:meta|item-?meta|post-?meta|item-?tags) meta-?(?:data|info|line|bar|top|wrap) metadata item-?meta
    date-?header post-?header-?meta dateline timestamp pub-?date publish(?:ed)?-?(?:date|on|time) date-?published
    tags tag-?(?:list|cloud|links|wrap) cat-?links categories category-?(?:list|links) post-?categories labels
    topics pagination pager page-?(?:links|nav|numbers) post-?nav(?:igation)? post-?pager prev-?next next-?prev
    (?:next|prev|previous|older|newer)-?(?:post|article|link|entry) post-?links nav-?(?:previous|next) blog-?pager
    item-?pagination feed-?links toc toc-?(?:container|list|wrap|box) table-?of-?contents ez-toc search
    search-?(?:form|box|bar|field|widget) login log-?in user-?menu account print-?(?:link|button|only|page|friendly)
    printfriendly email-?link pdf-?link rating ratings star-?rating votes? likes? reactions? claps?
    read(?:ing)?-?time time-?to-?read view-?count post-?views mini-?cart cart add-?to-?cart back-?to-?top
    scroll-?(?:top|up) to-?top language-?switcher lang-?switch twitter-tweet instagram-media fb-post
    embed-?(?:container|responsive|wrap) wp-block-(?:embed|latest-posts|buttons?) no-?print hidden-?print
    wp-block-tag-cloud w-nav elementor-(?:widget-)?(?:share-buttons|post-info|author-box)
    elementor-(?:widget-)?(?:nav-menu|post-navigation|form|posts|breadcrumbs|search-form|social-icons)
    et-(?:pb-)?(?:social|sidebar|blog|contact|post-nav|comments)[a-z-]* et-pb-widget-area et-social
    mod-?(?:list|articles) reference-?links-nav noprint print-hide side foot bottom
"""
_CHROME = re.compile(rf"(?:[a-z]{{1,12}}-){{0,2}}(?:{'|'.join(_WORDS.split())})(?:-[a-z0-9]{{1,12}}){{0,2}}")
_COMMENTS = re.compile(r"(?:[a-z]{1,12}-)?(?:comments?|commentlist|respond|disqus(?:-thread)?|comment-body)(?:-\w+)?")
_STATE = re.compile(
    r"(?:no|has|with|without|is|js|category|tag|tagged|type|status|format|single|page|post|hentry|layout|theme|col|span"
    r"|elementor-element|active|logged|admin|template|have|not|open|comment-status)-.*"
    r"|\d.*|.*-(?:open|closed|enabled|disabled|on|off|active|wrapper-main)"
)
_NOTE = re.compile(
    r"(?:^|-)(?:pull-?quotes?|quote|call-?out|note|notice|tip|tips|key|take-?aways?|summary|highlight|info-?box|fact"
    r"|warning|important|definition|example|admonition|lead|intro)(?:-|$)"
)
_BODY = re.compile(
    r"(?:article|entry|post|blog|story|page|main|rich|rte|field-name)-?(?:item-)?(?:body|content|text)(?:-\w+)?"
)


def drop_chrome(tree: HtmlElement) -> None:
    """Takes the site's own parts out of the tree."""
    sizes = _sizes(tree)
    whole = max(1, sizes[tree])
    drop(tree, [each for each in tree.iter() if _is_chrome(each, share=sizes[each] / whole)])


def _is_chrome(element: HtmlElement, *, share: float) -> bool:
    tag = element.tag
    if tag in ("html", "body", "main", "h1") or _quotes(element) or element.get("itemprop") == "articleBody":
        return False
    names = names_of(element)
    if share > BULK:
        return any(_COMMENTS.fullmatch(name) for name in names) and next(element.iter("h1", "main"), None) is None
    if tag == "aside" or (element.get("role") or "").lower() in _ROLES:
        return not any(_NOTE.search(name) for name in names)
    if tag in _TAGS or (tag == "header" and _is_site_header(element)):
        return True
    if any(_BODY.fullmatch(name) for name in names):
        return False
    if next(element.iter("h1"), None) is not None:
        return False
    return any(_is_called_chrome(name) for name in names if not _is_anchor(element, name))


def _is_anchor(element: HtmlElement, name: str) -> bool:
    """A heading, and the section that it opens, are often called after its words: “Cookies at home” is no banner."""
    if name != (element.get("id") or "").lower():
        return False
    return element.tag in _HEADINGS or any(child.tag in _HEADINGS for child in element[:1])


@lru_cache(maxsize=10_000)
def _is_called_chrome(name: str) -> bool:
    return _CHROME.fullmatch(name) is not None and not _STATE.fullmatch(name)


def _quotes(element: HtmlElement) -> bool:
    """The footer of a quotation names its speaker."""
    return element.tag in ("footer", "cite") and any(above.tag == "blockquote" for above in element.iterancestors())


def _is_site_header(header: HtmlElement) -> bool:
    """Articles and their sections have headers, too."""
    within = any(above.tag in ("section", "article", "main") for above in header.iterancestors())
    return not within and next(header.iter("h1"), None) is None


def _sizes(tree: HtmlElement) -> Mapping[HtmlElement, int]:
    """Characters of text in each element."""
    sizes: dict[HtmlElement, int] = {}
    for element in reversed(list(tree.iter())):
        own = len((element.text or "").strip())
        sizes[element] = own + sum(sizes[child] + len((child.tail or "").strip()) for child in element)
    return sizes
