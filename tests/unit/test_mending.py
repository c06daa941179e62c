"""What an excerpt may leave out of its sentence, and what it never does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cutting.languages import rules_of
from scheduler.cutting.repair import Mended, mend, softens
from scheduler.domain.article import RepairKind


def mended(text: str) -> Mended:
    return mend(text, (0, len(text)), rules_of("en"))


@pytest.mark.parametrize(
    ("written", "posted"),
    [
        ("It works (1,2,3).", "It works."),
        ("Sleep helps.[2]", "Sleep helps."),
        ("A “short leg”(fig 1) is seen.", "A “short leg” is seen."),
        ("Sleep helps¹ a lot.", "Sleep helps a lot."),
        ("The nuclei , which are small , work .", "The nuclei, which are small, work."),
        ("However, shade beats any bottle.", "Shade beats any bottle."),
        ("But gums that bleed deserve a look.", "Gums that bleed deserve a look."),
        ("On the other hand, a screen keeps you up.", "A screen keeps you up."),
        ("So don't stop at the first sign.", "Don't stop at the first sign."),
        ("As we mentioned above, every neck is different.", "Every neck is different."),
        ("Every neck is different, as shown above.", "Every neck is different."),
    ],
)
def test_what_ties_a_sentence_to_its_place_is_left_out(written: str, posted: str) -> None:
    assert mended(written).text == posted


@pytest.mark.parametrize(
    "text",
    [
        "In our experience, short breaks may help.",
        "Over time, many people feel less pain.",
        "Usually, a cold is short.",
        "If you have pain, don't wait.",
        "So many people snore.",
        "Yet another mask is sold.",
        "Without a plan, nothing changes.",
        "Take two (2) tablets.",
        "About .5 ml is enough.",
        "But for the noise it would be quiet.",
        "As some experts said, it may help.",
    ],
)
def test_hedges_conditions_numbers_and_negations_stay(text: str) -> None:
    assert mended(text).text == text


def test_each_repair_is_listed_with_its_kind_and_place() -> None:
    text = "However, nuclei , small ones, work (1)."
    assert [(r.kind, text[r.start : r.end]) for r in mended(text).repairs] == [
        (RepairKind.CONNECTIVE, "However, "),
        (RepairKind.SPACING, " "),
        (RepairKind.CITATION, " (1)"),
    ]


def test_an_endless_sentence_is_left_as_it_is_at_once() -> None:
    for odd in ("a , ", "word (1) ", "However, ", "as shown above "):
        text = odd * (200_000 // len(odd))
        assert mended(text).repairs == ()


def test_another_language_loses_no_opener() -> None:
    text = "So, das hilft (1)."
    assert mend(text, (0, len(text)), rules_of("de")).text == "So, das hilft."


PARTS = st.sampled_from(
    [
        *("However, ", "As we said in most cases above, ", "So, ", "Therefore ", "But ", "And ", "For example, "),
        *(
            "it may help",
            "nothing can ",
            "as some said, ",
            "usually",
            " (1)",
            "[2, 3]",
            " , ",
            " . ",
            "not",
            " two (2) ",
        ),
        *(
            "as shown above.",
            ", as we often said above.",
            "perhaps ",
            "never",
            "(see the many notes)",
            "The neck ",
            ".",
        ),
    ]
)


@given(parts=st.lists(PARTS, min_size=1, max_size=9))
def test_nothing_left_out_softens_or_denies(parts: list[str]) -> None:
    text = "".join(parts)
    for repair in mended(text).repairs:
        assert not softens(text[repair.start : repair.end])
