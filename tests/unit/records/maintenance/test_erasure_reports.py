"""What a laptop tells of its erasures and hears of those of colleagues."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import MUNICIPALITY
from protocol.identifiers import DossierId
from protocol.limits import MOST_ERASURES
from protocol.messages.erasure import ErasureStatement, erasure_message
from protocol.messages.membership import MembershipLog, MembershipStep
from protocol.signatures import is_signed
from tests.membership_logs import handed_over, next_statement
from tests.unit.records.cases import AZC, CONTEXT, Laptop, new_journal, new_laptop, share
from tests.unit.vault.people import MOMENT

TOWN = create_organisation("Gemeente Haarlem", MUNICIPALITY)
REASON = "azc_copy"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Laptop]:
    """Return a laptop of another organisation."""
    made = new_laptop(tmp_path / "town", TOWN, "Karim")
    yield made
    made.journal.close()
    made.vault.lock()


def _erased(laptop: Laptop) -> ErasureStatement:
    """Return what a laptop says after it erased a new case."""
    case = laptop.new_dossier()
    laptop.journal.erase(case, REASON, CONTEXT)
    (said,) = laptop.journal.erasure_reports.waiting()
    return said


def test_an_erasure_is_signed_and_waits_until_it_is_told(laptop: Laptop) -> None:
    case = laptop.new_dossier()
    reports = laptop.journal.erasure_reports
    assert reports.waiting() == ()
    laptop.journal.erase(case, REASON, CONTEXT)

    for _ in range(2):
        (said,) = laptop.journal.erasure_reports.waiting()
        laptop.reopen()
    assert (said.dossier, said.number, said.moment) == (case, 1, MOMENT.replace(microsecond=0))
    assert (said.organisation, said.device) == (laptop.vault.organisation_id, laptop.vault.device.id)
    assert is_signed(laptop.vault.device.public, erasure_message(said), said.signature)

    laptop.journal.erasure_reports.land([said])
    assert laptop.journal.erasure_reports.waiting() == ()
    laptop.journal.erasure_reports.land([said])
    laptop.reopen()
    assert laptop.journal.erasure_reports.waiting() == ()
    laptop.journal.erasure_reports.report_again()
    assert laptop.journal.erasure_reports.waiting() == (said,)
    laptop.journal.erasure_reports.report_again()
    assert laptop.journal.erasure_reports.waiting() == (said,)


def test_a_compartment_is_nothing_to_tell(laptop: Laptop) -> None:
    laptop.journal.erase(laptop.new_dossier(), "health_key", CONTEXT, "health")

    assert laptop.journal.erasure_reports.waiting() == ()


def test_nobody_is_told_where_there_is_nobody(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.erase(journal.create_dossier("Selam", ("ti",), CONTEXT), REASON, CONTEXT)

    assert journal.erasure_reports.waiting() == ()
    journal.close()


def test_no_more_is_told_at_once_than_a_message_holds(laptop: Laptop) -> None:
    said = _erased(laptop)
    reports = laptop.journal.erasure_reports
    reports.report_again()
    for number in range(MOST_ERASURES):
        reports.begin(DossierId(f"{number:032x}"), MOMENT)

    waiting = reports.waiting()
    assert (len(waiting), waiting[0]) == (MOST_ERASURES, said)
    assert waiting[1].number == 0
    reports.land(waiting)
    assert len(reports.waiting()) == 1


def test_a_case_that_a_colleague_erased_is_named_until_it_is_erased_here_too(one: Laptop, two: Laptop) -> None:
    case = one.new_dossier()
    share(one, two)
    one.journal.erase(case, REASON, CONTEXT)
    said = one.journal.erasure_reports.waiting()
    reports = two.journal.erasure_reports
    assert reports.erased_elsewhere(case) is None

    assert reports.accept(said) == {case}
    assert reports.accept(said) == frozenset()
    assert reports.erased_elsewhere(case) == MOMENT.date()
    two.reopen()
    assert two.journal.erasure_reports.erased_elsewhere(case) == MOMENT.date()

    two.journal.erase(case, "colleague_erased", CONTEXT)
    reports = two.journal.erasure_reports
    assert reports.accept(said) == frozenset()
    assert reports.erased_elsewhere(case) is None
    assert two.journal.outbox.cursor(f"erased/{case}") is None


def test_a_case_that_is_not_here_is_nothing_to_erase(one: Laptop, two: Laptop) -> None:
    said = _erased(one)

    assert two.journal.erasure_reports.accept([said]) == frozenset()
    assert two.journal.erasure_reports.erased_elsewhere(DossierId(said.dossier)) is None


def test_what_was_erased_before_it_was_offered_again_may_stay(one: Laptop, two: Laptop, town: Laptop) -> None:
    case = one.new_dossier()
    share(one, two)
    state = two.journal.membership.of(case)
    assert state is not None
    log = handed_over(state, TOWN.card.id, town.vault.device, MOMENT)
    two.journal.accept_logs([log])
    said = replace(_said(one, case), number=len(log.statements))
    assert two.journal.erasure_reports.accept([said]) == {case}
    assert two.journal.erasure_reports.erased_elsewhere(case) == MOMENT.date()

    held = two.journal.membership.of(case)
    assert held is not None
    offered = next_statement(held, MembershipStep.OFFERED, town.vault.device, AZC.card.id, moment=MOMENT)
    two.journal.accept_logs([MembershipLog((*held.statements, offered))])
    assert two.journal.erasure_reports.erased_elsewhere(case) is None


def _said(laptop: Laptop, case: DossierId) -> ErasureStatement:
    laptop.journal.erase(case, REASON, CONTEXT)
    return laptop.journal.erasure_reports.waiting()[-1]
