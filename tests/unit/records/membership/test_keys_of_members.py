"""Whose keys are taken, to whom they are given, and when one that was let go comes back."""

import pytest

from desktop.records import COMPARTMENTS, CORE, HEALTH, KeyGrant
from protocol.certificates import OrganisationCard
from protocol.errors import UserError
from protocol.identifiers import DossierId
from protocol.messages.membership import MembershipLog, MembershipStep
from tests.membership_logs import next_statement
from tests.unit.records.cases import AZC, CONTEXT, Laptop
from tests.unit.records.membership.parties import TOWN, VILLAGE, carry, give_keys, give_log, own, state_at

OFFERED, RECEIVED = MembershipStep.OFFERED, MembershipStep.RECEIVED
ACCEPTED, RETURNED = MembershipStep.ACCEPTED, MembershipStep.RETURNED
REF = "/zorg/medicatie"


def _offered(one: Laptop, town: Laptop) -> DossierId:
    dossier = one.new_dossier()
    one.answer(dossier, REF, "geen", HEALTH)
    one.offer(dossier, TOWN.card, COMPARTMENTS)
    carry(one, town, dossier)
    return dossier


def _received(one: Laptop, town: Laptop) -> DossierId:
    """Return a case that the town received and of which the centre let the health key go."""
    dossier = _offered(one, town)
    town.take(dossier, RECEIVED, own(town))
    carry(town, one, dossier)
    one.journal.erase(dossier, "health_key", CONTEXT, HEALTH)
    return dossier


def _give_back(town: Laptop, dossier: DossierId, card: OrganisationCard) -> tuple[KeyGrant, ...]:
    given: list[KeyGrant] = []
    town.take(
        dossier,
        RETURNED,
        own(town),
        lambda: given.extend(town.journal.keys.export_wraps(dossier, [card], COMPARTMENTS)),
    )
    return tuple(given)


def _codes(refused: tuple[tuple[KeyGrant, str], ...]) -> set[str]:
    return {code for _grant, code in refused}


def test_keys_are_given_to_members_alone(one: Laptop) -> None:
    dossier = one.new_dossier()

    with pytest.raises(UserError, match=r"records\.not_member"):
        one.journal.keys.export_wraps(dossier, [TOWN.card])
    with pytest.raises(UserError, match=r"records\.not_member"):
        one.offer(dossier, VILLAGE.card) and one.journal.keys.export_wraps(dossier, [TOWN.card])
    assert one.journal.keys.export_wraps(dossier, [VILLAGE.card])
    one.take(dossier, MembershipStep.WITHDRAWN, VILLAGE.card.id)
    with pytest.raises(UserError, match=r"records\.not_member"):
        one.journal.keys.export_wraps(dossier, [VILLAGE.card])


def test_where_nothing_was_said_keys_stay_in_the_organisation(one: Laptop) -> None:
    dossier = one.new_dossier()
    one.change("delete from statements")

    assert one.journal.keys.export_wraps(dossier, [AZC.card])
    with pytest.raises(UserError, match=r"records\.not_member"):
        one.journal.keys.export_wraps(dossier, [TOWN.card])


def test_a_key_given_to_nobody_is_withdrawn(one: Laptop) -> None:
    dossier = one.new_dossier()
    given = one.offer(dossier, TOWN.card, COMPARTMENTS)
    assert {wrap.recipient for wrap in given} == {TOWN.card.id}

    also = lambda: one.journal.keys.withdraw_wraps(dossier, TOWN.card.id)  # noqa: E731
    one.journal.append_all(dossier, (), CONTEXT, also=also)
    assert one.wraps(TOWN.card.id) == ()
    assert {wrap.recipient for wrap in one.journal.outbox.wraps_waiting(10)} == {AZC.card.id}


def test_before_the_log_is_known_no_key_of_another_organisation_is_taken(one: Laptop, town: Laptop) -> None:
    dossier = one.new_dossier()
    one.offer(dossier, TOWN.card)

    assert _codes(give_keys(one, town).refused) == {"records.membership_unknown"}
    give_log(one, town, dossier)
    assert give_keys(one, town).refused == ()
    assert town.journal.keys.readable(CORE) == {dossier}


def test_an_epoch_that_nothing_began_is_not_taken_even_of_the_holder(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    carry(one, two, dossier)
    one.renew(dossier)

    assert _codes(give_keys(one, two).refused) == {"records.epoch_ahead"}
    assert two.journal.keys.newest_epoch(dossier) == 1
    give_log(one, two, dossier)
    assert give_keys(one, two).refused == ()
    assert two.journal.keys.newest_epoch(dossier) == 2


def test_a_former_member_gives_no_keys_of_an_epoch_in_which_it_was_none(one: Laptop, two: Laptop, town: Laptop) -> None:
    """The town makes the log of its own that it needs to give a key of the next epoch; the others know better."""
    dossier = _offered(one, town)
    carry(one, two, dossier)
    withdrawn = state_at(one, dossier).after(
        next_statement(state_at(one, dossier), MembershipStep.WITHDRAWN, one.vault.device)
    )
    two.journal.accept_logs([MembershipLog(withdrawn.statements)])
    town.take(dossier, RECEIVED, own(town))
    town.take(dossier, ACCEPTED, own(town))
    state = state_at(town, dossier)
    town.journal.accept_logs(
        [MembershipLog((*state.statements, next_statement(state, OFFERED, town.vault.device, AZC.card.id)))]
    )

    forged = town.journal.keys.export_wraps(dossier, [AZC.card])
    assert {wrap.epoch for wrap in forged} == {1, 2}
    refused = give_keys(town, two, forged).refused
    assert [(wrap.epoch, code) for wrap, code in refused] == [(2, "records.giver_not_member")]
    assert two.journal.keys.newest_epoch(dossier) == 1


def test_the_health_key_of_a_case_that_was_returned_comes_back_and_lifts_the_tombstone(
    one: Laptop, town: Laptop
) -> None:
    dossier = _received(one, town)
    assert one.journal.compartments(dossier) == {CORE}
    given = _give_back(town, dossier, AZC.card)

    assert _codes(give_keys(town, one, given).refused) == {"records.erased"}
    give_log(town, one, dossier)
    assert give_keys(town, one, given).refused == ()
    assert one.journal.compartments(dossier) == {CORE, HEALTH}
    assert one.journal.erasures.tombstones() == ()
    assert REF in one.journal.view(dossier).answers


def test_replayed_keys_bring_nothing_back_after_the_case_was_received_once_more(one: Laptop, town: Laptop) -> None:
    dossier = _received(one, town)
    given = _give_back(town, dossier, AZC.card)
    carry(town, one, dossier)
    give_keys(town, one, given)
    one.renew(dossier)
    one.offer(dossier, TOWN.card, COMPARTMENTS)
    carry(one, town, dossier)
    town.take(dossier, RECEIVED, own(town))
    carry(town, one, dossier)
    one.journal.erase(dossier, "health_key", CONTEXT, HEALTH)

    replayed = give_keys(town, one, given)
    assert {(wrap.compartment, code) for wrap, code in replayed.refused} == {(HEALTH, "records.erased")}
    town.take(dossier, ACCEPTED, own(town))
    give_log(town, one, dossier)
    replayed = give_keys(town, one, given)
    assert {(wrap.compartment, code) for wrap, code in replayed.refused} == {(HEALTH, "records.erased")}
    assert one.journal.compartments(dossier) == {CORE}
    assert len(one.journal.erasures.tombstones()) == 1
