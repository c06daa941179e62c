"""Lists, numbers, tips, questions and the article itself: what kind of post comes of what."""

from __future__ import annotations

import pytest

from scheduler.cutting import cut, proof
from scheduler.domain.article import Article, Cut, Excerpt, ExcerptKind
from scheduler.readers.markdown import Markdown

SIGNS = "- Headaches in the morning\n- A pillow that is flat in the middle\n- A neck that cracks when you turn"
PROSE = (
    "A good pillow keeps the neck in line with the spine. Old foam goes flat after a year or two of use. "
    "Cheap pillows are often the softest in the shop.\n\n"
    "Nobody can tell a pillow by its price. The best test of a pillow is one night at home."
)


def article(text: str) -> Article:
    return Markdown().read("a.md", text.encode())


def cut_of(text: str) -> Cut:
    return cut(article(text))


def only(text: str) -> Excerpt:
    (excerpt,) = cut_of(text).excerpts
    return excerpt


def test_a_short_list_is_posted_under_its_heading_an_item_a_line() -> None:
    found = only(f"# Pillows\n\n## Three signs of a worn-out pillow\n\n{SIGNS}")
    assert found.kind is ExcerptKind.TIP
    assert found.words.split("\n") == [
        "Three signs of a worn-out pillow",
        "• Headaches in the morning",
        "• A pillow that is flat in the middle",
        "• A neck that cracks when you turn",
    ]
    assert found.headline == "Three signs of a worn-out pillow"


def test_a_sentence_that_ends_with_a_colon_may_lead_a_list() -> None:
    found = only(f"Some pillows are past their best. Look out for the following signs:\n\n{SIGNS}").words
    assert found.startswith("Look out for the following signs:\n• Headaches")


@pytest.mark.parametrize(
    "heading",
    ["Five signs of a worn-out pillow", "These signs matter:", "Contact us for these things:", "Pillows and more"],
)
def test_a_heading_that_miscounts_leans_advertises_or_names_nothing_leads_no_list(heading: str) -> None:
    assert [one for one in cut_of(f"# Pillows\n\n## {heading}\n\n{SIGNS}").excerpts if one.heading] == []


def test_a_list_with_a_contact_or_too_long_for_a_post_is_left_out() -> None:
    contact = f"## Three ways to reach a good night\n\n{SIGNS.replace('Headaches', 'Call 213 555-0100')}"
    long = "## Three ways to rest\n\n" + "\n".join("- a very long way to rest " * 5 for _ in range(3))
    assert [one for text in (contact, long) for one in cut_of(text).excerpts if one.heading] == []


def test_items_that_are_tips_by_themselves_are_posted_alone() -> None:
    tips = "- Wash your pillow every three months at sixty degrees.\n- Air your pillow each day by an open window."
    found = cut_of(f"## Two tips for a fresh pillow\n\n{tips}").excerpts
    assert {(one.kind, one.heading) for one in found} == {(ExcerptKind.TIP, "")}
    assert len(found) == 2


def test_a_list_is_proved_item_by_item_and_its_breaks_are_where_items_begin() -> None:
    source = article(f"# Pillows\n\n## Three signs of a worn-out pillow\n\n{SIGNS.replace('morning', 'morning (1)')}")
    (found,) = cut(source).excerpts
    assert proof.holds(found, source.text)
    assert [found.text[place:].split()[0] for place in found.breaks] == ["A", "A"]
    assert "(1)" not in found.text


@pytest.mark.parametrize(
    "text",
    [
        "Three of four adults sleep on a pillow that is too old.",
        "About 70% of people sleep on their side for most of the night.",
        "Nearly half of all pillows in hotels are washed too rarely.",
        "A worn pillow can make a stiff neck twice as likely.",
        "Most adults need seven hours of sleep and a dark room.",
        "One in five of our patients brings a pillow along.",
        "A good pillow costs $40 and lasts about as long as a pair of shoes.",
        "The filling weighs 1.2 kg and should be spread evenly.",
    ],
)
def test_a_share_a_multiple_or_an_amount_makes_a_number(text: str) -> None:
    assert only(text).kind is ExcerptKind.NUMBER


