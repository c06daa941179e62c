"""Which sentences become excerpts, alone or joined, and which never do."""

from __future__ import annotations

import pytest

from scheduler.cutting import cut
from scheduler.domain.article import Article, ExcerptKind
from scheduler.readers.markdown import Markdown

FILLER = "Doctors see this often. The rooms of the practice are quiet and bright."


def article(text: str, front: str = "") -> Article:
    head = f"---\n{front}\n---\n" if front else ""
    return Markdown().read("a.md", f"{head}{text}\n".encode())


def posted(text: str, front: str = "") -> list[str]:
    return [excerpt.text for excerpt in cut(article(text, front)).excerpts]


@pytest.mark.parametrize(
    "text",
    [
        "This can result in problems anywhere near the hips.",
        "All of these conditions can have their cause in the spine.",
        "One result of this irritation is a short leg and a long day.",
        "The ones that are already tight become painful and stay so.",
        "They are seen by our doctors on most days of the week.",
        "That is why a smoker's gums may look healthier than they are.",
        "Nobody should sell you a cleaning with that sentence.",
        "The following table shows our favourite breaks of the day.",
        "As you can see in fig. 2, the probe is thinner than a lead.",
        "Call us today and we will find a time that fits your week.",
        "Read how at www.example.org/breaks before you go to work.",
        "With a walk you need none of the breaks given above.",
        "There are three breaks that we like more than all others:",
        "and so the muscle gets tired and the neck begins to ache.",
        'He said that "movement is a habit and not a treatment.',
        "Why do necks get stiff at the desk and not on a holiday?",
        "Too short to say much.",
        "A neck gets stiff " + "and stiffer and stiffer " * 12 + "at the desk.",
        "What we can promise is an honest look and a good plan.",
        "A simple way to a better night for the whole family.",
        "Turning stiff mornings into easy ones, day after day.",
        "Hiking trails and other outdoor adventures near town.",
        "1. This one can be felt with a fingertip by anybody.",
    ],
)
def test_what_cant_stand_alone_is_never_posted(text: str) -> None:
    found = cut(article(text))
    assert found.excerpts == ()
    assert all(sentence.why_not and not sentence.eligible for sentence in found.sentences)


@pytest.mark.parametrize(
    "text",
    [
        "It is never too late to look after your back.",
        "Make it a habit to stand up for two minutes.",
        "There is no single way to sit that suits every body.",
        "Because muscles get tired, a short break does them good.",
        "In the winter this week and the next are our busiest.",
        "Dr. Okafor sees you at 5 p.m. on Tuesday, e.g. after work.",
        "Our site is built with ASP.NET and works on any phone.",
        "What helps a stiff neck is a walk, isn't it?  It is indeed, and a short one will do.",
    ],
)
def test_what_only_looks_dependent_is_posted(text: str) -> None:
    assert posted(text) == [" ".join(text.split())]


def test_a_question_comes_with_its_answer_or_not_at_all() -> None:
    text = "Is there one correct way to sit? There isn't. Is it normal to be stiff after a long day?"
    assert posted(text) == ["Is there one correct way to sit? There isn't."]


def test_a_statement_that_only_seeks_assent_is_no_question() -> None:
    assert posted("A walk does no harm, right? Shoes with a thin sole are a matter of taste.") == [
        "Shoes with a thin sole are a matter of taste."
    ]


def test_a_pronoun_is_joined_to_the_sentence_before_it() -> None:
    (excerpt,) = cut(article("Most necks don't need a scan. They need time and movement.")).excerpts
    assert excerpt.text == "Most necks don't need a scan. They need time and movement."
    assert len(excerpt.spans) == 2
    assert "leans on it" in excerpt.reasons[0]


def test_a_pronoun_is_not_joined_across_paragraphs_nor_to_something_single() -> None:
    assert posted("Most necks with pain don't need a scan.\n\nThey need time and movement, and a plan.") == [
        "Most necks with pain don't need a scan."
    ]
    assert posted("A bright screen at midnight wakes the brain. They are not the only cause of it.") == [
        "A bright screen at midnight wakes the brain."
    ]


