"""Lines end where the language lets them, in every script, and nothing that belongs together is divided."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from uniseg.linebreak import line_break_units

from scheduler.cards.binding import bind
from scheduler.cards.breaking import Paragraph, Room, Style
from scheduler.cards.measuring import words_of
from scheduler.cards.opportunities import parts_of
from scheduler.cards.smallwords import small_words
from scheduler.cards.typography import NO_BREAK, quoted, tidy, typeset, without_soft_hyphens

STYLE = Style(largest=112.0, smallest=45.0, tight=1.16, loose=1.30, cap=0.67)
SENTENCES = {
    "en": "A good night’s sleep, well-earned—and free—is worth 3–4 hours of the best advice (really) at $5.00 each.",
    "de": "Wer am 5. März um 9 Uhr bei Frau Weber in der Physiotherapie/Massage war, schläft z. B. viel besser.",
    "fr": "Vous avez mal ? Prenez rendez-vous : « vingt minutes » suffisent à M. Roux et à la plupart des gens !",
    "es": "¿Le duele la espalda? Camine veinte minutos cada día con el Dr. Vega, y en un mes lo nota.",
    "pl": "Spacer o poranku i w południe jest wart więcej niż godzina dobrych rad, a nic nie kosztuje.",
    "ru": "Двадцать минут ходьбы по утрам полезнее, чем час самых лучших советов — и это ничего не стоит.",
    "el": "Είκοσι λεπτά περπάτημα κάθε πρωί αξίζουν περισσότερο από μια ώρα καλές συμβουλές.",
    "ja": "朝の散歩は、どんな助言よりも体にいいと言われています。まずは3週間、「毎朝20分」だけ歩いてみてください。",
    "zh": "早上散步二十分钟，胜过听一小时最好的建议。先坚持3个月（每天一次），再看看身体的变化。",
    "zh-Hant": "早上散步二十分鐘，勝過聽一小時最好的建議。先堅持三個月，再看看身體的變化。",
    "ko": "아침에 이십 분만 걸어도 하루가 달라집니다. 먼저 삼 주 동안 매일 아침 걸어 보세요.",
    "th": "การเดินเล่นตอนเช้าวันละยี่สิบนาทีมีค่ามากกว่าคำแนะนำที่ดีที่สุดของคุณหมอ",
    "ar": "المشي عشرين دقيقة كل صباح خير من ساعة من النصائح، فابدأ اليوم ولو بخطوات قليلة.",
    "he": "הליכה של עשרים דקות בכל בוקר שווה יותר משעה של עצות טובות, אז התחילו היום.",
    "hi": "रोज़ सुबह बीस मिनट की सैर एक घंटे की सबसे अच्छी सलाह से ज़्यादा काम आती है।",
}
ALPHABETS = (
    "abcdefghABC ",
    "äößéèç’",
    "αβγδάΩ ",
    "абвгдйёЖ ",
    "ابتثجحخد ",
    "אבגדהו ",
    "कखगघािीु् ",
    "กขคงเแิีุ่้",
    "的一是不了人我在有他，。（）",
    "あいうえおカキクッーゃ、。「」",
    "가나다라마 ",
    "0123456789.,:/%€$",
    "-—–…“”‘’!?;()«» ",
    ("👩‍👩‍👧", "👍🏽", "🇩🇪", "🇫🇷", "❤️", "5️⃣"),
)
SOME = st.sampled_from(ALPHABETS).flatmap(lambda some: st.lists(st.sampled_from(some), max_size=14).map("".join))
TEXT = st.lists(SOME, max_size=12).map("".join)
LANGUAGES = st.sampled_from([*SENTENCES, "it", "pt", "nl", "cs", "sv", "da", "fi", "uk", "fr-CA", "de-CH", "xx", ""])


def lines_of(text: str, language: str, width: float = 875.0, height: float = 640.0) -> tuple[str, ...]:
    wide = re.compile(r"[\u2e80-\uffef]")
    words = words_of(bind(text, language), lambda part, *around: 0.5 * len(wide.sub("WW", part)), language=language)
    setting = Paragraph(words).fit(STYLE, Room(width, height))
    return setting.lines if setting else ()


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", SENTENCES)
def test_lines_hold_all_words_in_order(language: str) -> None:
    text = typeset(SENTENCES[language], language)
    for width in range(420, 1000, 60):
        lines = lines_of(text, language, width)
        assert bare("".join(lines)) == bare(text) or not lines


@example(text="a—ッ", everywhere=False)
@settings(max_examples=100, deadline=None)
@given(TEXT, st.booleans())
def test_what_unicode_forbids_to_divide_is_never_divided(text: str, everywhere: bool) -> None:
    text = re.sub(r"[\u0e00-\u0e7f]", "", without_soft_hyphens(tidy(text)))
    allowed, reached = {0}, 0
    for unit in line_break_units(text):
        reached += len(bare(unit))
        allowed.add(reached)
    reached = 0
    for part in parts_of(text, "xx", everywhere=everywhere):
        assert part.spaced or reached in allowed
        reached += len(bare(part.text))


@settings(max_examples=100, deadline=None)
@given(TEXT, LANGUAGES)
def test_no_letter_or_digit_of_a_text_is_ever_changed(text: str, language: str) -> None:
    def letters(value: str) -> str:
        return "".join(filter(str.isalnum, value))

    words = bind(quoted(text, language)[1], language)
    assert letters("".join(part.text for part in parts_of(words, language))) == letters(tidy(text))


@pytest.mark.parametrize(
    ("language", "together"),
    [
        ("en", "Dr. Marsh, 45 minutes, $ 5, 9 am, 5 March 2024, March 5, No. 7, Type 2, J. R. Hale, 1 000, 60 %"),
        ("de", "Frau Weber, Prof. Dr. Lang, § 5, z. B., d. h., 9 Uhr, 5. März, 20 Minuten, Nr. 3, 5 €, CHF 120, 3 kg"),
        ("fr", "Mme Roux, M. Roux, vingt minutes, 10 h 30, n° 5, 5 mai, 20 %, p. ex."),
        ("es", "Dr. Vega, Doña Ana, 5 de mayo, veinte minutos, p. ej., 20 %"),
        ("it", "Dott.ssa Riva, Signora Riva, 5 maggio, venti minuti"),
        ("pt", "Dra. Lima, Senhora Lima, 5 de maio, vinte minutos"),
        ("pl", "pani Nowak, w domu, i tak, z nami, 5 maja, 20 minut"),
        ("cs", "k lékaři, v práci, s námi, paní Malá"),
        ("ru", "в доме, и так, доктор Орлов, 5 мая, 20 минут, № 5"),
        ("nl", "mevr. Vos, twintig minuten, 5 maart, 20 procent"),
        ("sv", "Fru Ek, tjugo minuter, 20 procent"),
    ],
)
def test_what_belongs_together_is_never_divided(language: str, together: str) -> None:
    for pair in together.split(", "):
        text = f"word {pair} word word word"
        assert pair.replace(" ", NO_BREAK) in bind(text, language)


FILLERS = st.lists(
    st.sampled_from(["sleep", "walk", "slowly", "water", "morning", "patients", "rest", "lightly"]), max_size=8
)
PAIRS = st.sampled_from(
    ("Dr. Marsh", "45 minutes", "5 March 2024", "$ 5", "3 kg", "Fig. 2", "J. R. Hale", "9 am", "1 000")
)


@settings(max_examples=80, deadline=None)
@given(FILLERS, PAIRS, FILLERS, st.booleans(), st.integers(450, 1000))
def test_no_line_ever_ends_inside_of_them(
    before: list[str], pair: str, after: list[str], address: bool, width: int
) -> None:
    long = ["https://example.com/a-long-way/to/the/booking-page"] if address else []
    text = " ".join([*before, pair, *after, *long])
    for everywhere in (False, True):
        words = words_of(bind(text), lambda part: 0.5 * len(part), everywhere=everywhere)
        setting = Paragraph(words).fit(STYLE, Room(width, 900))
        assert setting is None or pair in " / ".join(setting.lines)


@pytest.mark.parametrize("language", ["en", "de", "es", "pl", "ru", "el", "fr"])
def test_no_line_ends_on_a_word_that_leans_on_the_next(language: str) -> None:
    leaning = small_words(language).leaning
    for width in (600, 650, 700, 760, 820, 875):
        for line in lines_of(typeset(SENTENCES[language], language), language, width)[:-1]:
            assert line.split()[-1].lower() not in leaning


@pytest.mark.parametrize("language", SENTENCES)
def test_the_last_line_is_no_single_short_word(language: str) -> None:
    for width in range(500, 1000, 20):
        lines = lines_of(typeset(SENTENCES[language], language), language, width)
        assert not lines or len(lines[-1]) > 4


def test_japanese_and_chinese_lines_begin_with_no_mark_and_end_with_no_bracket() -> None:
    for language in ("ja", "zh", "zh-Hant"):
        for width in range(400, 1000, 20):
            for line in lines_of(SENTENCES[language], language, width):
                assert line[0] not in "、。，）」！？ーゃっ的了"
                assert line[-1] not in "（「"


def test_thai_and_japanese_lines_end_behind_a_phrase() -> None:
    assert [part.text for part in parts_of("朝の散歩は体にいい。", "ja")] == ["朝の", "散歩は", "体に", "いい。"]
    assert [part.text for part in parts_of("มีค่ามากกว่าคำ", "th")] == ["มี", "ค่า", "มาก", "กว่า", "คำ"]


def test_a_number_stays_with_its_unit_in_chinese_and_japanese() -> None:
    for text, unit in (("先坚持3个月吧", "3个月"), ("走三小时路", "三小时"), ("まず3週間だけ", "3週間")):
        assert any(unit in part.text for part in parts_of(text, "ja" if "ず" in text else "zh", everywhere=False))


def test_a_soft_hyphen_is_seen_only_where_a_line_ends_with_it() -> None:
    text = "Donau\u00addampf\u00adschiff\u00adfahrt"
    narrow, wide = lines_of(text, "de", 450), lines_of(text, "de", 1200)
    assert wide == ("Donaudampfschifffahrt",)
    assert len(narrow) > 1
    assert all(line.endswith("-") for line in narrow[:-1])
    assert "".join(narrow).replace("-", "") == "Donaudampfschifffahrt"


def test_an_address_is_divided_only_where_nothing_else_helps_and_then_at_its_slashes() -> None:
    address = "https://example-clinic.com/booking/first-visit?from=card"
    assert [part.text for part in parts_of(address, "en")] == [address]
    divided = [part.text for part in parts_of(address, "en", everywhere=True)]
    assert divided == ["https://example-clinic.com/", "booking/", "first-visit", "?from=card"]


def test_a_family_a_flag_and_a_skin_tone_are_one() -> None:
    parts = [part.text for part in parts_of("👩‍👩‍👧👍🏽🇩🇪🇫🇷", "en", everywhere=True)]
    assert parts == ["👩‍👩‍👧", "👍🏽", "🇩🇪", "🇫🇷"]