@pytest.mark.parametrize(
    "text",
    [
        "The first foam pillow came to the shops of Europe in 1992.",
        "Our doors were opened for the first time on May 3 by the mayor.",
        "We have helped people to sleep well for over 30 years.",
        "Our team has 25 years of experience with pillows of all kinds.",
        "Patients arrive at 8:30 a.m. and leave in the early afternoon.",
        "Step 2 is to choose a filling that suits your shoulders.",
        "COVID-19 made many people work from their beds for months.",
        "Type 2 diabetes and a bad pillow have little in common.",
        "One reason for a stiff neck is a pillow without a shape.",
    ],
)
def test_years_dates_ages_of_the_business_steps_and_names_are_no_numbers(text: str) -> None:
    assert only(text).kind is ExcerptKind.QUOTE


def test_the_article_itself_is_a_title_over_a_sentence_that_is_about_it() -> None:
    found = cut_of(f"# A good pillow for the neck | Linden Clinic\n\n{PROSE}")
    assert found.announcement is not None
    assert (found.announcement.kind, found.announcement.heading) == (ExcerptKind.ARTICLE, "A good pillow for the neck")
    assert found.announcement.text == "A good pillow keeps the neck in line with the spine."
    assert ExcerptKind.ARTICLE not in {one.kind for one in found.excerpts}


@pytest.mark.parametrize(
    ("title", "posted"),
    [
        ("How to choose a pillow - Linden Clinic", "How to choose a pillow"),
        ("How to choose a pillow – and when to wash one", "How to choose a pillow – and when to wash one"),
        ("Linden Clinic | How to choose a good pillow", "How to choose a good pillow"),
        ("Is a good pillow worth the money?", "Is a good pillow worth the money?"),
    ],
)
def test_a_sites_name_is_taken_off_the_title(title: str, posted: str) -> None:
    found = cut_of(f"# {title}\n\n{PROSE}").announcement
    assert found
    assert found.heading == posted


@pytest.mark.parametrize(
    "title",
    [
        "Does a good pillow help? Springfield Pillow Clinic",
        "Call 213 555-0100 for a good pillow",
        "Good pillows at www.example.com",
        "X",
        "The best test of any pillow is one night at home",
    ],
)
def test_a_title_that_runs_on_calls_or_is_said_in_the_text_makes_no_post(title: str) -> None:
    assert cut_of(f"# {title}\n\n{PROSE}").announcement is None


def test_a_files_name_is_no_title() -> None:
    prose = PROSE.replace("A good pillow", "Well, " * 30 + "a good pillow", 1)
    assert cut(Markdown().read("good-pillow.md", prose.encode())).announcement is None


def test_bold_sentences_and_block_quotes_are_raised_and_say_why() -> None:
    plain = {one.text: one for one in cut_of(PROSE).excerpts}
    foam = "Old foam goes flat after a year or two of use."
    bold = {one.text: one for one in cut_of(PROSE.replace(foam, f"**{foam}**")).excerpts}
    quoted = {one.text: one for one in cut_of(f"> {foam}\n\n{PROSE.replace(foam, '')}").excerpts}
    assert plain[foam].score < quoted[foam].score < bold[foam].score
    assert "the author made it bold" in bold[foam].reasons
    assert "the author set it apart as a quote" in quoted[foam].reasons


@pytest.mark.parametrize("sign", ["— Jane Doe", "– Jane Doe, patient", "― Dr. Jane van Doe"])
@pytest.mark.parametrize("gap", [" ", "\n>\n> ", "\n\n"])
def test_the_words_of_another_speaker_are_never_posted(sign: str, gap: str) -> None:
    found = cut_of(f"> I have slept like a stone since the day I changed my pillow.{gap}{sign}\n\n{PROSE}")
    assert [one.text for one in found.excerpts if "stone" in one.text] == []
    assert any("Jane" in (sentence.why_not or "") for sentence in found.sentences)


def test_the_authors_own_signed_quote_is_posted() -> None:
    head = "---\nauthor: Dr. Jane Doe\n---\n"
    found = cut_of(f"{head}> A pillow is the cheapest doctor of the neck. — Jane Doe\n\n{PROSE}")
    assert any("cheapest doctor" in one.text for one in found.excerpts)


def test_a_pull_quote_that_is_not_there_or_too_long_is_told() -> None:
    told = cut_of(f"---\npullquote: Pillows are made of clouds.\n---\n{PROSE}").notes
    assert told == ("The pull quote “Pillows are made of clouds.” isn't in the article's text.",)
    (note,) = cut_of(f"---\npullquote: {'cloud ' * 90}\n---\n{PROSE}").notes
    assert "too long for a post" in note
