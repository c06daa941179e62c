"""What a card would be described as, without painting it."""

from __future__ import annotations

from pathlib import Path

from scheduler.cards import brand
from scheduler.cards.work import alt_text, words_of
from scheduler.domain.card import CardRequest


def alt_texts(requests: tuple[CardRequest, ...]) -> tuple[str, ...]:
    """One a request, in order. Raises CardRefused for an unusable brand."""
    return tuple(alt_text(words_of(request, brand.load(Path(request.brand_folder)))) for request in requests)
