"""What a former member wrote after it left is counted by organisation, as far as it is an entry."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.records import CORE, HEALTH, AnswerGiven
from desktop.records.events.bodies import CaseViewed
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import MUNICIPALITY
from protocol.directory import Directory
from protocol.identifiers import DossierId
from protocol.messages.membership import MembershipLog, MembershipStep
from tests.unit.records.cases import AZC, CONTEXT, Laptop, new_laptop
from tests.unit.vault.people import MOMENT

TOWN = create_organisation("Gemeente Haarlem", MUNICIPALITY)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Laptop]:
    made = new_laptop(tmp_path / "town", TOWN)
    yield made
    made.journal.close()
    made.vault.lock()


@pytest.fixture
def dossier(one: Laptop, town: Laptop) -> DossierId:
    """A case of `one` that `town` holds now."""
    made = one.new_dossier()
    one.offer(made, TOWN.card)
    carry(one, town)
    town.take(made, MembershipStep.RECEIVED, TOWN.card.id)
    town.take(made, MembershipStep.ACCEPTED, TOWN.card.id)
    return made


def carry(giver: Laptop, taker: Laptop) -> None:
    taker.journal.accept_logs(MembershipLog(state.statements) for state in giver.journal.membership.all().values())
    directory = Directory(TOWN.card.id, 1, MOMENT, (AZC.card, TOWN.card), ())
    taker.journal.keys.import_wraps(giver.wraps(TOWN.card.id), directory)
    taker.journal.accept_rows(giver.rows(), {giver.vault.device.id: AZC.card.id})


def late_rows(one: Laptop, town: Laptop) -> None:
    town.journal.accept_rows(one.rows(), {one.vault.device.id: AZC.card.id})


def test_entries_after_the_handover_are_counted_by_organisation(one: Laptop, town: Laptop, dossier: DossierId) -> None:
    assert town.journal.late_entries(dossier) == {}
    one.answer(dossier, "/a", "late")
    one.journal.append(dossier, AnswerGiven("/b", "given", "late"), CONTEXT, HEALTH)

    late_rows(one, town)

    assert town.journal.late_entries(dossier) == {AZC.card.id: 2}
    assert one.journal.late_entries(dossier) == {}


def test_that_a_key_was_let_go_or_somebody_looked_is_no_entry(one: Laptop, town: Laptop, dossier: DossierId) -> None:
    one.journal.erase(dossier, "health_key", CONTEXT, HEALTH)
    one.journal.append(dossier, CaseViewed(), CONTEXT)
    one.answer(dossier, "/a", "late")

    late_rows(one, town)

    assert [each.code for each in town.journal.quarantined(dossier)] == ["records.after_handover"] * 3
    assert town.journal.late_entries(dossier) == {AZC.card.id: 1}


def test_what_does_not_open_is_counted(one: Laptop, town: Laptop, dossier: DossierId) -> None:
    one.answer(dossier, "/a", "late")
    late_rows(one, town)

    town.change("update quarantine set sealed = x'00'")

    assert town.journal.late_entries(dossier) == {AZC.card.id: 1}


def test_what_is_apart_for_another_reason_is_not_counted(one: Laptop, town: Laptop, dossier: DossierId) -> None:
    one.answer(dossier, "/a", "late")
    late_rows(one, town)

    town.change("update quarantine set code = 'records.row_gap'")

    assert town.journal.late_entries(dossier) == {}
    assert CORE in town.journal.compartments(dossier)
