"""Phones, booking anchors, e-mails and offers are found where people write them, and nowhere else."""

from __future__ import annotations

import pytest

from scheduler.domain.article import CallKind, CallToAction
from scheduler.readers.markdown import Markdown


def calls(text: str) -> list[CallToAction]:
    article = Markdown().read("a.md", text.encode())
    assert all(article.text[call.start : call.end] for call in article.calls_to_action)
    return list(article.calls_to_action)


@pytest.mark.parametrize(
    ("text", "phone", "office"),
    [
        ("Call 213 555-0100 for our Los Angeles office.", "213 555-0100", "Los Angeles"),
        ("Call (415) 555-0121 for the Mission Street office.", "(415) 555-0121", "Mission Street"),
        ("Ring 020 7946 0958 (Soho clinic).", "020 7946 0958", "Soho"),
        ("Harbor Street office: 206-555-0178", "206-555-0178", "Harbor Street"),
        ("From abroad +49 30 9018 2000 works.", "+49 30 9018 2000", ""),
        ("Phone 030 1234567 today.", "030 1234567", ""),
    ],
)
def test_a_phone_is_found_with_its_office(text: str, phone: str, office: str) -> None:
    found = [call for call in calls(text) if call.kind is CallKind.PHONE]
    assert [(call.value, call.label) for call in found] == [(phone, office)]


@pytest.mark.parametrize(
    "text",
    [
        "From 2010 to 2020, 350 people took part.",
        "Sleep Notes 2020;4:11-19.",
        "About 1 200 000 people.",
        "2026-03-02",
        "Take 7 to 9 hours, 3.5 ml and 80%.",
        "https://example.org/213 555",
    ],
)
def test_numbers_that_nobody_can_call_are_no_phones(text: str) -> None:
    assert [call for call in calls(text) if call.kind is CallKind.PHONE] == []


def test_a_booking_link_keeps_its_address_and_words() -> None:
    (call,) = calls("You can book online by [clicking here](https://example.com/b).")
    assert (call.kind, call.value, call.label) == (CallKind.BOOKING, "https://example.com/b", "clicking here")


def test_an_anchor_that_lost_its_link_is_a_booking_without_address() -> None:
    (call,) = calls("Or you can schedule online by clicking here.")
    assert (call.kind, call.value, call.label) == (CallKind.BOOKING, "", "clicking here")


def test_a_link_to_a_source_is_no_booking() -> None:
    assert calls("A [study of 2019](https://example.org/study) says so, and [this book](javascript:x) too.") == []


def test_an_offer_is_kept_with_its_terms() -> None:
    (call,) = calls("We moved. If you live nearby our office offers a free consultation. Come in.")
    assert call.value == "free consultation"
    assert call.label == "If you live nearby our office offers a free consultation."


@pytest.mark.parametrize(
    "text", ["A pain-free walk.", "Feel free to visit.", "Your free time is short.", "Free of sugar."]
)
def test_free_alone_is_no_offer(text: str) -> None:
    assert calls(text) == []


def test_an_e_mail_is_found_also_behind_other_words() -> None:
    found = calls("Write to a.b@clinic.example or [drop us a line](mailto:c@clinic.example?subject=x).")
    assert [(call.kind, call.value) for call in found] == [
        (CallKind.EMAIL, "a.b@clinic.example"),
        (CallKind.EMAIL, "c@clinic.example"),
    ]
