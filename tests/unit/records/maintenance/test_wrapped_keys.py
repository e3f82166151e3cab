"""After a renewal every key is wrapped for the new one, once, by whichever laptop comes to it first."""

from pathlib import Path

import pytest

from desktop.records import CORE, HEALTH
from desktop.records.maintenance.copies import LEFT_OUT
from desktop.vault.trust.organisation import create_organisation, renewed
from protocol.certificates import MUNICIPALITY
from tests.unit.records.cases import AZC, CONTEXT, Laptop, new_journal, new_laptop, share

SECOND = renewed(AZC, 1)
TOWN = create_organisation("Gemeente Haarlem", MUNICIPALITY)
TOWN_SECOND = renewed(TOWN, 1)


def _left(laptop: Laptop) -> int:
    return laptop.journal.keys.wrapped.count_behind()


def _forget_sent(laptop: Laptop) -> None:
    """Count what was wrapped until now as sent."""
    waiting = laptop.journal.outbox.wraps_waiting(1000)
    laptop.journal.outbox.acknowledge_wraps(waiting[-1].position)


@pytest.fixture
def both(one: Laptop, two: Laptop) -> tuple[Laptop, Laptop]:
    """Return two laptops with three cases, which have the new key."""
    for name in ("Selam", "Ahmed", "Olena"):
        one.new_dossier(name)
    share(one, two)
    _forget_sent(one)
    for laptop in (one, two):
        laptop.vault.take_keys(SECOND.card, SECOND.wraps)
    return one, two


def test_before_the_first_renewal_nothing_is_behind_and_nothing_is_noted(one: Laptop) -> None:
    one.new_dossier()
    one.journal.keys.wrap_again(100)
    assert _left(one) == 0
    assert len(one.journal.outbox.wraps_waiting(100)) == 1
    assert one.journal._store.run("select count(*) from wrapped_keys") == [(0,)]


def test_a_journal_of_nobody_has_nothing_to_wrap(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    assert journal.keys.wrapped.count_behind() == 0
    journal.close()


def test_keys_are_wrapped_a_few_at_a_time_until_none_is_behind(both: tuple[Laptop, Laptop]) -> None:
    one, two = both
    assert (_left(one), _left(two)) == (3, 3)
    one.journal.keys.wrap_again(2)
    assert _left(one) == 1
    one.reopen()
    assert _left(one) == 1
    one.journal.keys.wrap_again(2)
    one.journal.keys.wrap_again(2)
    assert _left(one) == 0
    wraps = one.journal.outbox.wraps_waiting(100)
    assert len(wraps) == 3
    assert two.journal.keys.import_wraps(wraps).refused == ()
    assert _left(two) == 0
    two.journal.keys.wrap_again(100)
    assert two.journal.outbox.wraps_waiting(100) == ()


def test_what_a_colleague_gives_under_the_old_key_is_wrapped_too(both: tuple[Laptop, Laptop], tmp_path: Path) -> None:
    one, _two = both
    one.journal.keys.wrap_again(100)
    slow = new_laptop(tmp_path, AZC, "Drie")
    dossier = slow.new_dossier("Later")
    share(slow, one)
    assert _left(one) == 1
    one.journal.keys.wrap_again(100)
    assert [wrap.dossier for wrap in one.journal.outbox.wraps_waiting(100)][-1] == dossier
    share(slow, one)
    assert _left(one) == 0
    slow.journal.close()


def test_a_new_case_is_wrapped_for_the_new_key_at_once(both: tuple[Laptop, Laptop]) -> None:
    one, _two = both
    one.new_dossier("Later")
    assert _left(one) == 3


def test_each_laptop_begins_elsewhere(both: tuple[Laptop, Laptop]) -> None:
    for laptop in both:
        found = [dossier for dossier, *_rest in laptop.journal.keys.wrapped.behind(100)]
        start = laptop.vault.device.id
        assert found == sorted(found, key=lambda dossier: (dossier < start, dossier))


def test_a_second_renewal_begins_again(both: tuple[Laptop, Laptop]) -> None:
    one, _two = both
    one.journal.keys.wrap_again(100)
    third = renewed(SECOND, 2)
    one.vault.take_keys(third.card, third.wraps)
    assert _left(one) == 3


def test_a_municipality_wraps_both_parts_and_a_reception_location_the_core(tmp_path: Path, one: Laptop) -> None:
    town = new_laptop(tmp_path, TOWN)
    for laptop, root, parts in ((town, TOWN_SECOND, {CORE, HEALTH}), (one, SECOND, {CORE})):
        laptop.new_dossier()
        _forget_sent(laptop)
        laptop.vault.take_keys(root.card, root.wraps)
        laptop.journal.keys.wrap_again(100)
        assert {wrap.compartment for wrap in laptop.journal.outbox.wraps_waiting(100)} == parts
        assert _left(laptop) == 0
    town.journal.close()


def test_a_damaged_key_is_passed_over_and_no_run_waits_for_it(both: tuple[Laptop, Laptop]) -> None:
    one, two = both
    share(one, two)
    one.change("update dossier_keys set sealed = zeroblob(60) where compartment = 'core'")
    one.journal.keys.wrap_again(100)
    assert _left(one) == 0
    assert one.journal.outbox.wraps_waiting(100) == ()


def test_what_is_noted_leaves_with_the_case_and_is_in_no_backup(both: tuple[Laptop, Laptop]) -> None:
    one, _two = both
    one.journal.keys.wrap_again(100)
    dossier = one.journal.dossiers()[0]
    one.journal.erase(dossier, "azc_copy", CONTEXT)
    noted = one.journal._store.run("select dossier from wrapped_keys")
    assert len(noted) == 2
    assert (bytes.fromhex(dossier),) not in noted
    assert "wrapped_keys" in LEFT_OUT