def test_a_short_statement_is_joined_with_the_sentence_that_carries_it_on() -> None:
    text = "Leg pain has several causes. The hip, the knee and the back can be behind leg pain."
    assert posted(text) == [text]


def test_what_takes_up_earlier_words_with_the_leans_on_them() -> None:
    text = "One shoulder drops and the hips become tilted.\n\nRunning strains the tilted hips more than walking."
    assert posted(text) == ["One shoulder drops and the hips become tilted."]


def test_a_fragment_may_answer_a_question() -> None:
    text = "How often should a desk worker stand up? Twice an hour, at the least."
    assert posted(text) == [text]


def test_a_lists_number_in_the_line_is_not_part_of_the_post() -> None:
    text = "1. Patients sleep better on a firm pillow. 2. Shoulders relax when the screen is higher."
    assert sorted(posted(text)) == [
        "Patients sleep better on a firm pillow.",
        "Shoulders relax when the screen is higher.",
    ]


def test_a_saying_stays_alone() -> None:
    saying = "Brushing harder is not brushing better."
    assert saying in posted(f"{saying} A soft brush and light pressure will do.")


def test_the_same_thing_is_said_once() -> None:
    first = "Gums that bleed for two weeks deserve a look."
    again = "Gums which bleed for two weeks deserve a look!"
    assert len(posted(f"{first}\n\n{FILLER}\n\n{again}")) == len(posted(f"{first}\n\n{FILLER}"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("- Stand up for two minutes every half hour of the day.", ExcerptKind.TIP),
        ("Stand up for two minutes every half hour of the day.", ExcerptKind.TIP),
        ("Rest is not laziness, whatever your calendar may say.", ExcerptKind.QUOTE),
        ("A check takes 30 minutes and an hour when you are new.", ExcerptKind.NUMBER),
        ("Does it hurt to floss? Only in the first days of it.", ExcerptKind.QUESTION),
    ],
)
def test_an_excerpt_knows_its_kind(text: str, kind: ExcerptKind) -> None:
    text = text.replace("Does it hurt", "Does flossing hurt") if kind is ExcerptKind.QUESTION else text
    assert [excerpt.kind for excerpt in cut(article(text)).excerpts] == [kind]


def test_the_authors_pull_quote_comes_first_word_for_word() -> None:
    chosen = "doctors see this often"
    found = cut(article(FILLER, f"pullquote: {chosen}")).excerpts
    assert (found[0].text, found[0].reasons) == ("Doctors see this often", ("the author chose it",))


def test_a_pull_quote_that_isnt_in_the_text_is_not_put_into_anybodys_mouth() -> None:
    assert "invented" not in " ".join(posted(FILLER, "pullquote: An invented sentence."))


def test_every_sentence_is_listed_with_a_score_even_headings_and_contacts() -> None:
    found = article(
        "# Title\n\nFirst sentence here. Second one.\n\n- An item.\n\nCall 213 555-0100.\n\nLeave a comment"
    )
    said = [found.text[sentence.start : sentence.end] for sentence in cut(found).sentences]
    assert said == [
        *("Title", "First sentence here.", "Second one.", "An item.", "Call 213 555-0100.", "Leave a comment"),
    ]
    assert all(0 <= sentence.score <= 1 for sentence in cut(found).sentences)


def test_another_language_is_cut_without_english_rules() -> None:
    text = "So ist das mit dem Nacken am Schreibtisch nun einmal. Also, steh jede halbe Stunde für zwei Minuten auf."
    assert sorted(posted(text, "lang: de")) == sorted(
        ["So ist das mit dem Nacken am Schreibtisch nun einmal.", "Also, steh jede halbe Stunde für zwei Minuten auf."]
    )


def test_the_better_excerpt_comes_first() -> None:
    scores = [excerpt.score for excerpt in cut(article(FILLER + " Never sit longer than your neck likes it.")).excerpts]
    assert scores == sorted(scores, reverse=True)
