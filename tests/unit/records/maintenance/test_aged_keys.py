"""Which cases get fresh keys after the organisation's wrapping key was renewed, and when that is done."""

from collections.abc import Iterable

from desktop.records import CORE
from desktop.records.store.cursor_names import AGED_WAIT, aged_keys
from desktop.vault.trust.organisation import OrganisationRoot, create_organisation, renewed
from protocol.certificates import MUNICIPALITY
from protocol.identifiers import DossierId
from protocol.membership.state import DossierMembership
from tests.membership_logs import handed_over
from tests.unit.records.cases import AZC, CONTEXT, Laptop, new_laptop
from tests.unit.vault.people import MOMENT

TOWN = create_organisation("Gemeente Haarlem", MUNICIPALITY)


def _take(laptop: Laptop, root: OrganisationRoot) -> None:
    """Take a renewal in as a round does that read all there is."""
    laptop.journal.keys.aged.note_all()
    laptop.vault.take_keys(root.card, root.wraps)
    laptop.journal.keys.aged.begin()


def _named(due: Iterable[tuple[DossierId, DossierMembership]]) -> list[DossierId]:
    return [dossier for dossier, _state in due]


def test_nothing_is_due_before_a_renewal(laptop: Laptop) -> None:
    laptop.new_dossier()
    aged = laptop.journal.keys.aged
    aged.begin()
    assert (aged.due(10), aged.count_left()) == ((), 0)


def test_what_was_here_is_due_until_its_keys_are_fresh(laptop: Laptop) -> None:
    cases = {laptop.new_dossier() for _ in range(3)}
    _take(laptop, renewed(AZC, 1))
    later = laptop.new_dossier()
    aged = laptop.journal.keys.aged

    assert set(_named(aged.due(10))) == cases
    assert later not in cases
    assert len(aged.due(2)) == 2
    assert aged.count_left() == 3
    first = _named(aged.due(1))[0]
    laptop.renew(first)
    assert set(_named(aged.due(10))) == cases - {first}
    laptop.reopen()
    aged = laptop.journal.keys.aged
    assert aged.count_left() == 2
    for case in cases - {first}:
        laptop.renew(case)
    assert (aged.due(10), aged.count_left()) == ((), 0)


def test_nothing_is_due_while_there_is_more_to_read(laptop: Laptop) -> None:
    case = laptop.new_dossier()
    aged = laptop.journal.keys.aged
    aged.note_all()
    laptop.reopen()
    aged = laptop.journal.keys.aged
    assert (aged.due(10), aged.count_left()) == ((), 1)
    aged.begin()
    assert _named(aged.due(10)) == [case]
    assert laptop.journal.outbox.cursor(AGED_WAIT) == ""


def test_a_second_renewal_counts_the_fresh_keys_of_the_first_as_known_too(laptop: Laptop) -> None:
    case = laptop.new_dossier()
    first = renewed(AZC, 1)
    _take(laptop, first)
    laptop.renew(case)
    assert laptop.journal.keys.aged.due(10) == ()
    _take(laptop, renewed(first, 2))
    assert _named(laptop.journal.keys.aged.due(10)) == [case]


def test_what_a_colleague_still_gives_for_the_former_key_is_due_here(one: Laptop, two: Laptop) -> None:
    root = renewed(AZC, 1)
    _take(two, root)
    case = one.new_dossier()
    two.journal.accept_logs([one.log(case)])
    two.journal.keys.import_wraps(one.wraps(AZC.card.id))
    assert _named(two.journal.keys.aged.due(10)) == [case]

    _take(one, root)
    one.renew(case)
    two.journal.accept_logs([one.log(case)])
    two.journal.keys.import_wraps(one.wraps(AZC.card.id))
    assert (two.journal.keys.aged.due(10), two.journal.keys.aged.count_left()) == ((), 0)


def test_who_does_not_hold_the_case_leaves_it_to_who_does(one: Laptop) -> None:
    case = one.new_dossier()
    state = one.journal.membership.of(case)
    assert state is not None
    one.be_heard()

    town = new_laptop(one.vault.directory.parent / "town", TOWN, "Karim")
    one.journal.accept_logs([handed_over(state, TOWN.card.id, town.vault.device, MOMENT)])
    _take(one, renewed(AZC, 1))
    assert (one.journal.keys.aged.due(10), one.journal.keys.aged.count_left()) == ((), 0)
    town.journal.close()
    town.vault.lock()


def test_a_case_of_which_nothing_was_said_or_that_failed_is_left_until_the_next_opening(laptop: Laptop) -> None:
    silent, failing = laptop.new_dossier(), laptop.new_dossier()
    laptop.change("delete from statements where dossier = ?", bytes.fromhex(silent))
    _take(laptop, renewed(AZC, 1))
    aged = laptop.journal.keys.aged
    assert _named(aged.due(10)) == [failing]
    aged.set_aside(failing)
    assert (aged.due(10), aged.count_left()) == ((), 0)
    laptop.reopen()
    assert laptop.journal.keys.aged.count_left() == 2


def test_an_erased_case_is_due_no_more(laptop: Laptop) -> None:
    case = laptop.new_dossier()
    _take(laptop, renewed(AZC, 1))
    laptop.journal.erase(case, "azc_copy", CONTEXT)
    assert laptop.journal.outbox.cursor(aged_keys(case)) is None
    assert laptop.journal.keys.aged.count_left() == 0
    assert laptop.journal.compartments(laptop.new_dossier()) >= {CORE}
