"""What this laptop says of its dossiers: begun, taken, on its way, unsaid, given up and said again."""

from datetime import timedelta
from pathlib import Path

import pytest

from desktop.records import StepToTake
from desktop.records.membership.membership_records import MembershipRecords
from desktop.records.membership.own_statements import LogPlace, sign_step
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId, new_id
from protocol.limits import LONGEST_HANDOVER, MOST_HEADS, MOST_STATEMENTS
from protocol.messages.membership import MembershipLog, MembershipStatement, MembershipStep
from protocol.messages.message import from_bytes, to_bytes
from protocol.messages.stream_cuts import StreamCut, pack_cuts
from tests.membership_logs import next_statement
from tests.unit.records.cases import AZC, CONTEXT, Laptop, new_journal, share
from tests.unit.records.membership.parties import TOWN, VILLAGE, carry, own, state_at
from tests.unit.vault.people import MOMENT

OFFERED, RECEIVED, RENEWED = MembershipStep.OFFERED, MembershipStep.RECEIVED, MembershipStep.RENEWED


def _log(laptop: Laptop) -> MembershipRecords:
    return laptop.journal.membership


def _offered(laptop: Laptop) -> DossierId:
    dossier = laptop.new_dossier()
    laptop.offer(dossier, TOWN.card)
    return dossier


def _take_back(laptop: Laptop, dossier: DossierId) -> bool:
    told: list[bool] = []
    laptop.journal.append_all(dossier, (), CONTEXT, also=lambda: told.append(_log(laptop).take_back(dossier)))
    return told[0]


def _steps(statements: tuple[MembershipStatement, ...]) -> list[MembershipStep]:
    return [each.step for each in statements]


def test_a_new_dossier_is_said_to_be_made_here_under_its_first_keys(one: Laptop) -> None:
    dossier = one.new_dossier()
    one.reopen()

    state = state_at(one, dossier)
    assert (state.holder, set(state.members), state.epoch) == (AZC.card.id, {AZC.card.id}, 1)
    assert state.statements[0].heads == b""
    assert _log(one).all() == {dossier: state}
    assert _log(one).waiting() == state.statements
    assert _log(one).is_waiting(dossier)
    assert _log(one).transfer(dossier) is None


