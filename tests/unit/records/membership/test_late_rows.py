"""Rows that a former member wrote after it left: kept apart whichever came in first, and let in when it is back."""

from pathlib import Path

import pytest

from desktop.records import AFTER_HANDOVER, COMPARTMENTS
from desktop.vault.vault import Vault
from protocol.identifiers import DossierId
from protocol.messages.membership import MembershipLog, MembershipStep
from protocol.messages.stream_cuts import StreamCut
from tests.membership_logs import next_statement
from tests.unit.records.cases import CONTEXT, Laptop, new_laptop
from tests.unit.records.membership.parties import (
    TOWN,
    VILLAGE,
    carry,
    give_keys,
    give_log,
    give_rows,
    own,
    state_at,
)

OFFERED, RECEIVED = MembershipStep.OFFERED, MembershipStep.RECEIVED
ACCEPTED, RETURNED = MembershipStep.ACCEPTED, MembershipStep.RETURNED
REF = "/intake/woonplaats"


def _handed_over(one: Laptop, town: Laptop) -> DossierId:
    """Return a case with one answer of the centre that the town accepted; the centre has yet to hear of that."""
    dossier = one.new_dossier()
    one.answer(dossier, REF, "Haarlem")
    one.offer(dossier, TOWN.card, COMPARTMENTS)
    carry(one, town, dossier)
    town.take(dossier, RECEIVED, own(town))
    town.take(dossier, ACCEPTED, own(town))
    return dossier


def _aside(laptop: Laptop, dossier: DossierId) -> set[tuple[int, str]]:
    return {(each.sequence, each.code) for each in laptop.journal.quarantined(dossier)}


def _answers(laptop: Laptop, dossier: DossierId) -> set[str]:
    return {entry.text for entry in laptop.journal.view(dossier).answers[REF]}


def test_what_is_written_after_the_case_went_is_kept_apart_at_the_new_holder(one: Laptop, town: Laptop) -> None:
    dossier = _handed_over(one, town)
    one.answer(dossier, REF, "Leiden")
    one.answer(dossier, REF, "Delft")

    assert give_rows(one, town).accepted == 0
    assert _aside(town, dossier) == {(3, AFTER_HANDOVER), (4, AFTER_HANDOVER)}
    assert _answers(town, dossier) == {"Haarlem"}
    town.reopen()
    assert _answers(town, dossier) == {"Haarlem"}


def test_what_came_in_before_the_leaving_was_known_is_taken_out_again(one: Laptop, two: Laptop, town: Laptop) -> None:
    dossier = one.new_dossier()
    one.offer(dossier, TOWN.card, COMPARTMENTS)
    carry(one, town, dossier)
    carry(one, two, dossier)
    town.take(dossier, RECEIVED, own(town))
    town.answer(dossier, REF, "Haarlem")
    reached = one.journal.membership.heads(dossier)
    town.take(dossier, RETURNED, own(town))
    town.answer(dossier, REF, "Leiden")
    give_rows(town, two)
    assert _answers(two, dossier) == {"Leiden"}

    assert set(reached) == {one.journal.device}
    assert give_log(town, two, dossier).grown == (dossier,)
    assert _answers(two, dossier) == {"Haarlem"}
    assert _aside(two, dossier) == {(2, AFTER_HANDOVER)}
    two.reopen()
    assert _answers(two, dossier) == {"Haarlem"}
    give_rows(town, two)
    assert _aside(two, dossier) == {(2, AFTER_HANDOVER)}


def test_a_device_that_the_leaving_statement_does_not_name_has_no_room_at_all(
    one: Laptop, two: Laptop, town: Laptop
) -> None:
    dossier = _handed_over(one, town)
    carry(one, two, dossier)
    two.answer(dossier, REF, "Leiden")

    give_rows(two, town)
    assert _aside(town, dossier) == {(1, AFTER_HANDOVER)}
    assert _answers(town, dossier) == {"Haarlem"}


