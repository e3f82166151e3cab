"""A check of the whole file looks at every membership log, and names what is wrong by row and code."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from desktop.records.maintenance.verification import IntegrityFinding, IntegrityReport
from desktop.records.membership.statement_table import StatementState, StatementTable
from desktop.services.backups.integrity_check import IntegrityCheck
from desktop.vault.revocations import DIRECTORY_NOTE
from protocol.canonical import canonical_bytes, parse_canonical
from protocol.directory import Directory, sign_directory
from protocol.identifiers import DeviceId, DossierId
from protocol.messages.membership import MembershipStatement, MembershipStep
from tests.membership_logs import next_statement, signed
from tests.unit.records.cases import AZC, Laptop, new_journal
from tests.unit.records.membership.parties import TOWN, carry, own, state_at, town_laptop
from tests.unit.vault.people import MOMENT


def _check(laptop: Laptop) -> IntegrityReport:
    return IntegrityCheck(laptop.journal).whole(lambda _looked: None)


def _put(laptop: Laptop, statement: MembershipStatement) -> None:
    journal = laptop.journal
    with journal._store.atomic():
        StatementTable(journal._store, laptop.vault).write(statement, StatementState.KNOWN, MOMENT)


def _findings(laptop: Laptop) -> list[tuple[str, str, tuple[int, ...], DossierId | None, int]]:
    return [(each.table, each.code, each.rows, each.dossier, each.sequence) for each in _check(laptop).findings]


def _offered(laptop: Laptop) -> DossierId:
    dossier = laptop.new_dossier()
    laptop.offer(dossier, TOWN.card)
    return dossier


def test_logs_that_are_whole_are_counted(one: Laptop) -> None:
    _offered(one)
    one.new_dossier("Ahmed")

    report = _check(one)
    assert (report.good, report.statements, report.unproven) == (True, 3, 0)


def test_what_others_said_is_proven_where_their_chain_leads_to_a_root_that_is_known(
    one: Laptop, tmp_path: Path
) -> None:
    town = town_laptop(tmp_path)
    dossier = _offered(one)
    carry(one, town, dossier)
    assert (_check(town).good, _check(town).unproven) == (True, 2)

    chain = canonical_bytes(one.vault.membership.chain.to_json())
    town.journal.passing.keep_chains({one.journal.device: chain})
    assert _check(town).unproven == 2
    known = Directory(TOWN.card.id, 1, MOMENT, (TOWN.card, AZC.card), ())
    town.vault.put(DIRECTORY_NOTE, parse_canonical(sign_directory(TOWN.root, known)))
    assert (_check(town).good, _check(town).unproven) == (True, 0)

    town.journal.passing.keep_chains({one.journal.device: canonical_bytes(town.vault.membership.chain.to_json())})
    assert _check(town).unproven == 2
    town.journal.close()


@pytest.mark.parametrize(
    ("change", "rows", "number"),
    [
        ("update statements set sealed = zeroblob(200) where number = 2", (2, 3), 2),
        ("update statements set sealed = 'text' where number = 1", (1, 2, 3), 1),
        ("update statements set state = 9 where number = 3", (3,), 3),
    ],
)
def test_a_damaged_statement_is_named_with_those_after_it(
    one: Laptop, change: str, rows: tuple[int, ...], number: int
) -> None:
    dossier = _offered(one)
    one.take(dossier, MembershipStep.WITHDRAWN, TOWN.card.id)
    one.change(change)

    assert _findings(one) == [("statements", "records.statement_damaged", rows, dossier, number)]
    assert not _check(one).good


def test_a_statement_that_is_missing_and_one_that_belongs_nowhere_are_named(one: Laptop) -> None:
    dossier = _offered(one)
    one.take(dossier, MembershipStep.WITHDRAWN, TOWN.card.id)
    one.change("delete from statements where number = 2")
    assert _findings(one) == [("statements", "membership.gap", (3,), dossier, 2)]

    one.change("update statements set dossier = 'lost' where number = 3")
    assert _findings(one) == [("statements", "records.statement_damaged", (3,), None, 0)]


def test_a_statement_of_another_hand_or_organisation_is_named(one: Laptop, two: Laptop) -> None:
    dossier = _offered(one)
    begun = state_at(one, dossier).statements[0]
    offered = state_at(one, dossier).statements[1]

    _put(one, replace(offered, signature=bytes(64)))
    assert _findings(one) == [("statements", "records.statement_not_signed", (3,), dossier, 2)]
    _put(one, signed(replace(offered, organisation=TOWN.card.id), one.vault.device))
    assert _check(one).findings == (
        IntegrityFinding("statements", "records.statement_not_signed", (4,), dossier, one.journal.device, 2),
    )
    _put(one, offered)
    _put(one, signed(replace(begun, device=two.journal.device), two.vault.device))
    assert _check(one).findings[0].code == "membership.forked"
    assert _check(one).findings[0].device == DeviceId(offered.device)


def test_a_step_that_could_not_be_taken_is_named(one: Laptop) -> None:
    dossier = _offered(one)
    state = state_at(one, dossier)
    wrong = next_statement(state, MembershipStep.ACCEPTED, one.vault.device, own(one))
    _put(one, wrong)

    assert _findings(one) == [("statements", "membership.wrong_step", (3,), dossier, 3)]


def test_a_vault_of_nobody_has_no_logs(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    report = IntegrityCheck(journal).whole(lambda _looked: None)
    assert (report.good, report.statements) == (True, 0)
    journal.close()
