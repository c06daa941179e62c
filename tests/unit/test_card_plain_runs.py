"""The short way for Western text must say what the long way says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cards import runs
from scheduler.cards.fonts import Fonts

WESTERN = st.text(st.sampled_from("aZé ß0 9.,:;!?()[]“”‘’«»–—…-%€$&/@#©®\u00a0'\"¿¡ﬁ"), max_size=40)


@given(text=WESTERN, face=st.sampled_from(["serif-400", "sans-600", "display-800"]))
def test_western_text_is_read_alike_the_short_and_the_long_way(text: str, face: str) -> None:
    fonts = Fonts()
    short = fonts.runs(face, text)
    runs.runs_of.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "_is_plain", lambda text, reading: False)
        long = fonts.runs(face, text)
    runs.runs_of.cache_clear()
    assert short == long
