from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.records import HEALTH, ConflictSettled, SealedRow
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import MUNICIPALITY
from protocol.directory import Directory
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId
from protocol.messages.membership import MembershipStep
from tests.examples import examples
from tests.unit.records.cases import AZC, CONTEXT, Laptop, interleavings, new_laptop, share
from tests.unit.vault.people import MOMENT

TOWN = create_organisation("Gemeente Haarlem", MUNICIPALITY)
KNOWN = Directory(TOWN.card.id, 1, MOMENT, (TOWN.card, AZC.card), ())


def test_a_new_device_of_the_organisation_gets_the_whole_dossier(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    one.answer(dossier, "/a", "1")
    share(one, two)
    assert two.journal.view(dossier) == one.journal.view(dossier)
    again = two.journal.accept_rows(one.rows())
    assert (again.accepted, again.quarantined, bool(again.changes)) == (0, (), False)


def test_two_devices_that_answered_offline_both_keep_their_answer(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    share(one, two)
    one.answer(dossier, "/a", "hier")
    two.answer(dossier, "/a", "daar")
    share(one, two)
    share(two, one)
    for laptop in (one, two):
        assert laptop.journal.view(dossier).conflicts() == ("/a",)
        assert {entry.value for entry in laptop.journal.view(dossier).answers["/a"]} == {"hier", "daar"}
    one.journal.append(dossier, ConflictSettled("/a", "given", "daar", "navraag"), CONTEXT)
    share(one, two)
    for laptop in (one, two):
        laptop.reopen()
        assert laptop.journal.view(dossier).conflicts() == ()
        assert laptop.journal.view(dossier).answers["/a"][0].text == "daar"


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=st.lists(st.booleans(), min_size=20, max_size=20), batches=st.integers(1, 20))
def test_rows_may_come_in_any_order_and_any_batches(
    tmp_path_factory: pytest.TempPathFactory, choices: list[bool], batches: int
) -> None:
    root = tmp_path_factory.mktemp("any")
    first, second, third = (new_laptop(root, AZC, name) for name in ("1", "2", "3"))
    dossier = first.new_dossier()
    share(first, second)
    for number in range(4):
        first.answer(dossier, "/a", f"1.{number}")
        second.answer(dossier, "/a", f"2.{number}")
    second.journal.accept_rows(first.rows())
    second.answer(dossier, "/a", "samen")
    first.journal.accept_rows(second.rows())
    rows = interleavings(list(first.rows()), list(second.rows()), iter([*choices, *[True] * 100]))
    rows = rows[batches:] + rows[:batches]
    third.journal.keys.import_wraps(first.journal.outbox.wraps_waiting(10))
    for at in range(0, len(rows), batches):
        third.journal.accept_rows(rows[at : at + batches])
    assert third.journal.view(dossier) == first.journal.view(dossier)
    assert third.journal.quarantined(dossier) == ()
    for laptop in (first, second, third):
        laptop.journal.close()


def test_rows_without_a_key_are_kept_and_open_once_the_key_is_there(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    one.answer(dossier, "/a", "1")
    result = two.journal.accept_rows(one.rows())
    assert (result.accepted, result.quarantined) == (2, ())
    assert (two.journal.view(dossier).hidden, two.journal.view(dossier).name) == ({"core": 2}, "")
    with pytest.raises(UserError, match=r"records\.no_key"):
        two.answer(dossier, "/a", "2")
    two.journal.keys.import_wraps(one.journal.outbox.wraps_waiting(10))
    assert two.journal.view(dossier) == one.journal.view(dossier)


def test_health_stays_on_the_device_that_asked_and_shows_that_it_is_there(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    one.answer(dossier, "/gezondheid", "goed", HEALTH)
    share(one, two)
    assert two.journal.compartments(dossier) == {"core"}
    assert two.journal.view(dossier).hidden == {HEALTH: 1}
    assert "/gezondheid" not in two.journal.view(dossier).answers
    assert two.answer(dossier, "/a", "1").seen == {one.vault.device.id: 1}


def test_a_row_that_does_not_fit_is_set_aside_and_the_rest_goes_on(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    share(one, two)
    for number in range(3):
        one.answer(dossier, "/a", str(number))
        two.answer(dossier, "/b", str(number))
    rows = list(one.rows())
    broken = replace(rows[2], sealed=rows[2].sealed[:-1] + bytes((rows[2].sealed[-1] ^ 1,)))
    result = two.journal.accept_rows([*rows[:2], broken, rows[3]])
    assert [(item.sequence, item.code) for item in result.quarantined] == [
        (3, "records.row_damaged"),
        (4, "records.row_gap"),
    ]
    view = two.journal.view(dossier)
    assert (view.answers["/a"][0].text, view.answers["/b"][0].text) == ("0", "2")
    healed = two.journal.accept_rows([rows[2]])
    assert healed.accepted == 2
    assert two.journal.view(dossier).answers["/a"][0].text == "2"
    two.reopen()
    assert two.journal.view(dossier).answers["/a"][0].text == "2"


def test_a_second_version_of_a_row_is_a_fork_and_the_first_stays(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    one.answer(dossier, "/a", "1")
    share(one, two)
    forged = replace(one.rows()[1], sealed=one.rows()[1].sealed + b"x")
    result = two.journal.accept_rows([forged])
    assert [item.code for item in result.quarantined] == ["records.row_fork"]
    assert two.journal.view(dossier) == one.journal.view(dossier)
    assert [item.code for item in two.journal.quarantined(dossier)] == ["records.row_fork"]


def test_a_row_moved_to_another_dossier_or_device_is_refused(one: Laptop, two: Laptop) -> None:
    dossier, other = one.new_dossier(), one.new_dossier()
    share(one, two)
    row = one.rows()[0]
    for moved in (replace(row, dossier=other), replace(row, device=DeviceId("e" * 32))):
        result = two.journal.accept_rows([moved])
        assert result.accepted == 0
        assert len(result.quarantined) == 1
    assert two.journal.view(dossier) == one.journal.view(dossier)


_ROWS = st.builds(
    SealedRow,
    dossier=st.one_of(st.text(max_size=4), st.just("1" * 32)).map(DossierId),
    compartment=st.text(max_size=40),
    epoch=st.integers(-1, 2**40),
    device=st.one_of(st.text(max_size=4), st.just("2" * 32)).map(DeviceId),
    sequence=st.integers(-1, 2**70),
    previous=st.binary(max_size=33),
    sealed=st.binary(max_size=60),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(_ROWS, max_size=4))
def test_no_rows_from_outside_can_raise_or_be_shown(one: Laptop, rows: list[SealedRow]) -> None:
    result = one.journal.accept_rows(rows)
    assert result.accepted + len(result.quarantined) <= len(rows)
    assert all(one.journal.view(dossier).answers == {} for dossier in one.journal.dossiers())


def test_a_row_without_end_is_refused(one: Laptop) -> None:
    row = SealedRow(DossierId("1" * 32), "core", 1, DeviceId("2" * 32), 1, bytes(32), bytes(5 * 1024 * 1024))
    assert [item.code for item in one.journal.accept_rows([row]).quarantined] == ["records.row_too_large"]
    assert one.journal.dossiers() == ()


def test_a_broken_row_of_ones_own_is_mended_by_the_copy_from_elsewhere(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    for number in range(4):
        one.answer(dossier, "/a", str(number))
    share(one, two)
    copies = one.rows()
    one.journal._store._connection.execute("update events set sealed = x'00' where sequence = 3")
    one.reopen()
    assert [(item.sequence, item.count) for item in one.journal.quarantined(dossier)] == [(3, 3)]
    assert one.journal.view(dossier).answers["/a"][0].text == "0"
    with pytest.raises(UserError, match=r"records\.stream_broken"):
        one.answer(dossier, "/a", "nieuw")
    assert one.journal.accept_rows(copies).accepted == 1
    assert one.journal.view(dossier) == two.journal.view(dossier)
    assert one.answer(dossier, "/a", "nieuw").sequence == 6
    assert [item.code for item in one.journal.quarantined(dossier)] == ["records.row_repaired"]


def test_the_handover_gives_the_keys_and_after_it_the_sender_reads_no_further(one: Laptop, tmp_path: Path) -> None:
    town = new_laptop(tmp_path, TOWN, "Consulent")
    dossier = one.new_dossier()
    one.answer(dossier, "/a", "1")
    one.answer(dossier, "/gezondheid", "goed", HEALTH)
    wraps = one.offer(dossier, TOWN.card, ["core", "health"])
    town.journal.accept_logs([one.log(dossier)])
    assert town.journal.keys.import_wraps(wraps).refused == tuple(
        (wrap, "trust.organisation_unknown") for wrap in wraps
    )
    assert town.journal.keys.import_wraps(wraps, KNOWN).refused == ()
    town.journal.accept_rows(one.rows(), {one.vault.device.id: AZC.card.id})
    assert town.journal.view(dossier) == one.journal.view(dossier)
    one.journal.erase(dossier, "health_key", CONTEXT, HEALTH)
    assert one.journal.compartments(dossier) == {"core"}
    assert one.journal.view(dossier).hidden == {HEALTH: 1}
    assert one.journal.view(dossier).dropped == {(one.vault.device.id, HEALTH)}
    town.take(dossier, MembershipStep.RECEIVED, TOWN.card.id)
    town.take(dossier, MembershipStep.ACCEPTED, TOWN.card.id)
    written = town.answer(dossier, "/b", "alleen gemeente")
    assert written.epoch == 2
    one.journal.accept_logs([town.log(dossier)])
    one.journal.accept_rows(town.rows(), {town.vault.device.id: TOWN.card.id})
    assert one.journal.view(dossier).hidden == {HEALTH: 1, "core": 1}
    assert "/b" not in one.journal.view(dossier).answers
    colleague = new_laptop(tmp_path, TOWN, "Collega")
    colleague.journal.accept_logs([town.log(dossier)])
    colleague.journal.keys.import_wraps(town.journal.outbox.wraps_waiting(100))
    colleague.journal.keys.import_wraps(wraps, KNOWN)
    colleague.journal.accept_rows([*one.rows()[:3], *town.rows()], {one.vault.device.id: AZC.card.id})
    assert colleague.journal.view(dossier).answers["/b"][0].text == "alleen gemeente"
    for laptop in (town, colleague):
        laptop.journal.close()


def test_wraps_wait_until_they_are_acknowledged(one: Laptop) -> None:
    dossier = one.new_dossier()
    (own,) = one.journal.outbox.wraps_waiting(10)
    assert (own.dossier, own.compartment, own.epoch, own.recipient) == (dossier, "core", 1, AZC.card.id)
    one.journal.outbox.acknowledge_wraps(own.position)
    assert one.journal.outbox.wraps_waiting(10) == ()
    one.offer(dossier, TOWN.card)
    one.be_heard()
    assert [wrap.recipient for wrap in one.journal.outbox.wraps_waiting(10)] == [TOWN.card.id]


def test_keys_that_cannot_be_given_are_told(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    share(one, two)
    with pytest.raises(UserError, match=r"records\.no_key"):
        two.offer(dossier, TOWN.card, [HEALTH])
    two.journal.erase(dossier, "health_key", CONTEXT, "core")
    with pytest.raises(UserError, match=r"records\.no_key"):
        two.renew(dossier)


def test_two_devices_that_start_an_epoch_at_once_still_read_each_other(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    share(one, two)
    one.renew(dossier)
    two.renew(dossier)
    one.answer(dossier, "/a", "1")
    two.answer(dossier, "/b", "2")
    share(one, two)
    share(two, one)
    assert one.journal.view(dossier) == two.journal.view(dossier)
    assert one.journal.quarantined(dossier) == two.journal.quarantined(dossier) == ()


def test_a_wrap_for_somebody_else_or_with_changed_bytes_is_refused(one: Laptop, two: Laptop) -> None:
    one.new_dossier()
    (wrap,) = one.journal.outbox.wraps_waiting(1)
    bad = (
        replace(wrap, recipient=TOWN.card.id),
        replace(wrap, blob=wrap.blob[:-2]),
        replace(wrap, epoch=2),
        replace(wrap, dossier=DossierId("4" * 32)),
    )
    refused = two.journal.keys.import_wraps([*bad, wrap]).refused
    assert [item for item, _ in refused] == list(bad)
    assert {code for _, code in refused} <= {"trust.wrap_damaged", "trust.not_signed"}


def test_a_key_given_by_a_revoked_device_is_refused(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    wraps = one.journal.outbox.wraps_waiting(10)
    revoking = Directory(AZC.card.id, 2, MOMENT, (AZC.card,), (one.vault.device.id,))

    assert two.journal.keys.import_wraps(wraps, revoking).refused == tuple(
        (wrap, "trust.device_revoked") for wrap in wraps
    )
    with pytest.raises(UserError, match=r"records\.dossier_unknown"):
        two.journal.view(dossier)
    assert two.journal.keys.import_wraps(wraps, Directory(AZC.card.id, 1, MOMENT, (AZC.card,), ())).refused == ()


def test_a_row_in_a_part_that_does_not_exist_is_kept_apart(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    one.answer(dossier, "/a", "1")
    one.answer(dossier, "/a", "2")
    first, second, third = one.rows()
    two.journal.accept_logs([one.log(dossier)])

    result = two.journal.accept_rows([first, second, replace(third, compartment="verzonnen")])
    assert (result.accepted, [each.code for each in result.quarantined]) == (2, ["records.compartment_unknown"])
    assert two.journal.view(dossier).hidden == {"core": 2}
    assert [each.code for each in two.journal.quarantined(dossier)] == ["records.compartment_unknown"]
    assert two.journal.accept_rows([third]).accepted == 1
