"""Logs that come in: they only grow, the server's order holds, and what lies here damaged is mended by the next one."""

import pytest

from desktop.vault.trust.organisation import OrganisationRoot
from protocol.identifiers import DeviceId, DossierId
from protocol.messages.membership import MembershipLog, MembershipStep
from tests.membership_logs import created, next_statement
from tests.unit.records.cases import AZC, CONTEXT, Laptop, share
from tests.unit.records.membership.parties import TOWN, VILLAGE, carry, give_log, own, state_at
from tests.unit.vault.people import MOMENT

OFFERED, RECEIVED = MembershipStep.OFFERED, MembershipStep.RECEIVED
ACCEPTED, RETURNED = MembershipStep.ACCEPTED, MembershipStep.RETURNED
FORKED = ("membership.forked",)


def _shared(one: Laptop, two: Laptop) -> DossierId:
    """Return a dossier whose first statement the server, `one` and `two` have."""
    dossier = one.new_dossier()
    one.journal.accept_logs([one.log(dossier)])
    share(one, two)
    return dossier


def test_what_was_heard_lies_here_still_after_opening_again(one: Laptop, town: Laptop) -> None:
    dossier = one.new_dossier()
    one.offer(dossier, TOWN.card)

    result = give_log(one, town, dossier)
    assert (result.grown, result.refused, result.given_up) == ((dossier,), (), ())
    assert give_log(one, town, dossier).grown == ()
    town.reopen()
    assert state_at(town, dossier) == state_at(one, dossier)
    assert town.journal.membership.waiting() == ()


def test_an_older_log_takes_nothing_back(one: Laptop, two: Laptop) -> None:
    dossier = _shared(one, two)
    older = one.log(dossier)
    one.offer(dossier, TOWN.card)
    two.journal.accept_logs([one.log(dossier)])

    assert two.journal.accept_logs([older]).grown == ()
    assert state_at(two, dossier) == state_at(one, dossier)
    one.journal.accept_logs([older])
    assert [each.step for each in one.journal.membership.waiting()] == [OFFERED]


def test_of_two_steps_at_once_the_one_the_server_took_holds(one: Laptop, two: Laptop) -> None:
    dossier = _shared(one, two)
    one.offer(dossier, TOWN.card)
    two.offer(dossier, VILLAGE.card)
    two.take(dossier, MembershipStep.WITHDRAWN, VILLAGE.card.id)
    lost = state_at(two, dossier).statements[1:]

    result = two.journal.accept_logs([one.log(dossier)])
    assert (result.grown, result.given_up) == ((dossier,), lost)
    assert state_at(two, dossier) == state_at(one, dossier)
    assert two.journal.membership.waiting() == ()


def test_what_is_known_is_not_given_up_for_another_past(one: Laptop, two: Laptop) -> None:
    dossier = _shared(one, two)
    one.offer(dossier, TOWN.card)
    two.offer(dossier, VILLAGE.card)
    one.journal.accept_logs([one.log(dossier)])
    two.journal.accept_logs([two.log(dossier)])
    before = state_at(one, dossier)
    one.take(dossier, MembershipStep.WITHDRAWN, TOWN.card.id)

    assert one.journal.accept_logs([two.log(dossier)]).refused == FORKED
    assert state_at(one, dossier).statements[:-1] == before.statements
    assert one.journal.membership.is_waiting(dossier)


def test_a_log_of_another_beginning_is_another_past(one: Laptop, town: Laptop) -> None:
    dossier = one.new_dossier()
    one.journal.accept_logs([one.log(dossier)])
    invented = created(dossier, TOWN.card.id, town.vault.device, MOMENT)

    assert one.journal.accept_logs([MembershipLog(invented.statements)]).refused == FORKED
    assert state_at(one, dossier).holder == AZC.card.id


@pytest.mark.parametrize(
    ("step", "author", "code"),
    [
        (RECEIVED, None, "membership.wrong_step"),
        (OFFERED, VILLAGE, "membership.not_yours"),
        (MembershipStep.RENEWED, TOWN, "membership.not_yours"),
    ],
)
def test_a_log_with_a_step_that_cannot_be_is_refused_as_a_whole(
    one: Laptop, two: Laptop, step: MembershipStep, author: OrganisationRoot | None, code: str
) -> None:
    dossier, sound = one.new_dossier(), one.new_dossier("Ahmed")
    state = state_at(one, dossier)
    recipient = TOWN.card.id if step is OFFERED else None
    statement = next_statement(state, step, one.vault.device, recipient, organisation=(author or AZC).card.id)
    log = MembershipLog((*state.statements, statement))

    result = two.journal.accept_logs([log, one.log(sound)])
    assert (result.grown, result.refused) == ((sound,), (code,))
    assert two.journal.membership.of(dossier) is None