def test_a_device_without_a_place_in_the_cut_loses_what_came_in_before(one: Laptop, two: Laptop, town: Laptop) -> None:
    dossier = one.new_dossier()
    one.answer(dossier, REF, "Haarlem")
    one.offer(dossier, TOWN.card, COMPARTMENTS)
    carry(one, town, dossier)
    carry(one, two, dossier)
    two.answer(dossier, REF, "Leiden")
    give_rows(two, town)
    state = state_at(town, dossier)
    for step in (RECEIVED, ACCEPTED):
        heads = {one.journal.device: one.journal.membership.heads(dossier)[one.journal.device]}
        state = state.after(next_statement(state, step, town.vault.device, heads=heads))

    town.journal.accept_logs([MembershipLog(state.statements)])
    assert _answers(town, dossier) == {"Haarlem"}
    assert _aside(town, dossier) == {(1, AFTER_HANDOVER)}


def test_rows_up_to_the_named_one_come_in_afterwards_in_any_order(one: Laptop, town: Laptop, tmp_path: Path) -> None:
    dossier = _handed_over(one, town)
    one.answer(dossier, REF, "Leiden")
    second = new_laptop(tmp_path / "second", TOWN, "Tweede")
    carry(town, second, dossier)
    give_keys(one, second)

    first, last, late = (row for row in one.rows() if row.dossier == dossier)
    assert give_rows(one, second, [first]).accepted == 0
    assert _aside(second, dossier) == {(1, AFTER_HANDOVER)}
    assert give_rows(one, second, [late]).accepted == 0
    assert give_rows(one, second, [last]).accepted == 2
    assert _aside(second, dossier) == {(3, AFTER_HANDOVER)}
    assert _answers(second, dossier) == {"Haarlem"}
    _close(second.vault, second)


@pytest.mark.parametrize("ahead", [0, 5])
def test_a_place_that_nobody_reached_gives_no_room_for_later_rows(
    one: Laptop, two: Laptop, town: Laptop, ahead: int
) -> None:
    dossier = one.new_dossier()
    one.offer(dossier, TOWN.card, COMPARTMENTS)
    carry(one, town, dossier)
    carry(one, two, dossier)
    town.answer(dossier, REF, "Haarlem")
    state = state_at(town, dossier)
    claimed = {town.journal.device: StreamCut(1 + ahead, bytes(32))}
    for step in (RECEIVED, RETURNED):
        state = state.after(next_statement(state, step, town.vault.device, heads=claimed))
    two.journal.accept_logs([MembershipLog(state.statements)])

    for value in ("Leiden", "Delft"):
        town.answer(dossier, REF, value)
        assert give_rows(town, two).accepted == 0
    assert _aside(two, dossier) == {(number, AFTER_HANDOVER) for number in (1, 2, 3)}
    assert REF not in two.journal.view(dossier).answers


def test_the_rows_of_who_never_was_in_the_case_wait_until_it_is(one: Laptop, two: Laptop, town: Laptop) -> None:
    dossier = one.new_dossier()
    carry(one, two, dossier)
    quietly = state_at(one, dossier)
    one.offer(dossier, TOWN.card, COMPARTMENTS)
    carry(one, town, dossier)
    town.answer(dossier, REF, "Haarlem")

    assert give_rows(town, two).accepted == 0
    assert _aside(two, dossier) == {(1, "records.not_member")}
    assert state_at(two, dossier) == quietly
    give_log(one, two, dossier)
    assert _aside(two, dossier) == set()
    assert _answers(two, dossier) == {"Haarlem"}


def test_rows_of_others_wait_for_the_log(one: Laptop, town: Laptop) -> None:
    dossier = one.new_dossier()
    one.offer(dossier, TOWN.card, COMPARTMENTS)
    give_rows(one, town)
    assert _aside(town, dossier) == {(1, "records.membership_unknown")}

    give_log(one, town, dossier)
    give_keys(one, town)
    assert _aside(town, dossier) == set()
    assert town.journal.view(dossier).name == "Selam"


