"""Keys leave for another organisation once the server has the offer; which left is remembered."""

from desktop.records import CORE, HEALTH, KeyGrant, are_astray
from desktop.sync import outgoing
from protocol.identifiers import DossierId
from protocol.messages.membership import MembershipLog, MembershipStep
from tests.unit.records.cases import AZC, CONTEXT, Laptop
from tests.unit.records.membership.parties import TOWN, VILLAGE, state_at


def _waiting(laptop: Laptop) -> list[str]:
    return [wrap.recipient for wrap in laptop.journal.outbox.wraps_waiting(10)]


def test_keys_of_an_offer_wait_until_the_server_is_sure_to_have_it(one: Laptop) -> None:
    dossier = one.new_dossier()
    one.offer(dossier, TOWN.card)
    assert _waiting(one) == [AZC.card.id]
    one.journal.membership.land(one.journal.membership.let_go())
    assert _waiting(one) == [AZC.card.id]
    one.be_heard()
    assert _waiting(one) == [AZC.card.id, TOWN.card.id]


def test_keys_that_waited_between_others_are_sent_after_all(one: Laptop) -> None:
    dossier = one.new_dossier()
    one.offer(dossier, TOWN.card)
    other = one.new_dossier("Yonas")

    keys = outgoing.collect_keys(one.journal)
    assert keys is not None
    assert [(each.dossier, each.recipient) for each in keys.sets] == [(dossier, AZC.card.id), (other, AZC.card.id)]
    assert len(keys.held) == 1
    outgoing.settle_keys(one.journal, keys, (), AZC.card.id)
    assert _waiting(one) == []
    assert outgoing.collect_keys(one.journal) is None

    one.be_heard()
    (wrap,) = one.journal.outbox.wraps_waiting(10)
    assert (wrap.dossier, wrap.recipient) == (dossier, TOWN.card.id)


def test_keys_of_an_epoch_that_the_server_does_not_know_wait_too(one: Laptop) -> None:
    dossier = one.new_dossier()
    one.offer(dossier, TOWN.card)
    one.be_heard()
    keys = one.journal.keys
    one.take(dossier, MembershipStep.RENEWED, AZC.card.id, lambda: keys.export_wraps(dossier, [TOWN.card], since=2))

    def for_town() -> list[int]:
        return [wrap.epoch for wrap in one.journal.outbox.wraps_waiting(10) if wrap.recipient == TOWN.card.id]

    assert for_town() == [1]
    one.be_heard()
    assert for_town() == [1, 2]


def test_where_an_offer_is_given_up_its_keys_never_leave(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    two.journal.accept_logs([one.log(dossier)])
    two.journal.keys.import_wraps(one.wraps(AZC.card.id))
    two.journal.accept_rows(one.rows())
    one.be_heard()
    one.offer(dossier, VILLAGE.card)
    two.offer(dossier, TOWN.card)

    result = one.journal.accept_logs([MembershipLog(state_at(two, dossier).statements)])

    assert [each.recipient for each in result.given_up] == [VILLAGE.card.id]
    assert _waiting(one) == [AZC.card.id]
    assert one.journal.keys.given.all() == {}


def test_what_left_is_remembered_until_the_case_is_erased(one: Laptop) -> None:
    dossier, other = one.new_dossier(), one.new_dossier("Yonas")
    given = one.journal.keys.given
    one.offer(dossier, TOWN.card)
    one.be_heard()
    outgoing.collect_keys(one.journal)
    assert given.all() == {dossier: {TOWN.card.id: 1}}

    given.note([_grant(dossier, 3), _grant(dossier, 2), _grant(other, 1)])
    one.reopen()
    assert one.journal.keys.given.all() == {dossier: {TOWN.card.id: 3}, other: {TOWN.card.id: 1}}
    one.journal.erase(dossier, "test", CONTEXT, HEALTH)
    assert one.journal.keys.given.all().keys() == {dossier, other}
    one.journal.erase(dossier, "test", CONTEXT)
    assert one.journal.keys.given.all().keys() == {other}


def _grant(dossier: DossierId, epoch: int) -> KeyGrant:
    return KeyGrant(dossier, CORE, epoch, TOWN.card.id, b"")


def test_keys_are_astray_where_who_has_the_present_ones_is_not_in_the_case(one: Laptop) -> None:
    dossier = one.new_dossier()
    assert are_astray(state_at(one, dossier), {TOWN.card.id: 1})
    assert not are_astray(state_at(one, dossier), {})
    one.offer(dossier, TOWN.card)
    assert not are_astray(state_at(one, dossier), {TOWN.card.id: 1})
    assert are_astray(state_at(one, dossier), {TOWN.card.id: 1, VILLAGE.card.id: 1})
    one.renew(dossier)
    assert not are_astray(state_at(one, dossier), {TOWN.card.id: 1, VILLAGE.card.id: 1})