def test_an_offer_of_a_revoked_device_counts_once_the_recipient_went_on_from_it(one: Laptop, two: Laptop) -> None:
    dossier = _shared(one, two)
    one.offer(dossier, VILLAGE.card)
    revoked = (one.journal.device,)

    assert two.journal.accept_logs([one.log(dossier)], revoked).refused == ("trust.device_revoked",)
    assert state_at(two, dossier).open_transfer is None
    state = state_at(one, dossier)
    received = next_statement(state, RECEIVED, one.vault.device)
    assert two.journal.accept_logs([MembershipLog((*state.statements, received))], revoked).refused == ()
    assert state_at(two, dossier).members == {AZC.card.id, VILLAGE.card.id}


def test_an_offer_that_was_heard_before_its_device_was_revoked_stays(one: Laptop, two: Laptop) -> None:
    dossier = _shared(one, two)
    one.offer(dossier, VILLAGE.card)
    two.journal.accept_logs([one.log(dossier)])

    assert two.journal.accept_logs([one.log(dossier)], (one.journal.device,)).refused == ()
    assert state_at(two, dossier).open_transfer is not None


def test_a_former_member_hears_no_more_and_is_offered_the_case_again_with_all_that_was_said(
    one: Laptop, town: Laptop
) -> None:
    dossier = one.new_dossier()
    one.offer(dossier, TOWN.card)
    carry(one, town, dossier)
    town.take(dossier, RECEIVED, own(town))
    town.take(dossier, RETURNED, own(town))
    carry(town, one, dossier)
    give_log(one, town, dossier)
    one.renew(dossier)
    one.offer(dossier, VILLAGE.card)

    assert give_log(one, town, dossier).grown == ()
    assert town.log(dossier).statements == one.log(dossier).statements[:4]
    one.take(dossier, MembershipStep.WITHDRAWN, VILLAGE.card.id)
    one.offer(dossier, TOWN.card)
    assert give_log(one, town, dossier).grown == (dossier,)
    assert town.log(dossier) == one.log(dossier)


def test_a_log_of_an_erased_dossier_is_left_where_it_is(one: Laptop, two: Laptop) -> None:
    dossier = _shared(one, two)

    two.journal.erase(dossier, "azc_copy", CONTEXT)
    assert two.journal.membership.of(dossier) is None
    assert two.journal.accept_logs([one.log(dossier)]).grown == ()
    assert two.journal.membership.of(dossier) is None


@pytest.mark.parametrize(
    "damage",
    [
        "update statements set sealed = zeroblob(80) where number = 2",
        "update statements set sealed = 'no longer bytes' where number = 2",
        "update statements set sealed = (select sealed from statements where number = 3) where number = 2",
        "update statements set number = 'two' where number = 2",
        "delete from statements where number = 2",
        "delete from statements",
    ],
)
def test_what_lies_here_damaged_is_mended_by_the_next_log(one: Laptop, town: Laptop, damage: str) -> None:
    dossier = one.new_dossier()
    one.offer(dossier, TOWN.card)
    carry(one, town, dossier)
    town.take(dossier, RECEIVED, own(town))
    town.journal.accept_logs([town.log(dossier)])
    whole = town.log(dossier)
    town.change(damage)

    kept = town.journal.membership.of(dossier)
    assert (kept.statements if kept else ()) in {whole.statements[:1], ()}
    assert town.journal.accept_logs([whole]).grown == (dossier,)
    town.reopen()
    assert town.log(dossier) == whole
    assert town.journal.membership.waiting() == ()


def test_writers_are_kept_by_organisation_and_those_of_the_own_one_are_not(one: Laptop, town: Laptop) -> None:
    membership = town.journal.membership
    stranger = DeviceId("7" * 32)

    membership.writers.learn({one.journal.device: AZC.card.id, town.journal.device: TOWN.card.id})
    membership.writers.learn({one.journal.device: AZC.card.id, stranger: VILLAGE.card.id})
    membership.writers.learn({stranger: VILLAGE.card.id})
    expected = {one.journal.device: AZC.card.id, stranger: VILLAGE.card.id}
    assert membership.writers.all() == expected
    town.reopen()
    assert town.journal.membership.writers.all() == expected
    town.change("update writers set organisation = 'no bytes' where device = ?", bytes.fromhex(stranger))
    assert town.journal.membership.writers.all() == {one.journal.device: AZC.card.id}
