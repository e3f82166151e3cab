"""Where a log stands: which step may follow which, whose it is, and what it makes of members, epochs and rows."""

from typing import Any

import pytest
from msgspec.structs import replace

from protocol.errors import UserError
from protocol.identifiers import OrganisationId
from protocol.limits import LONGEST_HANDOVER, MOST_STATEMENTS
from protocol.membership.state import DossierMembership, begin_membership, membership_of, visible_to
from protocol.messages.membership import NO_PREDECESSOR, MembershipStep, digest_of
from tests.membership_logs import created, next_statement
from tests.unit.protocol.membership.logs import (
    ACCEPTED,
    CENTRE,
    DEVICE,
    DOSSIER,
    MOMENT,
    OFFERED,
    REACHED,
    RECEIVED,
    RENEWED,
    RETURNED,
    TOWN,
    VILLAGE,
    WITHDRAWN,
    log_of,
    then,
)

FIRST = created(DOSSIER, CENTRE, DEVICE, MOMENT).statements[0]
MAY_FOLLOW = {
    (): {OFFERED, RENEWED},
    (RENEWED,): {OFFERED, RENEWED},
    (OFFERED,): {RECEIVED, WITHDRAWN, RENEWED},
    (OFFERED, RENEWED): {RECEIVED, WITHDRAWN, RENEWED},
    (OFFERED, RECEIVED): {ACCEPTED, RETURNED, RENEWED},
    (OFFERED, RECEIVED, RENEWED): {ACCEPTED, RETURNED, RENEWED},
    (OFFERED, RECEIVED, ACCEPTED): {OFFERED, RENEWED},
    (OFFERED, RECEIVED, RETURNED): {OFFERED, RENEWED},
    (OFFERED, WITHDRAWN): {OFFERED, RENEWED},
}


@pytest.mark.parametrize("step", MembershipStep)
@pytest.mark.parametrize("steps", MAY_FOLLOW, ids="-".join)
def test_only_these_steps_follow(steps: tuple[MembershipStep, ...], step: MembershipStep) -> None:
    state = log_of(*steps)
    statement = next_statement(state, step, DEVICE, VILLAGE if step is OFFERED else None)

    if step in MAY_FOLLOW[steps]:
        assert state.after(statement).statements[-1] == statement
        return
    with pytest.raises(UserError, match=r"membership\.wrong_step") as caught:
        state.after(statement)
    assert caught.value.details == {"step": state.statements[-1].step.value}


def test_a_step_that_begins_no_epoch_names_no_keys() -> None:
    keys = ("0" * 16, "1" * 16)

    with pytest.raises(UserError, match=r"membership\.wrong_step"):
        log_of().after(next_statement(log_of(), OFFERED, DEVICE, TOWN, keys=keys))
    renewed = log_of().after(next_statement(log_of(), RENEWED, DEVICE, keys=keys))
    assert renewed.keys == {1: frozenset(), 2: frozenset(keys)}
    assert begin_membership(replace(FIRST, keys=keys)).keys == {1: frozenset(keys)}


@pytest.mark.parametrize("away", [-1, 1, 2])
@pytest.mark.parametrize("steps", [(OFFERED,), (OFFERED, WITHDRAWN), (RENEWED,), (OFFERED, RECEIVED, ACCEPTED)])
def test_an_epoch_that_is_not_the_one_that_follows_is_refused(steps: tuple[MembershipStep, ...], away: int) -> None:
    before = log_of(*steps[:-1])
    last = log_of(*steps).statements[-1]

    with pytest.raises(UserError, match=r"membership\.wrong_step"):
        before.after(replace(last, epoch=last.epoch + away))


@pytest.mark.parametrize(
    ("steps", "epoch"),
    [
        ((), 1),
        ((OFFERED,), 1),
        ((OFFERED, RECEIVED), 1),
        ((OFFERED, RECEIVED, RETURNED), 1),
        ((OFFERED, RECEIVED, ACCEPTED), 2),
        ((OFFERED, WITHDRAWN), 2),
        ((RENEWED, RENEWED), 3),
        ((OFFERED, RENEWED, RECEIVED, RENEWED, ACCEPTED), 4),
    ],
)
def test_keys_are_fresh_once_a_case_is_accepted_withdrawn_or_renewed(
    steps: tuple[MembershipStep, ...], epoch: int
) -> None:
    assert log_of(*steps).epoch == epoch


