"""An erasure reaches the server and the colleagues' laptops, and takes no copy from who still has the case."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import Table, delete, func, select, update

from desktop.records import open_journal
from desktop.sync.pieces import PieceExchange
from desktop.vault.crypto.identity import DeviceIdentity
from protocol.errors import EnvironmentProblem
from protocol.identifiers import DossierId
from protocol.messages.erasure import ErasureBatch, ErasureReceipt, ErasureStatement
from protocol.messages.membership import MembershipStep
from protocol.messages.message import from_bytes, to_bytes
from protocol.signatures import NO_SIGNATURE
from server.store import tables
from server.store.generation import begin_generation
from tests import warm
from tests.sync.machines import AT_THE_TABLE, CLOCK, Laptop, Office, ServerProcess, found_office
from tests.sync.raw import send, signed

Join = Callable[..., Laptop]
NOWHERE: set[str] = set()


@pytest.fixture
def office(own_server: ServerProcess, tmp_path: Path) -> Office:
    """Return a municipality on a server of its own."""
    return found_office(own_server, tmp_path / "town", "Gemeente Haarlem", "municipality")


@pytest.fixture
def camp(office: Office, tmp_path: Path) -> Office:
    """Return a reception location on the same server; the two know each other."""
    made = found_office(office.server, tmp_path / "azc", "AZC Dronten", "reception")
    made.know(office)
    office.know(made)
    return made


def test_what_its_only_holder_erased_goes_and_stays_away(office: Office, join: Join) -> None:
    carla, dawit = join(office, "carla"), join(office, "dawit")
    case, other = _answered(carla), _answered(carla)
    dawit.once()
    dawit.answer(case, "Dronten", "/intake/later")
    dawit.once()

    erase(carla, case)
    assert _refused(carla) == NOWHERE
    assert dawit.journal.erasure_reports.erased_elsewhere(case) is None
    dawit.answer(case, "nog iets", "/intake/te_laat")
    assert _refused(dawit) == {"sync.dossier_erased"}
    assert dawit.journal.erasure_reports.erased_elsewhere(case) == CLOCK.now().date()
    assert dawit.answers(case) == {"Keren"}
    assert _numbers(office, case) > 0

    said = forget(office, case)
    assert "erased by    Gemeente Haarlem" in said
    assert "4 events" in said
    assert "Nothing was changed" in said
    assert _numbers(office, case) > 0
    assert "went" in forget(office, case, "--yes")

    assert _numbers(office, case) == 0
    assert _mentions(office, case) == 1
    assert "[server.dossier_unknown]" in _run("dossier", "forget", *_at(office), "--dossier", case).stderr
    assert _refused(dawit) == {"sync.dossier_erased"}
    eva = join(office, "eva")
    eva.once()
    assert set(eva.journal.dossiers()) == {other}
    assert eva.answers(other) == {"Keren"}
    assert eva.journal.erasure_reports.erased_elsewhere(case) is None

    erase(dawit, case)
    assert _refused(dawit) == NOWHERE
    status = _run("status", *_at(office)).stdout
    assert "1 dossiers are forgotten here" in status


def test_who_still_has_the_case_loses_nothing(office: Office, camp: Office, join: Join) -> None:
    anna, carla, case = _handed_over(camp, office, join)
    erase(anna, case)
    anna.once()

    said = forget(office, case, "--yes")
    assert "kept for     Gemeente Haarlem" in said
    assert _of(office, tables.WRAP_SETS, camp.root.card.id, case) == 0
    assert _of(office, tables.ROWS, camp.root.card.id, case) > 0
    carla.answer(case, "Haarlem", "/intake/nieuw")
    carla.once()
    for laptop in (join(office, "dawit"), carla):
        laptop.once()
        assert laptop.answers(case) == {"Keren"}
        assert laptop.answers(case, "/intake/nieuw") == {"Haarlem"}
    ben = join(camp, "ben")
    ben.once()
    assert ben.journal.dossiers() == ()
    assert _refused(anna) == NOWHERE

    erase(carla, case)
    carla.once()
    assert "went" in forget(office, case, "--yes")
    assert _numbers(office, case) == 0


def test_who_left_lately_is_waited_for(office: Office, camp: Office, join: Join) -> None:
    anna, carla, case = _handed_over(camp, office, join)
    erase(carla, case)
    carla.once()

    said = forget(office, case, "--yes")
    assert "waits for    AZC Dronten" in said
    assert _numbers(office, case) > 0
    assert "waits for" in _run("dossier", "list", *_at(office)).stdout
    assert "waits for" not in forget(office, case, "--yes", "--former-days", "0")
    assert _numbers(office, case) == 0
    anna.answer(case, "te laat")
    assert _refused(anna) == {"sync.dossier_erased"}
    assert anna.answers(case) == {"te laat"}
    assert "Nothing that was erased" in _run("dossier", "list", *_at(office)).stdout


def test_a_case_that_is_offered_again_comes_whole(office: Office, camp: Office, join: Join) -> None:
    anna, carla, case = _handed_over(camp, office, join)
    ben = join(camp, "ben")
    ben.once()
    assert ben.answers(case) == {"Keren"}
    erase(anna, case)
    anna.once()
    ben.once()
    assert ben.journal.erasure_reports.erased_elsewhere(case) is not None
    forget(office, case, "--yes")
    carla.answer(case, "Haarlem", "/intake/nieuw")
    carla.offer(case, camp.root.card)
    carla.once()

    for laptop in (ben, join(camp, "cas")):
        laptop.once()
        assert laptop.answers(case) == {"Keren"}
        assert laptop.answers(case, "/intake/nieuw") == {"Haarlem"}
        assert laptop.journal.erasure_reports.erased_elsewhere(case) is None
    ben.answer(case, "Dronten", "/intake/terug")
    assert _refused(ben) == NOWHERE
    assert "server.dossier_unknown" in _run("dossier", "forget", *_at(office), "--dossier", case).stderr


def test_an_erasure_is_told_after_a_crash_a_cut_and_a_restored_server(
    office: Office, join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    carla = join(office, "carla")
    case = _answered(carla)
    erase(carla, case)
    with monkeypatch.context() as cut:
        cut.setattr(PieceExchange, "next_transfer", _cut_off)
        with pytest.raises(EnvironmentProblem):
            carla.online().synchronise.round()
    carla.journal.close()
    again = Laptop(carla.vault, open_journal(carla.vault.directory, carla.vault, CLOCK), carla.address)
    assert _refused(again) == NOWHERE
    assert _of(office, tables.ERASURES, office.root.card.id, case) == 1
    assert again.journal.erasure_reports.waiting() == ()

    office.run(delete(tables.ERASURES))
    office.run(delete(tables.READING_ENDS))
    office.run(update(tables.MEMBERS).values(standing="owner"))
    store = office.administer()
    store.run(begin_generation)
    store.close()
    again.once()
    assert again.journal.dossiers() == ()
    assert _of(office, tables.ERASURES, office.root.card.id, case) == 1
    for connection in again.connections:
        connection.close()
    again.journal.close()


def test_blanked_entries_disturb_no_cursor(office: Office, join: Join) -> None:
    carla, dawit = join(office, "carla"), join(office, "dawit")
    case = _answered(carla)
    dawit.once()
    erase(carla, case)
    dawit.once()
    carla.once()
    forget(office, case, "--yes")

    for laptop in (carla, dawit):
        (first, *others) = laptop.once()
        assert not first.again
        assert others == []
    later = _answered(carla)
    dawit.once()
    assert dawit.answers(later) == {"Keren"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda said, _other: replace(said, signature=NO_SIGNATURE), "sync.signature_wrong"),
        (lambda said, _other: replace(said, number=said.number + 1), "sync.signature_wrong"),
        (lambda said, other: replace(said, device=other.id).signed_by(other), "membership.not_yours"),
        (lambda said, other: replace(said, organisation="f" * 32).signed_by(other), "membership.not_yours"),
        (lambda said, _other: replace(said, dossier=DossierId("f" * 32)), "sync.signature_wrong"),
    ],
)
def test_an_erasure_that_is_not_the_organisations_own_is_refused(
    office: Office,
    camp: Office,
    join: Join,
    change: Callable[[ErasureStatement, DeviceIdentity], ErasureStatement],
    code: str,
) -> None:
    carla, anna = join(office, "carla"), join(camp, "anna")
    case = _answered(carla)
    anna.once()
    said = _statement(carla, case)

    assert _tell(carla, change(said, anna.vault.device)) == [code]
    assert _tell(anna, said) == ["membership.not_yours"]
    assert _tell(anna, _statement(anna, case)) == ["sync.not_member"]
    assert _of(office, tables.ERASURES, office.root.card.id, case) == 0
    assert _tell(carla, said) == _tell(carla, said) == []


def test_a_colleague_that_does_not_belong_here_or_is_revoked_names_nothing_for_erasure(
    office: Office, join: Join
) -> None:
    carla, dawit = join(office, "carla"), join(office, "dawit")
    case = _answered(carla)
    dawit.once()
    said = _statement(carla, case)
    assert _tell(carla, said) == []
    forged = to_bytes(replace(said, signature=NO_SIGNATURE))
    office.run(update(tables.ERASURES).values(document=forged))

    assert _refused(dawit) == {"sync.statement_not_signed"}
    assert dawit.journal.erasure_reports.erased_elsewhere(case) is None
    office.run(update(tables.ERASURES).values(document=b"{}"))
    eva = join(office, "eva")
    assert "sync.entry_damaged" in _refused(eva)


def erase(laptop: Laptop, case: DossierId) -> None:
    """Erase a case on one laptop, as the page of what must be erased does."""
    laptop.once()
    laptop.journal.erase(case, "duty_ended", AT_THE_TABLE)


def forget(office: Office, case: DossierId, *more: str) -> str:
    """Run `dossier forget` and return what it says."""
    done = _run("dossier", "forget", *_at(office), "--dossier", case, *more)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _answered(laptop: Laptop) -> DossierId:
    case = laptop.open_case()
    laptop.answer(case, "Keren")
    laptop.answer(case, "niet gevraagd", "/intake/ander")
    laptop.once()
    return case


def _handed_over(camp: Office, office: Office, join: Join) -> tuple[Laptop, Laptop, DossierId]:
    anna, carla = join(camp, "anna"), join(office, "carla")
    case = _answered(anna)
    anna.offer(case, office.root.card)
    for laptop in (anna, carla):
        laptop.once()
    for step in (MembershipStep.RECEIVED, MembershipStep.ACCEPTED):
        carla.answer_offer(case, step)
    for laptop in (carla, anna):
        laptop.once()
    return anna, carla, case


def _statement(laptop: Laptop, case: DossierId) -> ErasureStatement:
    own, device = laptop.vault.membership.card.id, laptop.vault.device
    moment = datetime(2026, 11, 24, 9, tzinfo=UTC)
    return ErasureStatement(case, own, device.id, 1, moment, NO_SIGNATURE).signed_by(device)


def _tell(laptop: Laptop, statement: ErasureStatement) -> list[str]:
    body = to_bytes(ErasureBatch((statement,)))
    answer = send(signed(laptop.vault.device, "POST", f"{laptop.address}/v1/erasures", body))
    return [each.code for each in from_bytes(ErasureReceipt, answer.content).refused]


def _refused(laptop: Laptop) -> set[str]:
    return {code for each in laptop.once() for code in each.refused}


def _cut_off(_exchange: PieceExchange, _room: int) -> None:
    raise EnvironmentProblem("sync.unreachable")


def _at(office: Office) -> tuple[str, str]:
    return "--database", office.server.database


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return warm.run("server", *arguments)


def _of(office: Office, table: Table, organisation: str, case: DossierId) -> int:
    query = select(func.count()).select_from(table)
    found = office.run(query.where(table.c.organisation == organisation, table.c.dossier == case))
    return int(found[0][0])


def _numbers(office: Office, case: DossierId) -> int:
    """Return how many rows, segments, streams, pieces, wraps, statements and members of a case are left."""
    kept = (tables.ROWS, tables.SEGMENTS, tables.STREAMS, tables.PIECES, tables.WRAP_SETS, tables.STATEMENTS)
    counts = (select(func.count()).select_from(each).where(each.c.dossier == case) for each in (*kept, tables.MEMBERS))
    return sum(int(office.run(each)[0][0]) for each in counts)


def _mentions(office: Office, case: DossierId) -> int:
    """Return how many entries of feeds name a case."""
    return int(office.run(select(func.count()).select_from(tables.FEED).where(tables.FEED.c.subject == case))[0][0])
