"""What keeps neighbours apart: the next post is of another kind, on another card and in other words than the last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from scheduler.domain.likeness import meaning
from scheduler.domain.post import Post

ALIKE_SHARE = 0.34
"""Of the words that carry meaning, counted in the shorter text: from here on two posts sound alike."""
LOOK_AHEAD = 40
"""So many posts are compared; the best come first anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What readers see of a post at a glance."""

    kind: Hashable
    look: str
    means: frozenset[str]


def face_of(post: Post) -> Face:
    """Of a ready-made post, the kind is the category that its row names."""
    kind = post.ready.category or "ready-made" if post.ready else post.excerpt.kind
    look = post.card.template if post.card else post.ready.template if post.ready else post.template
    return Face(kind=kind, look=look, means=meaning(post.words))


def next_of(faces: Sequence[Face], beside: Iterable[Face | None]) -> int:
    """The index of the one to come next: of those that differ most from what stands `beside`, the first.

    Where one kind is about to be left over it comes first, so that none has to follow its own kind that needn't.
    """
    neighbours = [face for face in beside if face]
    must = _left_over(faces, neighbours[0].kind if neighbours else None)
    among = [index for index, face in enumerate(faces) if must is None or face.kind == must][:LOOK_AHEAD]
    return min(among, key=lambda index: (_clash(faces[index], neighbours), index))


def varied(posts: Sequence[Post]) -> list[Post]:
    """The posts of one article in the order in which they come."""
    rest, ordered = list(posts), []
    faces = [face_of(post) for post in posts]
    last: Face | None = None
    while rest:
        index = next_of(faces, [last])
        last = faces.pop(index)
        ordered.append(rest.pop(index))
    return ordered


def clashes(one: Face, other: Face) -> tuple[bool, bool, bool]:
    """Whether two are of one kind, on one card, in like words."""
    shorter = max(1, min(len(one.means), len(other.means)))
    alike = len(one.means & other.means) >= ALIKE_SHARE * shorter
    return one.kind == other.kind, bool(one.look) and one.look == other.look, alike


def _clash(face: Face, neighbours: Iterable[Face]) -> tuple[int, ...]:
    found = [clashes(face, other) for other in neighbours]
    return tuple(sum(column) for column in zip(*found, strict=True))


def _left_over(faces: Sequence[Face], last: Hashable | None) -> Hashable | None:
    kind, count = Counter(face.kind for face in faces).most_common(1)[0]
    return kind if count > len(faces) // 2 and kind != last else None