@pytest.mark.parametrize(
    ("steps", "step", "changes"),
    [
        ((), OFFERED, {"organisation": VILLAGE, "recipient": TOWN}),
        ((), OFFERED, {"recipient": CENTRE}),
        ((), RENEWED, {"recipient": TOWN}),
        ((), RENEWED, {"organisation": TOWN, "recipient": TOWN}),
        ((OFFERED,), RENEWED, {"organisation": TOWN, "recipient": TOWN}),
        ((OFFERED,), RENEWED, {"recipient": TOWN}),
        ((OFFERED,), RECEIVED, {"organisation": CENTRE}),
        ((OFFERED,), RECEIVED, {"organisation": VILLAGE, "recipient": VILLAGE}),
        ((OFFERED,), WITHDRAWN, {"organisation": TOWN}),
        ((OFFERED,), WITHDRAWN, {"recipient": VILLAGE}),
        ((OFFERED,), WITHDRAWN, {"recipient": CENTRE}),
        ((OFFERED, RECEIVED), ACCEPTED, {"organisation": CENTRE}),
        ((OFFERED, RECEIVED), ACCEPTED, {"recipient": CENTRE}),
        ((OFFERED, RECEIVED), RETURNED, {"organisation": VILLAGE, "recipient": VILLAGE}),
        ((OFFERED, RECEIVED, ACCEPTED), OFFERED, {"organisation": CENTRE, "recipient": VILLAGE}),
        ((OFFERED, RECEIVED, ACCEPTED), RENEWED, {"organisation": CENTRE, "recipient": CENTRE}),
        ((OFFERED, RECEIVED, RETURNED), RENEWED, {"organisation": TOWN, "recipient": TOWN}),
    ],
)
def test_a_step_of_another_organisation_is_refused(
    steps: tuple[MembershipStep, ...],
    step: MembershipStep,
    changes: dict[str, Any],
) -> None:
    state = log_of(*steps)
    statement = next_statement(state, step, DEVICE, TOWN if step is OFFERED else None)

    with pytest.raises(UserError, match=r"membership\.not_yours"):
        state.after(replace(statement, **changes))


@pytest.mark.parametrize("changes", [{"number": 1}, {"number": 3}, {"dossier": "b" * 32}])
def test_a_statement_out_of_its_place_is_a_gap(changes: dict[str, Any]) -> None:
    state = log_of()

    with pytest.raises(UserError, match=r"membership\.gap"):
        state.after(next_statement(state, RENEWED, DEVICE, **changes))


def test_a_statement_after_another_predecessor_is_a_fork() -> None:
    one, other = log_of(OFFERED), log_of(OFFERED, recipient=VILLAGE)

    with pytest.raises(UserError, match=r"membership\.forked"):
        one.after(next_statement(other, RECEIVED, DEVICE))
    with pytest.raises(UserError, match=r"membership\.forked"):
        one.after(next_statement(one, RECEIVED, DEVICE, previous=NO_PREDECESSOR))


@pytest.mark.parametrize("heads", [bytes(55), bytes(112)])
def test_broken_heads_are_refused(heads: bytes) -> None:
    state = log_of()

    with pytest.raises(UserError, match=r"sync\.message_broken"):
        state.after(replace(next_statement(state, RENEWED, DEVICE), heads=heads))
    with pytest.raises(UserError, match=r"sync\.message_broken"):
        begin_membership(replace(FIRST, heads=heads))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": 2}, "membership.gap"),
        ({"previous": b"\1" * 32}, "membership.gap"),
        ({"step": RENEWED}, "membership.wrong_step"),
        ({"step": OFFERED, "recipient": TOWN}, "membership.wrong_step"),
        ({"recipient": TOWN}, "membership.wrong_step"),
    ],
)
def test_nothing_else_begins_a_log(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(UserError) as caught:
        begin_membership(replace(FIRST, **changes))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("steps", "holder", "members"),
    [
        ((), CENTRE, {CENTRE}),
        ((OFFERED,), CENTRE, {CENTRE, TOWN}),
        ((OFFERED, RECEIVED), CENTRE, {CENTRE, TOWN}),
        ((OFFERED, RECEIVED, ACCEPTED), TOWN, {TOWN}),
        ((OFFERED, RECEIVED, RETURNED), CENTRE, {CENTRE}),
        ((OFFERED, WITHDRAWN), CENTRE, {CENTRE}),
    ],
)
def test_a_member_holds_the_case_or_is_offered_it(
    steps: tuple[MembershipStep, ...], holder: OrganisationId, members: set[OrganisationId]
) -> None:
    state = log_of(*steps)

    assert (state.holder, set(state.members)) == (holder, members)
    assert [state.was_member(each) for each in (CENTRE, TOWN, VILLAGE)] == [True, bool(steps), False]


@pytest.mark.parametrize(
    ("steps", "givers"),
    [
        ((), {1: {CENTRE}}),
        ((OFFERED,), {1: {CENTRE, TOWN}}),
        ((OFFERED, WITHDRAWN), {1: {CENTRE, TOWN}, 2: {CENTRE}}),
        ((OFFERED, RECEIVED, ACCEPTED), {1: {CENTRE, TOWN}, 2: {TOWN}}),
        ((OFFERED, RECEIVED, RETURNED, RENEWED), {1: {CENTRE, TOWN}, 2: {CENTRE}}),
        ((RENEWED, OFFERED), {1: {CENTRE}, 2: {CENTRE, TOWN}}),
    ],
)
def test_keys_are_given_by_who_was_a_member_in_their_epoch(
    steps: tuple[MembershipStep, ...], givers: dict[int, set[OrganisationId]]
) -> None:
    state = log_of(*steps)

    for epoch in range(5):
        taken = {each for each in (CENTRE, TOWN, VILLAGE) if state.may_give(each, epoch)}
        assert taken == givers.get(epoch, set())


