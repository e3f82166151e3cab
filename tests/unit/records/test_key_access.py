"""Who may read what: which keys lie here, giving them once more, and grants whose bytes were changed."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.records import CORE, HEALTH
from desktop.records.attachments.sealed_content import AttachmentLabel, NewContent
from desktop.records.events.bodies import NoteWritten
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import MUNICIPALITY
from protocol.errors import UserError
from tests.unit.records.cases import AZC, CONTEXT, Laptop, new_laptop, share

TOWN = create_organisation("Gemeente Haarlem", MUNICIPALITY)


def _run(laptop: Laptop, statement: str) -> None:
    with laptop.journal._store.atomic():
        laptop.journal._store.run(statement)


def test_what_can_be_read_is_known_per_compartment_without_opening_anything(one: Laptop, two: Laptop) -> None:
    first, second = one.new_dossier(), one.new_dossier("Ahmed")
    share(one, two)
    assert one.journal.keys.readable(CORE) == one.journal.keys.readable(HEALTH) == {first, second}
    assert two.journal.keys.readable(CORE) == {first, second}
    assert two.journal.keys.readable(HEALTH) == frozenset()
    one.journal.erase(first, "health_key", CONTEXT, HEALTH)
    assert one.journal.keys.readable(CORE) == {first, second}
    assert one.journal.keys.readable(HEALTH) == {second}


def test_a_device_that_came_back_gives_its_colleagues_every_core_key_once_more(one: Laptop, two: Laptop) -> None:
    first, second = one.new_dossier(), one.new_dossier("Ahmed")
    one.renew(first)
    _run(one, "delete from wraps")
    one.journal.keys.give_again()
    wraps = one.journal.outbox.wraps_waiting(10)
    assert [(wrap.dossier, wrap.compartment, wrap.epoch) for wrap in wraps] == [
        (first, CORE, 1),
        (first, CORE, 2),
        (second, CORE, 1),
    ]
    assert {wrap.recipient for wrap in wraps} == {AZC.card.id}
    two.journal.accept_logs([one.log(first), one.log(second)])
    assert two.journal.keys.import_wraps(wraps).refused == ()
    two.journal.accept_rows(one.rows())
    assert [two.journal.view(dossier).name for dossier in (first, second)] == ["Selam", "Ahmed"]


def test_a_municipality_shares_the_health_key_with_its_own_devices(tmp_path: Path) -> None:
    town = new_laptop(tmp_path, TOWN)
    town.new_dossier()
    _run(town, "delete from wraps")
    town.journal.keys.give_again()
    assert [wrap.compartment for wrap in town.journal.outbox.wraps_waiting(10)] == [CORE, HEALTH]
    town.journal.close()


def test_a_changed_grant_for_colleagues_is_made_anew_and_one_for_others_is_left_out(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    one.offer(dossier, TOWN.card)
    one.be_heard()
    assert len(one.journal.outbox.wraps_waiting(10)) == 2
    _run(one, "update wraps set blob = zeroblob(80)")
    (again,) = one.journal.outbox.wraps_waiting(10)
    assert (again.recipient, again.compartment, again.epoch) == (AZC.card.id, CORE, 1)
    assert two.journal.keys.import_wraps([again]).refused == ()
    two.journal.accept_rows(one.rows())
    assert two.journal.view(dossier).name == "Selam"


def test_a_changed_grant_is_left_out_where_the_key_to_make_it_of_is_gone(one: Laptop) -> None:
    one.new_dossier()
    _run(one, "update wraps set blob = 'no longer bytes'")
    _run(one, "delete from dossier_keys where compartment = 'core'")
    one.reopen()
    assert one.journal.outbox.wraps_waiting(10) == ()


def test_a_key_to_something_erased_here_is_turned_away(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    share(one, two)
    wraps = one.journal.outbox.wraps_waiting(10)
    two.journal.erase(dossier, "azc_copy", CONTEXT)
    assert two.journal.keys.import_wraps(wraps).refused == tuple((wrap, "records.erased") for wrap in wraps)
    assert two.journal.keys.readable(CORE) == frozenset()


def test_no_epoch_begins_where_no_key_of_the_compartment_is_held(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    share(one, two)
    with pytest.raises(UserError, match=r"records\.no_key"):
        two.journal.keys.export_wraps(dossier, [AZC.card], [HEALTH])
    assert [wrap.epoch for wrap in two.journal.outbox.wraps_waiting(10)] == []


def test_nothing_is_sealed_under_keys_of_a_step_that_was_given_up(one: Laptop) -> None:
    dossier = one.new_dossier()
    one.renew(dossier)
    state = one.journal.membership.of(dossier)
    assert state is not None
    assert one.journal.append(dossier, NoteWritten("/intake/n", "eerst"), CONTEXT).epoch == 2

    assert one.journal.membership.give_up(state.statements[-1])

    assert one.journal.append(dossier, NoteWritten("/intake/n", "daarna"), CONTEXT).epoch == 1
    label, content = AttachmentLabel("", "brief"), NewContent("application/pdf", b"inhoud", b"")
    assert one.journal.attachments.begin(dossier, CORE, label, content).stream.epoch == 1


def test_a_key_to_a_part_that_does_not_exist_is_turned_away(one: Laptop, two: Laptop) -> None:
    one.new_dossier()
    share(one, two)
    (wrap,) = one.journal.outbox.wraps_waiting(10)
    invented = replace(wrap, compartment="verzonnen")
    assert two.journal.keys.import_wraps([invented]).refused == ((invented, "records.compartment_unknown"),)


def test_keys_that_a_colleague_made_are_wrapped_once_more_to_be_passed_on(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    share(one, two)
    assert two.journal.passing.grants(dossier, AZC.card.id) == ()
    for _ in range(2):
        two.journal.keys.share_with_colleagues([dossier])
        given = two.journal.passing.grants(dossier, AZC.card.id)
        assert [(wrap.compartment, wrap.epoch) for wrap in given] == [(CORE, 1)]
    assert one.journal.keys.import_wraps(given).refused == ()
    assert two.journal.membership.writers.organisation_of(one.journal.device) == AZC.card.id


def test_keys_of_an_epoch_are_named_without_opening_any(one: Laptop) -> None:
    dossier = one.new_dossier()
    one.renew(dossier)
    keys = one.journal.keys
    assert [len(keys.ids_of(dossier, epoch)) for epoch in (1, 2, 3)] == [2, 2, 0]
    assert not set(keys.ids_of(dossier, 1)) & set(keys.ids_of(dossier, 2))


def test_who_can_read_nothing_of_a_dossier_begins_no_epoch_in_it(one: Laptop, two: Laptop) -> None:
    dossier = one.new_dossier()
    two.journal.accept_logs([one.log(dossier)])
    two.journal.accept_rows(one.rows())
    with two.journal._store.atomic(), pytest.raises(UserError, match=r"records\.no_key"):
        two.journal.keys.begin_epoch(dossier, 2)
    assert two.journal.keys.ids_of(dossier, 2) == ()