def test_a_vault_of_nobody_says_nothing_and_can_say_nothing(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    dossier = journal.create_dossier("Selam", ("ti",), CONTEXT)

    assert journal.membership.of(dossier) is None
    assert journal.membership.transfer(dossier) is None
    assert not journal.membership.is_waiting(dossier)
    with pytest.raises(UserError, match=r"vault\.no_organisation"):
        journal.membership.begin_late(dossier, MOMENT, 1, ())
    with pytest.raises(UserError, match=r"records\.membership_unknown"):
        journal.membership.take(dossier, StepToTake(RENEWED, TOWN.card.id, (), MOMENT))
    journal.close()


def test_a_step_speaks_for_every_row_that_is_here_and_for_the_open_compartments(one: Laptop) -> None:
    dossier = one.new_dossier()
    one.answer(dossier, "/a", "1")
    one.clock.moment += timedelta(hours=1)
    one.take(dossier, OFFERED, TOWN.card.id)

    said = state_at(one, dossier).statements[-1]
    heads = _log(one).heads(dossier)
    assert heads[one.journal.device].sequence == len(one.rows())
    assert said.heads == pack_cuts(heads)
    assert (said.compartments, said.moment) == (("core", "health"), one.clock.now())


def test_a_step_that_cannot_follow_is_not_taken(one: Laptop) -> None:
    dossier = _offered(one)

    with pytest.raises(UserError, match=r"membership\.wrong_step"):
        one.take(dossier, OFFERED, TOWN.card.id)
    assert state_at(one, dossier).statements[-1].step is OFFERED
    with pytest.raises(UserError, match=r"membership\.not_yours"):
        one.take(dossier, RECEIVED, TOWN.card.id)
    with pytest.raises(UserError, match=r"records\.membership_unknown"):
        _log(one).take(DossierId(new_id()), StepToTake(RENEWED, AZC.card.id, (), MOMENT))


def test_a_step_whose_company_fails_was_never_taken(one: Laptop) -> None:
    dossier = one.new_dossier()

    def fail() -> None:
        assert state_at(one, dossier).statements[-1].step is OFFERED
        raise UserError("records.no_key")

    with pytest.raises(UserError, match=r"records\.no_key"):
        one.take(dossier, OFFERED, TOWN.card.id, fail)
    assert _steps(state_at(one, dossier).statements) == [MembershipStep.CREATED]
    one.reopen()
    assert _steps(_log(one).waiting()) == [MembershipStep.CREATED]


def test_an_older_dossier_gets_its_first_statement_once(one: Laptop) -> None:
    dossier = one.new_dossier()
    one.change("delete from statements")
    assert _log(one).all() == {}

    _log(one).begin_late(dossier, MOMENT, 0, ())
    assert _log(one).of(dossier) is None
    _log(one).begin_late(dossier, MOMENT, 3, ["ab" * 8])
    said = state_at(one, dossier).statements
    assert [(each.epoch, each.keys) for each in said] == [(3, ("ab" * 8,))]
    _log(one).begin_late(dossier, MOMENT, 4, ())
    assert state_at(one, dossier).statements == said


def test_a_dossier_that_others_wrote_in_is_not_claimed(one: Laptop, town: Laptop) -> None:
    dossier = _offered(one)
    carry(one, town, dossier)
    town.change("delete from statements")

    assert town.journal.membership.writers.all() == {one.journal.device: AZC.card.id}
    _log(town).begin_late(dossier, MOMENT, 1, ())
    assert _log(town).of(dossier) is None


def test_what_nobody_heard_is_unsaid_from_the_newest_on(one: Laptop) -> None:
    dossier = _offered(one)

    assert _take_back(one, dossier)
    assert state_at(one, dossier).transfer is None
    assert _take_back(one, dossier)
    assert _log(one).of(dossier) is None
    assert not _take_back(one, dossier)


def test_what_is_on_its_way_is_not_unsaid(one: Laptop) -> None:
    dossier = _offered(one)

    assert _steps(_log(one).let_go()) == [MembershipStep.CREATED, OFFERED]
    assert not _take_back(one, dossier)
    _log(one).land([])
    assert _take_back(one, dossier)


def test_what_somebody_may_have_heard_is_not_unsaid_and_is_still_to_be_sent(one: Laptop) -> None:
    dossier = _offered(one)
    went_out = _log(one).let_go()
    _log(one).land(went_out)
    one.reopen()

    assert not _take_back(one, dossier)
    assert _log(one).waiting() == went_out
    _log(one).mark_sent(went_out)
    assert _log(one).is_waiting(dossier)


def test_what_the_server_says_it_has_is_not_sent_again(one: Laptop) -> None:
    dossier = _offered(one)
    one.journal.accept_logs([one.log(dossier)])

    assert _log(one).waiting() == ()
    assert not _log(one).is_waiting(dossier)
    assert not _take_back(one, dossier)
    _log(one).mark_sent(state_at(one, dossier).statements)
    assert _log(one).waiting() == ()


def test_what_a_bundle_tells_of_a_step_the_server_may_still_have_to_hear(one: Laptop) -> None:
    dossier = _offered(one)

    result = one.journal.accept_logs([one.log(dossier)], from_server=False)
    assert result.grown == (dossier,)
    assert _log(one).waiting() == state_at(one, dossier).statements
    assert not _take_back(one, dossier)
    assert one.journal.accept_logs([one.log(dossier)], from_server=False).grown == ()


def test_what_is_never_taken_is_forgotten_with_all_that_follows(one: Laptop) -> None:
    dossier = _offered(one)
    one.take(dossier, MembershipStep.WITHDRAWN, TOWN.card.id)
    created, offered, withdrawn = state_at(one, dossier).statements

    assert _log(one).give_up(offered)
    assert state_at(one, dossier).statements == (created,)
    assert not _log(one).give_up(offered)
    assert not _log(one).give_up(withdrawn)
    one.journal.accept_logs([one.log(dossier)])
    assert not _log(one).give_up(created)


def test_after_the_server_came_back_from_a_copy_only_own_steps_are_said_again(one: Laptop, town: Laptop) -> None:
    dossier = _offered(one)
    carry(one, town, dossier)
    town.take(dossier, RECEIVED, own(town))
    town.journal.accept_logs([town.log(dossier)])
    assert _log(town).waiting() == ()

    for _ in range(2):
        town.journal.append_all(dossier, (), CONTEXT, also=_log(town).send_again)
        assert _steps(_log(town).waiting()) == [RECEIVED]


def test_two_dossiers_wait_in_the_order_in_which_they_were_heard_of(one: Laptop) -> None:
    first, second = one.new_dossier(), one.new_dossier("Ahmed")
    one.offer(first, VILLAGE.card)

    assert [(each.dossier, each.number) for each in _log(one).waiting()] == [(first, 1), (first, 2), (second, 1)]


def test_a_row_is_compared_by_its_digest_and_one_that_is_not_here_proves_nothing(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    one.answer(dossier, "/health", "1", "health")
    share(one, two)
    device, head = one.journal.device, _log(one).heads(dossier)[one.journal.device]

    assert _log(two).matches(dossier, device, head)
    assert not _log(two).matches(dossier, device, head._replace(digest=bytes(32)))
    assert not _log(two).matches(dossier, device, head._replace(sequence=head.sequence + 1, digest=bytes(32)))
    assert _log(two).last_rows(dossier, "health") == {device: head.sequence}
    assert _log(two).last_rows(dossier, "core") == {device: head.sequence - 1}


def test_a_step_that_could_not_be_read_again_is_not_written(one: Laptop) -> None:
    dossier = one.new_dossier()
    state = state_at(one, dossier)
    while len(state.statements) <= MOST_STATEMENTS - LONGEST_HANDOVER:
        state = state.after(next_statement(state, RENEWED, one.vault.device))
    one.journal.accept_logs([MembershipLog(state.statements)])

    with pytest.raises(UserError, match=r"membership\.log_full"):
        one.offer(dossier, TOWN.card)
    for _ in range(LONGEST_HANDOVER - 1):
        one.take(dossier, RENEWED, own(one))
    with pytest.raises(UserError, match=r"membership\.log_full"):
        one.take(dossier, RENEWED, own(one))
    before = state_at(one, dossier)
    one.reopen()
    assert len(before.statements) == MOST_STATEMENTS
    assert state_at(one, dossier) == before


def test_more_streams_than_a_statement_can_name_are_not_written_down(one: Laptop) -> None:
    dossier = one.new_dossier()
    streams = {DeviceId(f"{number:032x}"): StreamCut(1, bytes(32)) for number in range(MOST_HEADS + 1)}
    step, place = _step(OFFERED, TOWN.card.id), LogPlace(2, state_at(one, dossier).newest, 1)

    with pytest.raises(UserError, match=r"membership\.too_many_streams") as caught:
        sign_step(one.vault, dossier, step, place, streams)
    assert caught.value.details == {"count": str(MOST_HEADS)}
    streams.popitem()
    most = sign_step(one.vault, dossier, step, place, streams)
    assert from_bytes(MembershipStatement, to_bytes(most)) == most


def test_a_log_of_which_only_the_beginning_was_said_is_not_opened_to_find_what_was_handed_over(one: Laptop) -> None:
    made, offered = one.new_dossier(), _offered(one)

    assert _log(one).dossiers() == {made, offered}
    assert _log(one).handed_over() == {offered: state_at(one, offered)}


def test_a_statement_that_says_no_known_state_ends_what_is_read(one: Laptop) -> None:
    dossier = _offered(one)
    for value in (7, "text"):
        one.change("update statements set state = ? where number = 2", value)
        assert _steps(state_at(one, dossier).statements) == [MembershipStep.CREATED]


def test_when_a_statement_came_in_is_kept_and_does_not_change(one: Laptop, town: Laptop) -> None:
    dossier = _offered(one)
    town.clock.moment += timedelta(days=2)
    carry(one, town, dossier)
    came = {1: town.clock.now(), 2: town.clock.now()}
    assert _log(town).received_at(dossier) == came
    town.clock.moment += timedelta(days=2)
    town.take(dossier, RECEIVED, own(town))
    carry(one, town, dossier)
    town.reopen()
    assert _log(town).received_at(dossier) == {**came, 3: town.clock.now()}

    town.change("update statements set received = case number when 1 then 0 when 2 then 9e15 else 'text' end")
    assert _log(town).received_at(dossier) == {}


def _step(step: MembershipStep, recipient: OrganisationId) -> StepToTake:
    return StepToTake(step, recipient, (), MOMENT)