@pytest.mark.parametrize(
    ("steps", "out"),
    [
        ((OFFERED, RECEIVED, ACCEPTED), CENTRE),
        ((OFFERED, RECEIVED, RETURNED), TOWN),
        ((OFFERED, WITHDRAWN), TOWN),
    ],
)
def test_who_goes_out_wrote_up_to_what_the_statement_names(
    steps: tuple[MembershipStep, ...], out: OrganisationId
) -> None:
    assert log_of(*steps).cuts == {out: REACHED}
    assert then(log_of(*steps), (RENEWED,)).cuts == {out: REACHED}


def test_who_is_offered_the_case_again_has_no_cut_and_nobody_else_loses_theirs() -> None:
    gone = log_of(OFFERED, RECEIVED, RETURNED)
    to_another = then(gone, (OFFERED,), VILLAGE)
    assert to_another.cuts == {TOWN: REACHED}

    again = then(then(to_another, (WITHDRAWN,)), (OFFERED,))
    assert again.cuts == {VILLAGE: REACHED}
    assert then(again, (RECEIVED, RETURNED)).cuts == {VILLAGE: REACHED, TOWN: REACHED}


def test_a_log_folds_to_the_same_place_all_at_once() -> None:
    state = then(log_of(RENEWED, OFFERED, RECEIVED, ACCEPTED), (OFFERED, WITHDRAWN), CENTRE)

    assert membership_of(state.statements) == state


@pytest.mark.parametrize(
    ("organisation", "seen"),
    [(CENTRE, 4), (TOWN, 7), (VILLAGE, 6)],
)
def test_a_former_member_sees_the_log_up_to_what_was_about_it(organisation: OrganisationId, seen: int) -> None:
    state = _passed_on()
    shown = visible_to(organisation, state.statements)

    assert shown == state.statements[:seen]
    assert membership_of(shown).was_member(organisation)


def test_who_never_was_in_a_case_sees_nothing_of_its_log() -> None:
    with pytest.raises(UserError, match=r"membership\.gap"):
        visible_to(VILLAGE, log_of(OFFERED, RECEIVED).statements)


def test_a_member_sees_the_whole_log() -> None:
    state = log_of(OFFERED)
    assert visible_to(TOWN, state.statements) == visible_to(CENTRE, state.statements) == state.statements


def _passed_on() -> DossierMembership:
    """Return a case that went to the town, which offered it to the village, took it back, and renewed its keys."""
    return then(then(log_of(OFFERED, RECEIVED, ACCEPTED), (OFFERED, WITHDRAWN), VILLAGE), (RENEWED,))


def test_an_offer_is_made_only_where_all_that_it_can_lead_to_has_room() -> None:
    state = log_of(*[RENEWED] * (MOST_STATEMENTS - LONGEST_HANDOVER - 1))
    last = then(state, (OFFERED, RECEIVED, RETURNED))
    assert then(last, (RENEWED,)).statements[-1].number == MOST_STATEMENTS

    for full, step in ((then(state, (RENEWED,)), OFFERED), (then(last, (RENEWED,)), RENEWED)):
        with pytest.raises(UserError, match=r"membership\.log_full"):
            full.after(next_statement(full, step, DEVICE, VILLAGE if step is OFFERED else None))


def test_fresh_keys_during_a_handover_leave_room_for_its_end() -> None:
    state = then(log_of(*[RENEWED] * (MOST_STATEMENTS - LONGEST_HANDOVER - 2)), (OFFERED, RENEWED))
    assert then(state, (RECEIVED, RETURNED, RENEWED)).statements[-1].number == MOST_STATEMENTS

    with pytest.raises(UserError, match=r"membership\.log_full"):
        state.after(next_statement(state, RENEWED, DEVICE))


def test_fresh_keys_during_a_handover_are_for_both_and_change_nothing_else() -> None:
    before = log_of(OFFERED)
    after = then(before, (RENEWED,))

    assert (after.transfer, after.members, after.holder) == (before.transfer, before.members, CENTRE)
    assert [after.may_give(each, 2) for each in (CENTRE, TOWN, VILLAGE)] == [True, True, False]
    assert visible_to(TOWN, after.statements) == after.statements
    assert then(after, (RECEIVED, ACCEPTED)).holder == TOWN


def test_digests_that_are_known_need_not_be_counted_again() -> None:
    state = log_of(OFFERED, RECEIVED)
    known = [digest_of(each) for each in state.statements]

    assert membership_of(state.statements, known) == state
    with pytest.raises(UserError, match=r"membership\.forked"):
        membership_of(state.statements, [bytes(32), *known[1:]])
