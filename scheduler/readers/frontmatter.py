"""What the author asks for at the top of a file, between two lines of three dashes.

Only the keys we know are read; others belong to the website that the file comes from. Values are taken from YAML's
node tree, never constructed, so that no tag, date or alias can do anything and each complaint can name its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import yaml

from scheduler.domain.article import Wishes
from scheduler.domain.errors import FileUnusable
from scheduler.domain.lateness import LateRule, late_rule
from scheduler.readers.blocks import Told
from scheduler.readers.dates import day_of

MAX_CHARACTERS = 20_000
MAX_HASHTAGS = 10
MAX_POSTS = 200
YES_OR_NO = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
PULLQUOTES = ("pullquote", "pullquotes", "tweet", "tweets")

_FENCED = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}")
_HINT = "Compare the lines at the top of the file with posts/README.md."


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """Empty where the author names none; `published` is YYYY-MM-DD; `body` is the text below."""

    title: str = ""
    language: str = ""
    published: str = ""
    canonical_url: str = ""
    wishes: Wishes = field(default_factory=Wishes)
    body: str

    def told(self) -> Told:
        """What the author says beside the text."""
        return Told(
            title=self.title,
            language=self.language,
            author=self.wishes.author,
            published=self.published,
            canonical_url=self.canonical_url,
            wishes=self.wishes,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fields:
    """The mapping's nodes by key, with what a complaint needs."""

    name: str
    nodes: Mapping[str, yaml.Node]

    def refuse(self, key: str, message: str) -> FileUnusable:
        return FileUnusable(message, hint=_HINT, path=self.name, line=_line(self.nodes[key]), setting=key)

    def text(self, key: str) -> str:
        node = self.nodes.get(key)
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            raise self.refuse(key, f"`{key}` takes one value, not a list.")
        return _scalar(node)

    def texts(self, key: str, split: Callable[[str], list[str]]) -> tuple[str, ...]:
        node = self.nodes.get(key)
        if node is None:
            return ()
        if isinstance(node, yaml.ScalarNode):
            return tuple(split(_scalar(node)))
        if not isinstance(node, yaml.SequenceNode) or not all(isinstance(v, yaml.ScalarNode) for v in node.value):
            raise self.refuse(key, f"`{key}` takes a list of words.")
        return tuple(value for value in map(_scalar, node.value) if value)


def split_front_matter(name: str, text: str) -> FrontMatter:
    """Takes the front matter off `text`. Raises FileUnusable with line and key when a value of ours is unusable."""
    fenced = _FENCED.match(text)
    if fenced is None:
        return FrontMatter(body=text)
    fields = _Fields(name=name, nodes=_nodes(name, fenced.group(1)))
    return FrontMatter(
        title=fields.text("title"),
        language=(fields.text("lang") or fields.text("language")).lower(),
        published=_date(fields),
        canonical_url=_canonical(fields),
        wishes=_wishes(fields),
        body=text[fenced.end() :],
    )


def _nodes(name: str, source: str) -> dict[str, yaml.Node]:
    if len(source) > MAX_CHARACTERS:
        raise FileUnusable("The lines at the top of this file are too long.", hint=_HINT, path=name, line=1)
    try:
        root = yaml.compose(source, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 2
        raise FileUnusable("The lines between the dashes can't be read.", hint=_HINT, path=name, line=line) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise FileUnusable("The lines between the dashes can't be read.", hint=_HINT, path=name, line=2) from error
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise FileUnusable("Each line between the dashes must be `key: value`.", hint=_HINT, path=name, line=2)
    return {key.value: value for key, value in root.value if isinstance(key, yaml.ScalarNode)}


def _wishes(fields: _Fields) -> Wishes:
    return Wishes(
        author=fields.text("author"),
        role=fields.text("role"),
        office=fields.text("office"),
        link=_link(fields),
        hashtags=_hashtags(fields),
        channels=fields.texts("channels", lambda text: re.split(r"[\s,]+", text) if text else []),
        pullquotes=tuple(quote for key in PULLQUOTES for quote in fields.texts(key, lambda text: [text] * bool(text))),
        posts=_posts(fields),
        campaign=_campaign(fields),
        evergreen=_evergreen(fields),
        late=_late(fields),
    )


def _date(fields: _Fields) -> str:
    """Of a website's own key; what is no date is left alone."""
    node = fields.nodes.get("date")
    return day_of(_scalar(node)) if isinstance(node, yaml.ScalarNode) else ""


def _canonical(fields: _Fields) -> str:
    """Of a website's own keys; what is no address is left alone."""
    for key in ("canonical_url", "canonical"):
        node = fields.nodes.get(key)
        if isinstance(node, yaml.ScalarNode) and _ADDRESS.fullmatch(_scalar(node)):
            return _scalar(node)
    return ""


def _link(fields: _Fields) -> str:
    link = fields.text("link")
    if link and not _ADDRESS.fullmatch(link):
        raise fields.refuse("link", "`link` takes a full address that begins with https://.")
    return link


def _hashtags(fields: _Fields) -> tuple[str, ...]:
    found = fields.texts("hashtags", lambda text: re.split(r"[\s,]+", text) if text else [])
    tags = tuple(tag.lstrip("#").strip() for tag in found)
    if len(tags) > MAX_HASHTAGS:
        raise fields.refuse("hashtags", f"`hashtags` takes at most {MAX_HASHTAGS} words.")
    for tag in tags:
        if not re.fullmatch(r"(?=.*[^\W\d_])[\w -]{1,100}", tag):
            raise fields.refuse("hashtags", f"“{tag[:40]}” can't be a hashtag: only letters, digits and spaces can.")
    return tags


def _posts(fields: _Fields) -> int | None:
    value = fields.text("posts")
    if not value:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", value) or not 1 <= int(value) <= MAX_POSTS:
        raise fields.refuse("posts", f"`posts` takes a number from 1 to {MAX_POSTS}.")
    return int(value)


def _evergreen(fields: _Fields) -> bool | None:
    value = fields.text("evergreen").lower()
    if value and value not in YES_OR_NO:
        raise fields.refuse("evergreen", "`evergreen` takes yes or no.")
    return YES_OR_NO.get(value)


def _late(fields: _Fields) -> LateRule | None:
    value = fields.text("late")
    try:
        return late_rule(value) if value else None
    except ValueError as error:
        raise fields.refuse("late", f"“{value[:40]}” is no rule for late posts: {error}.") from None


def _campaign(fields: _Fields) -> str:
    name = fields.text("campaign").casefold()
    if name and not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", name):
        raise fields.refuse("campaign", "`campaign` takes the name of a campaign, such as three-month-drip, or none.")
    return name


def _scalar(node: yaml.ScalarNode) -> str:
    value = " ".join(node.value.split())
    return "" if node.style is None and value in ("~", "null") else value


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 2
