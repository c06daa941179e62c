"""Tables of ready-made posts: taken in once, followed when rows change, and never sent twice for that."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.domain.delivery import State
from scheduler.domain.findings import Severity
from scheduler.domain.revision import Effect
from scheduler.domain.transitions import hold
from scheduler.usecases.ingest import Fate, Taken
from tests.integration.queuedesk import FILE, FIRST, SECOND, QueueDesk
from tests.integration.scene import entry

WALK, WATER, SLEEP = "Walk a little every day.", "Drink before you are thirsty.", "Sleep in a dark room."
OTHER = "posts/queue/january.csv"


@pytest.fixture
def desk(tmp_path: Path) -> QueueDesk:
    return QueueDesk.make(tmp_path)


def complaints(taken: Taken) -> list[tuple[str, str]]:
    return [(f"{one.cell.column}{one.cell.row}", one.message) for one in taken.complaints]


def test_each_row_goes_where_it_asks_and_the_others_into_free_slots(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;", f"{WATER};next slot;;", f"{SLEEP};2026-11-30 08:30;;")
    assert desk.calendar == [("2026-11-24 08:30", WATER), ("2026-11-30 08:30", SLEEP), (FIRST, WALK)]


def test_what_the_plan_shows_is_what_queue_does_and_doing_it_again_changes_nothing(desk: QueueDesk) -> None:
    desk.write(f"{WALK};{FIRST};;", f"{WATER};next slot;;")
    planned = [(one.delivery.wall_time, one.delivery.text) for one in desk.plan().planned]
    desk.keep()
    assert planned == [(one.wall_time, one.text) for one in sorted(desk.deliveries, key=lambda one: one.post_id)]
    before = (desk.posts, desk.deliveries)
    assert [taken.fate for taken in desk.look()] == [Fate.KNOWN]
    desk.keep()
    desk.files[FILE] += "\n\n"
    desk.keep()
    assert (desk.posts, desk.deliveries) == before


def test_a_row_that_is_wrong_keeps_no_other_from_being_taken_in(desk: QueueDesk) -> None:
    taken = desk.take(f"{WALK};03/04/2027 9:00;;", f"{WATER};{FIRST};;", f"{SLEEP};{SECOND};letter;")
    assert complaints(taken) == [
        ("B2", "“03/04/2027 9:00” may be 3 April or 4 March."),
        ("C4", "The settings name no channel “letter”."),
    ]
    assert desk.calendar == [(FIRST, WATER)]


def test_a_wrong_row_is_told_again_until_it_is_corrected(desk: QueueDesk) -> None:
    desk.take(f"{WALK};2027-02-30 9:00;;", f"{WATER};{FIRST};;")
    assert complaints(desk.keep())[0][0] == "B2"
    assert complaints(desk.take(f"{WALK};2027-02-28 9:00;;", f"{WATER};{FIRST};;")) == []
    assert desk.calendar == [(FIRST, WATER), ("2027-02-28 09:00", WALK)]


def test_corrected_words_change_the_post_and_void_its_yes(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;")
    desk.desk.approve()
    taken = desk.take(f"Walk a little each day.;{FIRST};;")
    assert taken.revision
    assert [one.effect for one in taken.revision.posts] == [Effect.REWORDED]
    assert desk.calendar == [(FIRST, "Walk a little each day.")]
    assert not desk.posts[0].may_go_out


def test_another_time_moves_the_post_and_its_yes_stays(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;")
    desk.desk.approve()
    desk.take(f"{WALK};{SECOND};;")
    assert desk.calendar == [(SECOND, WALK)]
    assert desk.posts[0].may_go_out


def test_two_rows_may_change_places(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;", f"{WATER};{SECOND};;")
    desk.take(f"{WALK};{SECOND};;", f"{WATER};{FIRST};;")
    assert desk.calendar == [(FIRST, WATER), (SECOND, WALK)]


def test_a_held_post_follows_its_row_and_is_released_at_its_time(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;")
    (held,) = desk.deliveries
    desk.desk.scene.store.deliveries.write(held, hold(held, "Ann asked to wait."), entry=entry())
    desk.take(f"{WALK} Slowly.;{SECOND};;")
    (followed,) = desk.deliveries
    assert (followed.state, followed.words) == (State.HELD, "Ann asked to wait.")
    assert desk.calendar == [(SECOND, f"{WALK} Slowly.")]
    desk.desk.release(1)
    assert (desk.deliveries[0].state, desk.calendar[0][0]) == (State.SCHEDULED, SECOND)


def test_a_time_that_another_post_has_is_refused_and_the_post_keeps_its_own(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;", f"{WATER};{SECOND};;")
    taken = desk.take(f"{WALK};{SECOND};;", f"{WATER};{SECOND};;")
    assert "is taken by another post" in complaints(taken)[0][1]
    assert desk.calendar == [(FIRST, WALK), (SECOND, WATER)]


def test_sorting_and_adding_rows_makes_no_post_twice(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;", f"{WATER};{SECOND};;")
    desk.take(f"{WATER};{SECOND};;", f"{SLEEP};2026-12-03 09:00;;", f"{WALK};{FIRST};;")
    assert desk.calendar == [(FIRST, WALK), (SECOND, WATER), ("2026-12-03 09:00", SLEEP)]
    assert len(desk.posts) == 3


def test_wholly_new_words_in_a_row_replace_the_old_ones(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;", f"{WATER};{SECOND};;")
    desk.take(f"{WALK};{FIRST};;", f"{SLEEP};{SECOND};;")
    assert desk.calendar == [(FIRST, WALK), (SECOND, SLEEP)]


def test_a_row_with_an_id_stays_itself_whatever_else_changes(desk: QueueDesk) -> None:
    head = "id;text;when"
    desk.take(f"a;{WALK};{FIRST}", f"b;{WATER};{SECOND}", head=head)
    desk.take(f"b;{SLEEP};{SECOND}", f"a;{WATER};{FIRST}", head=head)
    assert desk.calendar == [(FIRST, WATER), (SECOND, SLEEP)]
    assert [post.words for post in desk.posts] == [WATER, SLEEP]


def test_what_is_out_stays_as_it_is_and_is_not_posted_anew(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;")
    desk.sent(1)
    taken = desk.take(f"Walk a little each day.;{FIRST};;")
    assert taken.revision
    assert [one.effect for one in taken.revision.posts] == [Effect.FLAGGED]
    assert [(one.words, one.findings[0].severity) for one in desk.posts] == [(WALK, Severity.NOTE)]
    assert desk.calendar == []


def test_the_rows_of_a_new_month_are_new_posts_though_the_old_ones_stood_there(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;", f"{WATER};{SECOND};;")
    desk.sent(1)
    desk.sent(2)
    desk.later(days=20)
    desk.take(f"{SLEEP};2027-01-05 09:00;;")
    assert desk.calendar == [("2027-01-05 09:00", SLEEP)]
    assert len(desk.posts) == 3


def test_a_removed_row_is_told_and_goes_with_prune_only(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;", f"{WATER};{SECOND};;")
    taken = desk.take(f"{WALK};{FIRST};;")
    assert "1 post is in no row any more" in taken.notes[-1]
    assert len(desk.calendar) == 2
    desk.keep(prune=True)
    assert desk.calendar == [(FIRST, WALK)]
    assert [one.state for one in desk.deliveries] == [State.SCHEDULED, State.CANCELLED]
    desk.keep()
    assert desk.calendar == [(FIRST, WALK)]


def test_a_row_that_comes_back_after_prune_is_a_post_again(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;", f"{WATER};{SECOND};;")
    desk.take(f"{WALK};{FIRST};;", prune=True)
    desk.take(f"{WALK};{FIRST};;", f"{WATER};{SECOND};;")
    assert desk.calendar == [(FIRST, WALK), (SECOND, WATER)]


def test_a_row_that_cannot_be_read_any_more_is_not_pruned(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;", f"{WATER};{SECOND};;")
    taken = desk.take(f"{WALK};{FIRST};;", f"{WATER};2026-13-02 09:00;;", prune=True)
    assert complaints(taken)[0][0] == "B3"
    assert desk.calendar == [(FIRST, WALK), (SECOND, WATER)]


def test_a_file_that_is_gone_takes_its_posts_along_with_prune(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;")
    del desk.files[FILE]
    desk.keep(prune=True)
    assert desk.calendar == []
    desk.keep(prune=True)
    assert len(desk.posts) == 1


def test_a_renamed_file_keeps_its_posts_and_a_copy_brings_none(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;")
    desk.files[OTHER] = desk.files[FILE]
    assert "It says what posts/queue/december.csv says." in desk.keep(OTHER).notes
    del desk.files[FILE]
    desk.keep(OTHER)
    desk.take(f"{WALK};{SECOND};;", file=OTHER)
    assert desk.calendar == [(SECOND, WALK)]


def test_what_another_file_says_on_the_channel_is_not_said_again(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;")
    taken = desk.take(f"{WALK};{SECOND};;", f"{WATER};2026-12-05 09:00;;", file=OTHER)
    assert complaints(taken) == [("A2", f"Row 2 of {FILE} says the same on account.")]
    assert desk.calendar == [(FIRST, WALK), ("2026-12-05 09:00", WATER)]


def test_two_equal_rows_are_a_mistake_unless_each_has_an_id(desk: QueueDesk) -> None:
    taken = desk.take(f"{WALK};{FIRST};;", f"{WALK};{SECOND};;")
    assert complaints(taken) == [("A3", "This row says the same as row 2, on the same channels.")]
    desk.take(f"a;{WALK};{FIRST}", f"b;{WALK};{SECOND}", head="id;text;when")
    assert desk.calendar == [(FIRST, WALK), (SECOND, WALK)]


def test_a_row_goes_to_its_channels_under_their_own_or_their_networks_name(tmp_path: Path) -> None:
    desk = QueueDesk.make(tmp_path, "clinic", "south_bay")
    desk.take(f"{WALK};{FIRST};South Bay;", f"{WATER};{FIRST};clinic;", f"{SLEEP};{SECOND};;")
    gone = {(one.channel, one.text.split("\n")[0]) for one in desk.deliveries}
    assert gone == {("south_bay", WALK), ("clinic", WATER), ("clinic", SLEEP), ("south_bay", SLEEP)}


def test_a_network_with_two_accounts_is_not_guessed(tmp_path: Path) -> None:
    desk = QueueDesk.make(tmp_path, "clinic", "south_bay")
    assert complaints(desk.take(f"{WALK};{FIRST};folder;")) == [("C2", "“folder” may be clinic or south_bay.")]


def test_a_link_of_its_own_speaks_for_itself_and_none_means_none(desk: QueueDesk) -> None:
    desk.take(
        f"{WALK};{FIRST};;https://blog.example/walk", f"{WATER};{SECOND};;none", "See https://a.example now.;next;;"
    )
    texts = {one.post_id: one.text for one in desk.deliveries}
    assert texts[1].startswith(f"{WALK}\n\nhttps://blog.example/walk?utm_source=folder")
    assert texts[2] == WATER
    assert texts[3] == "See https://a.example now."


def test_a_row_without_a_link_leads_to_the_booking_page(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;")
    assert f"{WALK}\n\nBook: https://book.example/visit?" in desk.deliveries[0].text


def test_past_times_expired_rows_and_absurd_years_are_named(desk: QueueDesk) -> None:
    taken = desk.take(
        f"{WALK};2026-01-01 09:00;",
        f"{WATER};2062-12-01 09:00;",
        f"{SLEEP};next slot;2026-10-31",
        f"Stand up.;{SECOND};2026-12-01",
        head="text;when;expires",
    )
    assert [cell for cell, _ in complaints(taken)] == ["B2", "B3", "C4", "C5"]
    assert (taken.fate, desk.calendar) == (Fate.REFUSED, [])


def test_a_post_is_left_out_rather_than_sent_after_it_expired(desk: QueueDesk) -> None:
    desk.take(f"{WALK};next slot;2026-11-24", f"{WATER};next slot;2026-11-24", head="text;when;expires")
    assert desk.calendar == [("2026-11-24 08:30", WALK)]
    assert [one.reason for one in desk.plan().left_out] == ["It expires before a slot is free."]


def test_a_row_with_a_template_gets_its_card_and_one_without_needs_none(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};editorial;", f"{WATER};{SECOND};;", head="text;when;template;alt text")
    assert [bool(post.card) for post in desk.posts] == [True, False]
    desk.desk.approve()
    assert all(post.may_go_out for post in desk.posts)


def test_what_the_checks_find_in_a_row_waits_for_a_yes_or_is_left_out(desk: QueueDesk) -> None:
    desk.take(f"This is a cure for all.;{FIRST};;", f"You will sleep well.;{SECOND};;")
    assert [post.blocked for post in desk.posts] == [True, False]
    assert desk.calendar == [(SECOND, "You will sleep well.")]
    assert desk.posts[1].has(Severity.CONFIRM)


def test_words_that_a_person_edited_are_asked_about_when_the_row_changes(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;")
    desk.desk.edit(1, "Walk a little, every day.")
    desk.take(f"Walk a little each day.;{FIRST};;")
    assert desk.calendar == [(FIRST, "Walk a little, every day.")]
    assert [one.rule for one in desk.posts[0].findings] == ["source-reworded"]


def test_a_post_that_is_being_sent_makes_its_file_wait(desk: QueueDesk) -> None:
    desk.take(f"{WALK};{FIRST};;")
    desk.desk.put(1, State.SENDING)
    taken = desk.take(f"Walk a little each day.;{FIRST};;")
    assert taken.error
    assert "being sent this moment" in taken.error.message


def test_a_row_that_asks_for_a_card_later_gets_it_before_it_goes_out(desk: QueueDesk) -> None:
    head = "text;when;template;alt text"
    desk.take(f"{WALK};{FIRST};;", head=head)
    desk.take(f"{WALK};{FIRST};editorial;A path", head=head)
    assert desk.posts[0].card
    assert [(one.card_path, one.alt_text) for one in desk.deliveries] == [(desk.posts[0].card.path, "A path")]
    desk.take(f"{WALK};{FIRST};editorial;A park", head=head)
    assert desk.deliveries[0].alt_text == "A park"
    desk.take(f"{WALK};{FIRST};;", head=head)
    assert [(one.card_path, one.alt_text) for one in desk.deliveries] == [("", "")]


def test_a_picture_that_no_card_can_show_holds_its_post_back(desk: QueueDesk) -> None:
    head = "text;when;template"
    desk.take(f"{WALK} no card takes this;{FIRST};", head=head)
    desk.take(f"{WALK} no card takes this;{FIRST};editorial", head=head)
    assert [(one.state, "It has no room" in one.words) for one in desk.deliveries] == [(State.HELD, True)]
