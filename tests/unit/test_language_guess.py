"""What language an article is taken to be in when nobody says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.readers.language import guess

SAMPLES = {
    "en": "A stiff neck is rarely a sign of damage, and most people feel better when they move more often.",
    "es": "El cuello rígido casi nunca es una señal de lesión, y la mayoría de las personas mejora cuando se mueve.",
    "pt": "O pescoço rígido quase nunca é sinal de lesão, e a maioria das pessoas não precisa de exames para melhorar.",
    "fr": "Une nuque raide est rarement le signe d’une lésion, et la plupart des gens vont mieux quand ils bougent.",
    "de": "Ein steifer Nacken ist selten ein Zeichen für einen Schaden, und die meisten Menschen brauchen Bewegung.",
    "it": "Il collo rigido non è quasi mai il segno di una lesione, e la maggior parte delle persone sta meglio.",
    "nl": "Een stijve nek is zelden een teken van schade, en de meeste mensen hebben geen foto van hun rug nodig.",
    "ar": "تصلب الرقبة نادرا ما يكون علامة على إصابة، ومعظم الناس يشعرون بتحسن عندما يتحركون أكثر.",
    "fa": "گردن خشک به‌ندرت نشانه آسیب است و بیشتر مردم وقتی بیشتر حرکت می‌کنند بهتر می‌شوند، چون بدن پویاست.",
    "he": "צוואר תפוס הוא רק לעתים רחוקות סימן לנזק, ורוב האנשים מרגישים טוב יותר כשהם זזים.",
    "zh": "颈部僵硬很少是受伤的迹象。大多数人多活动以后会感觉好一些。",
    "ja": "首のこりがけがのしるしであることはまれです。多くの人は体を動かすと楽になります。",
    "ko": "목이 뻣뻣한 것은 다친 신호인 경우가 드뭅니다. 많은 사람이 움직이면 나아집니다.",
    "ru": "Скованность в шее редко бывает признаком травмы, и большинству людей помогает движение.",
    "uk": "Скутість у шиї рідко є ознакою травми, і більшості людей допомагає рух щодня.",
}


@pytest.mark.parametrize(("language", "text"), SAMPLES.items())
def test_a_sentence_tells_its_language(language: str, text: str) -> None:
    assert guess(text) == language


@pytest.mark.parametrize("text", ["", "   ", "12345 — 67 %", "Zumba Pilates Yoga", "La Jolla", "xyzzy " * 50])
def test_what_is_unsure_is_taken_as_english(text: str) -> None:
    assert guess(text) == "en"


def test_short_english_that_shares_small_words_with_others_stays_english() -> None:
    assert guess("A walk does no harm, right? Shoes with a thin sole are a matter of taste.") == "en"
    assert (
        guess("As a rule, no pain is a sign to do a bit more. Do so as often as a day allows, a no-cost habit.") == "en"
    )


def test_foreign_names_and_words_dont_change_an_articles_language() -> None:
    assert guess(f"{SAMPLES['en']} The word 首こり means a stiff neck, and so does “el cuello rígido”.") == "en"
    assert guess(f"{SAMPLES['zh']} Pilates 和 Yoga 也有帮助。") == "zh"


@given(text=st.text(max_size=300))
def test_any_text_gets_a_short_lower_case_tag(text: str) -> None:
    assert guess(text).isalpha()
    assert len(guess(text)) == 2