def test_late_rows_come_in_when_the_case_is_offered_to_their_writer_again(one: Laptop, town: Laptop) -> None:
    dossier = _handed_over(one, town)
    one.answer(dossier, REF, "Leiden")
    give_rows(one, town)
    assert _aside(town, dossier) == {(3, AFTER_HANDOVER)}

    state = state_at(town, dossier)
    offered = next_statement(state, OFFERED, town.vault.device, own(one))
    assert town.journal.accept_logs([MembershipLog((*state.statements, offered))]).grown == (dossier,)
    assert _aside(town, dossier) == set()
    assert _answers(town, dossier) == {"Leiden"}


def test_rows_from_before_the_leaving_stay_however_the_log_goes_on(one: Laptop, town: Laptop) -> None:
    dossier = _handed_over(one, town)
    town.renew(dossier)

    assert town.journal.accept_logs([town.log(dossier)]).grown == (dossier,)
    assert _answers(town, dossier) == {"Haarlem"}
    assert _aside(town, dossier) == set()


def test_a_log_about_others_leaves_the_rows_that_are_here_alone(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    one.answer(dossier, REF, "Haarlem")
    carry(one, two, dossier)
    one.offer(dossier, VILLAGE.card)
    one.take(dossier, MembershipStep.WITHDRAWN, VILLAGE.card.id)

    assert give_log(one, two, dossier).grown == (dossier,)
    assert _answers(two, dossier) == {"Haarlem"}
    assert _aside(two, dossier) == set()


def _returned(one: Laptop, town: Laptop) -> DossierId:
    """Return a case that the town gave back, and in which it went on writing."""
    dossier = one.new_dossier()
    one.answer(dossier, REF, "Haarlem")
    one.offer(dossier, TOWN.card, COMPARTMENTS)
    carry(one, town, dossier)
    town.take(dossier, RECEIVED, own(town))
    town.take(dossier, RETURNED, own(town))
    town.answer(dossier, REF, "Leiden")
    carry(town, one, dossier)
    return dossier


@pytest.mark.parametrize("heard", [False, True])
def test_late_rows_that_came_in_with_an_offer_go_out_when_it_is_unsaid(
    one: Laptop, town: Laptop, *, heard: bool
) -> None:
    dossier, membership = _returned(one, town), one.journal.membership
    one.journal.accept_logs([one.log(dossier)])
    assert _answers(one, dossier) == {"Haarlem"}
    one.offer(dossier, TOWN.card)
    give_rows(town, one)
    assert _answers(one, dossier) == {"Leiden"}

    if heard:
        offered = state_at(one, dossier).statements[-1]
        membership.mark_sent([offered])
        assert membership.give_up(offered)
        assert not membership.give_up(offered)
    else:
        one.journal.append_all(dossier, (), CONTEXT, also=lambda: membership.take_back(dossier))
    assert _answers(one, dossier) == {"Haarlem"}
    assert {code for _sequence, code in _aside(one, dossier)} == {AFTER_HANDOVER}
    one.reopen()
    assert _answers(one, dossier) == {"Haarlem"}


def test_rows_that_came_in_with_an_offer_which_another_step_takes_the_place_of_go_out(
    one: Laptop, two: Laptop, town: Laptop
) -> None:
    dossier = one.new_dossier()
    one.journal.accept_logs([one.log(dossier)])
    carry(one, two, dossier)
    one.offer(dossier, TOWN.card, COMPARTMENTS)
    carry(one, town, dossier)
    town.answer(dossier, REF, "Leiden")
    give_rows(town, one)
    assert _answers(one, dossier) == {"Leiden"}
    two.offer(dossier, VILLAGE.card)

    assert one.journal.accept_logs([two.log(dossier)]).refused == ()
    assert REF not in one.journal.view(dossier).answers
    assert _aside(one, dossier) == {(1, "records.not_member")}
    assert one.journal.accept_logs([two.log(dossier)]).grown == ()


def _close(vault: Vault, laptop: Laptop) -> None:
    laptop.journal.close()
    vault.lock()
