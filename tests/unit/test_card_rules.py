"""Whatever is said, in whatever script: a card is in its frame, readable and whole, or it is refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from looking.rules import faults
from looking.samples import ASSETS, BRANDS, request
from looking.texts import ADDRESSES, NAMES, ROLES, SIZES, TEXTS

from scheduler.cards import template

FORMS = st.sampled_from(template.names(ASSETS))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


@settings(max_examples=40, suppress_health_check=SLOW)
@given(TEXTS, FORMS, SIZES, st.sampled_from(BRANDS), NAMES, ROLES, ADDRESSES)
def test_any_text_in_any_script_stands_whole_in_the_frame_or_is_refused(
    tmp_path: Path, said: tuple[str, str], form: str, size: str, brand: str, name: str, role: str, address: str
) -> None:
    words = {"quote": said[1], "language": said[0], "name": name, "role": role, "address": address}
    assert faults(request(form, size, brand, {}, tmp_path, **words)) == []


@settings(max_examples=12, suppress_health_check=SLOW)
@given(st.lists(TEXTS, min_size=2, max_size=6), SIZES, st.sampled_from(BRANDS))
def test_any_list_stands_whole_in_the_frame_or_is_refused(
    tmp_path: Path, said: list[tuple[str, str]], size: str, brand: str
) -> None:
    items = tuple(text for _, text in said)
    words = {"quote": items[0], "heading": items[0][:60], "items": items, "language": said[0][0]}
    assert faults(request("tips", size, brand, {}, tmp_path, **words)) == []


MIXED = "that that 咳嗽超过三周，即使感觉良好，也应该去看医生。“为什么要等？”68%的人等了。 " + "السعال " * 6


@pytest.mark.parametrize(("text", "size"), [(MIXED, "square"), (MIXED, "landscape"), ("0A 00000/Ŧ", "portrait")])
@pytest.mark.parametrize("form", ["bold", "editorial"])
def test_a_line_of_several_fonts_is_as_long_as_it_is_set(tmp_path: Path, text: str, size: str, form: str) -> None:
    assert faults(request(form, size, BRANDS[0], {}, tmp_path, quote=text)) == []
