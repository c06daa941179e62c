"""Texts that nobody writes and somebody pastes: every script, long words, addresses, joined emoji, odd marks."""

from __future__ import annotations

from hypothesis import strategies as st

from scheduler.cards.frames import FRAMES

LONGEST = 400
_SENTENCES = {
    "en": "A cough that lasts longer than three weeks deserves a visit, “even” when you feel well. It's 68% off—why?",
    "de": "Die Donaudampfschifffahrtsgesellschaft zahlt z. B. 1.250,50 € für § 5 Abs. 2, sagte Dr. Groß: „Ja!“",
    "fr": "« Où est l’été ? » demandait-elle ; 3 sur 4 répondent : « Déjà passé ! » Çà et là, cœur à cœur.",
    "pl": "Zażółć gęślą jaźń; „każdy pacjent” pyta o 12 rzeczy, a pamięta trzy.",
    "el": "Ένας βήχας που κρατά πάνω από τρεις εβδομάδες αξίζει μια επίσκεψη· ρωτήστε: γιατί;",
    "ru": "Кашель, который длится дольше трёх недель, стоит показать врачу — даже если «всё хорошо».",
    "ar": "السعال الذي يستمر أكثر من 3 أسابيع يستحق زيارة الطبيب، حتى لو كنت تشعر أنك بخير (نعم)؟",
    "he": "שיעול שנמשך יותר מ-3 שבועות מצדיק ביקור אצל הרופא, גם אם אתם מרגישים טוב (כן)?",
    "hi": "तीन हफ़्ते से ज़्यादा चलने वाली खाँसी डॉक्टर को दिखानी चाहिए, चाहे आप ठीक महसूस करें। क्या आप तैयार हैं?",
    "th": "อาการไอที่นานกว่าสามสัปดาห์ควรไปพบแพทย์ แม้ว่าคุณจะรู้สึกสบายดีก็ตาม ทำไมต้องรอ?",
    "zh": "咳嗽超过三周，即使感觉良好，也应该去看医生。“为什么要等？”68%的人等了。",
    "ja": "三週間以上続く咳は、元気だと感じていても、一度「診てもらう」価値があります。なぜ待つのですか？",
    "ko": "기침이 3주 넘게 계속되면, 몸이 괜찮다고 느껴져도 진료를 받아 보는 것이 좋습니다. 왜 기다리나요?",
}
_ODD = (
    "https://example.com/a/very/long/address?with=a&query=that-nobody-can-read-aloud#and-a-fragment",
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    *("👩🏽‍⚕️", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "1️⃣", "❤️", "🌳", "☎", "™", "½", "№", "€5", "$1,200.50", "68%", "Why?", "Yes."),
    *("&amp;", "<b>", "'"),
    *("3 of 4", "9 of 10", "e\u0301\u0323", "soft\u00adhyphen", "no\u200bspace", "a\u200db", "\u202eevil\u202c"),
    *("\u200f", "\ufeff", "\t", "\n", *'?…—“”‘«»()[]、。「」·!"', "--", "..."),
)
_TOKENS = {language: sentence.split() for language, sentence in _SENTENCES.items()}


def _tokens(language: str) -> st.SearchStrategy[str]:
    """Text of one language, with an odd thing here and there."""
    glue = "" if language in {"zh", "ja", "th"} else " "
    token = st.one_of(st.sampled_from(_TOKENS[language]), st.sampled_from(_TOKENS[language]), st.sampled_from(_ODD))
    return st.lists(token, min_size=1, max_size=40).map(glue.join)


def _letters(language: str) -> st.SearchStrategy[str]:
    """Letters of one language in any order."""
    return st.text(sorted(set(_SENTENCES[language]) | set(" .,?!-")), min_size=1, max_size=60)


LANGUAGES = tuple(_SENTENCES)
MIXED = st.lists(st.sampled_from(LANGUAGES).flatmap(_tokens), min_size=1, max_size=3).map(" ".join)
TEXTS = st.sampled_from(LANGUAGES).flatmap(
    lambda language: st.tuples(
        st.just(language),
        st.one_of(_tokens(language), _letters(language), st.just(_SENTENCES[language]), MIXED).map(
            lambda text: text[:LONGEST] or "?"
        ),
    )
)
"""A language, and a text of 1 to 400 characters that is mostly in it."""
NAMES = st.sampled_from(
    ["", "Dr. Lena Marsh", "A", "Prof. Dr. med. Maximiliane von Hohenstein-Wittelsbach", "林 奈々", "د. لينا مارش"]
)
ROLES = st.sampled_from(["", "General practitioner", "Head of the department of internal medicine", "医師"])
ADDRESSES = st.sampled_from(
    ["", "book.example.com", "appointments.the-longest-name-of-a-clinic.example/booking", "+49 30 1234567"]
)
SIZES = st.sampled_from(sorted(FRAMES))
