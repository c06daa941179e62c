"""Which texts our engine and the installed fonts can set, and what is said about the others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.cards import fallback, fontfiles, scripts
from scheduler.cards.clusters import clusters, is_emoji
from scheduler.cards.fonts import Fonts
from scheduler.cards.runs import Run
from scheduler.domain.errors import CardRefused
from tests.engine import changed, forget

NOTO = {
    "fonts-noto-core": "NotoNaskhArabic-Regular.ttf",
    "fonts-noto-cjk": "NotoSerifCJK-Regular.ttc",
    "fonts-noto-color-emoji": "NotoColorEmoji.ttf",
}
MISSING = [package for package, file in NOTO.items() if not fallback.named(file)]
needs_fonts = pytest.mark.skipif(bool(MISSING), reason=f"{', '.join(MISSING)} not installed")

SAMPLES = {
    "Greek": "Ο ύπνος βοηθά.",
    "Cyrillic": "Сон помогает.",
    "Arabic": "النوم الجيد (8 ساعات) يفيد الظهر.",
    "Persian": "می‌توانید ۸ ساعت بخوابید.",
    "Urdu": "نیند کمر کے لیے اچھی ہے۔",
    "Hebrew": "שינה של 8 שעות (לפחות) עוזרת לגב.",
    "Devanagari": "अच्छी नींद से पीठ को आराम मिलता है।",
    "Thai": "การนอนหลับช่วยให้หลังดีขึ้น",
    "Hans": "睡眠有助于背部恢复。",
    "Hant": "睡眠有助於背部恢復。",
    "Japanese": "よく眠ると「背中」が楽になります。",
    "Korean": "잠을 잘 자면 허리가 편해집니다.",
    "emoji": "Sleep 😴, walk 🚶🏽‍♀️ and call ☎️ 1️⃣ 🇨🇭.",
    "mixed": "قال Linden إن 30 دقيقة (نصف ساعة) تكفي 👍🏽.",
}
LETTERS = "".join(SAMPLES.values()) + "ABCxyz 0123456789 .,:;!?()[]«»“”„‘’—–…%€₪\u0301\u064b\u200d\u200c\u200f\ufe0f"


@pytest.fixture
def patch() -> Iterator[pytest.MonkeyPatch]:
    """For tests that take engine or fonts away."""
    with changed() as patched:
        yield patched


@needs_fonts
@pytest.mark.parametrize("text", SAMPLES.values(), ids=SAMPLES)
def test_every_script_is_set_in_fonts_that_have_all_of_its_characters(text: str) -> None:
    for run in Fonts(language="").runs("serif-400", text):
        assert all(fontfiles.covers(run.file, character) for character in run.text)


def attempted(face: str, text: str) -> tuple[Run, ...] | CardRefused:
    try:
        return Fonts().runs(face, text)
    except CardRefused as refusal:
        return refusal


@needs_fonts
@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from(LETTERS), min_size=1, max_size=80), st.sampled_from(["serif-400", "display-800"]))
def test_runs_hold_each_character_once_and_each_cluster_whole(text: str, face: str) -> None:
    found = attempted(face, text)
    if isinstance(found, CardRefused):
        assert all((found.message, found.hint))
        return
    assert sorted("".join(run.text for run in found)) == sorted(text)
    assert sorted(part for run in found for part in clusters(run.text)) == sorted(clusters(text))


@needs_fonts
@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from(LETTERS.replace(" ", "")), min_size=1, max_size=40), st.integers(0, 40))
def test_a_line_is_cut_into_the_runs_that_it_has_in_its_paragraph(text: str, cut: int) -> None:
    try:
        whole = Fonts().runs("sans-600", text)
    except CardRefused:
        return
    parts = list(clusters(text))
    before, line = "".join(parts[:cut]), "".join(parts[cut:])
    cut_off = Fonts().runs("sans-600", line, before=before)
    assert {run.file for run in cut_off} <= {run.file for run in whole}
    assert {run.level for run in cut_off} <= {run.level for run in whole}


def test_plain_latin_is_one_run_of_the_face_itself() -> None:
    (run,) = Fonts().runs("serif-400", "“Rest, she said – and walk 30 minutes.”")
    assert (run.level, run.file) == (0, Fonts().file("serif-400"))


@needs_fonts
def test_what_noto_lacks_comes_from_the_face() -> None:
    found = {run.text.strip(): Fonts().name("serif-400", run) for run in Fonts().runs("serif-400", "יש (8) כן")}
    assert found["8"] == found["("] == "serif-400"
    assert found["יש"] == found["כן"] == "NotoSerifHebrew-Regular.ttf"


@needs_fonts
@pytest.mark.parametrize(
    ("face", "language", "text", "name"),
    [
        ("serif-400", "ar", "نوم", "NotoNaskhArabic-Regular.ttf"),
        ("display-800", "ar", "نوم", "NotoSansArabic-Bold.ttf"),
        ("serif-600", "hi", "नींद", "NotoSerifDevanagari-Bold.ttf"),
        ("sans-400", "th", "นอน", "NotoSansThai-Regular.ttf"),
        ("serif-400", "ja", "直", "NotoSerifCJK-Regular.ttc"),
        ("serif-400", "ko", "잠", "NotoSerifCJK-Regular.ttc#1"),
        ("serif-400", "zh", "直", "NotoSerifCJK-Regular.ttc#2"),
        ("sans-700", "zh-Hant-TW", "直", "NotoSansCJK-Bold.ttc#3"),
        ("sans-700", "zh-HK", "直", "NotoSansCJK-Bold.ttc#4"),
        ("serif-400", "en", "😴", "NotoColorEmoji.ttf"),
    ],
)
def test_a_fallback_is_like_its_face_and_as_its_readers_know_it(face: str, language: str, text: str, name: str) -> None:
    fonts = Fonts(language=language)
    assert [fonts.name(face, run) for run in fonts.runs(face, text)] == [name]


@needs_fonts
def test_a_word_stays_in_one_font_and_a_mark_in_its_words() -> None:
    (run,) = Fonts(language="zh").runs("serif-400", "“睡眠很好”，他说……")
    assert run.text == "“睡眠很好”，他说……"
    (opening,) = Fonts(language="zh").runs("serif-400", "“", after="睡眠很好”")
    assert opening.file == run.file


@pytest.mark.parametrize(
    "emoji", ["👩‍⚕️", "👨‍👩‍👧‍👦", "👍🏽", "🇨🇭", "1️⃣", "❤️", "☎️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "😴", "⏰"]
)  # fmt: skip
@needs_fonts
def test_an_emoji_is_one_picture_as_wide_as_any_other(emoji: str) -> None:
    assert is_emoji(emoji)
    (run,) = Fonts().runs("serif-400", emoji)
    assert Fonts().width("serif-400", emoji) == pytest.approx(Fonts().width("serif-400", "😴"))
    assert run.text == emoji


@needs_fonts
def test_joined_emoji_that_no_font_shows_as_one_are_refused() -> None:
    with pytest.raises(CardRefused, match="not one picture"):
        Fonts().runs("serif-400", "👩‍🚒‍🚒")


def test_a_sign_that_may_be_text_is_text_where_the_text_font_has_it() -> None:
    (run,) = Fonts().runs("serif-400", "© 2026 ™")
    assert run.file == Fonts().file("serif-400")


@pytest.mark.parametrize(
    ("text", "package"),
    [
        ("نوم", "fonts-noto-core"),
        ("नींद", "fonts-noto-core"),
        ("睡眠", "fonts-noto-cjk"),
        ("😴", "fonts-noto-color-emoji"),
    ],
)
def test_a_script_without_a_font_is_refused_by_the_name_of_its_package(
    text: str, package: str, patch: pytest.MonkeyPatch
) -> None:
    patch.setattr(fallback, "_folders", lambda: ())
    with pytest.raises(CardRefused) as refusal:
        Fonts().width("serif-400", text)
    assert refusal.value.hint == f"On Debian or Ubuntu: apt-get install {package}"


def test_without_raqm_what_must_be_shaped_is_refused_and_what_stands_side_by_side_is_set(
    patch: pytest.MonkeyPatch,
) -> None:
    patch.setattr("PIL.features.check", lambda feature: False)
    for text in ("نوم", "שינה", "नींद", "นอน", "x\u0302"):
        with pytest.raises(CardRefused) as refusal:
            Fonts().runs("serif-400", text)
        assert "libfribidi0" in refusal.value.hint
    assert len(Fonts().runs("serif-400", "Сон помогает.")) == 1
    assert "libfribidi0" in " ".join(scripts.engine_warnings())


@needs_fonts
def test_the_doctor_names_every_script_and_what_it_lacks(patch: pytest.MonkeyPatch) -> None:
    assert scripts.settable(Fonts())[0] is True
    patch.setattr(fallback, "_folders", lambda: ())
    forget()
    well, words = scripts.settable(Fonts())
    assert not well
    assert "Chinese, Japanese, Korean" in words
    assert all(package in words for package in NOTO)


@needs_fonts
def test_a_card_of_many_ideographs_opens_few_large_fonts() -> None:
    for size in range(20, 60):
        Fonts(language="ja").load("NotoSerifCJK-Regular.ttc", size)
    assert fontfiles._large.cache_info().currsize <= 12
