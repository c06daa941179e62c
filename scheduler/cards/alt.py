"""What a card would be described as, without painting it."""

from __future__ import annotations

from pathlib import Path

from scheduler.cards import brand, template
from scheduler.cards.template import suiting
from scheduler.cards.words import alt_text, words_of
from scheduler.domain.card import CardRequest


def alt_texts(requests: tuple[CardRequest, ...]) -> tuple[str, ...]:
    """One a request, in order. Raises CardRefused for an unusable brand or template."""
    return tuple(map(_alt_text, requests))


def _alt_text(request: CardRequest) -> str:
    form = template.load(Path(request.assets), suiting(request.template, request.kind))
    words = words_of(request, brand.load(Path(request.brand_folder)))
    return alt_text(words, listed=form.needs == "items")
