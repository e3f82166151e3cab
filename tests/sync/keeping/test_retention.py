"""The retention job: what it takes, what it never takes, and that it may be killed at any moment."""

import signal
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from protocol.identifiers import DossierId
from protocol.messages.membership import MembershipStep
from server.arguments import DATABASE_VARIABLE, parser
from server.store import tables
from server.store.keeping.retention import RetentionTerms
from tests import places, warm
from tests.sync.keeping import killed_retention
from tests.sync.machines import AT_THE_TABLE, CLOCK, Laptop, Office, ServerProcess, found_office

Join = Callable[..., Laptop]
_MOST_STEPS = 200
_DAY = 24 * 3600


@pytest.fixture
def town(own_server: ServerProcess, tmp_path: Path) -> Office:
    """Return a municipality on a server of its own."""
    return found_office(own_server, tmp_path / "town", "Gemeente Haarlem", "municipality")


@pytest.fixture
def camp(town: Office, tmp_path: Path) -> Office:
    """Return a reception location on the same server; the two know each other."""
    made = found_office(town.server, tmp_path / "azc", "AZC Dronten", "reception")
    made.know(town)
    town.know(made)
    return made


def test_nothing_goes_before_its_term_and_nothing_without_yes(town: Office, camp: Office, join: Join) -> None:
    kept, erased = _two_cases(town, camp, join)
    before = _all_counts(town)

    assert "0 forgotten" in _retain(town, "--yes")
    assert _all_counts(town) == before
    said = _retain(town, "--erased-days", "0", "--former-days", "0")
    assert "1 forgotten, 0 kept" in said
    assert "1 accesses" in said
    assert "Nothing was changed" in said
    assert _all_counts(town) == before
    assert {kept, erased} <= _dossiers(town)


def test_the_job_takes_what_was_erased_and_what_former_members_could_read(
    town: Office, camp: Office, join: Join
) -> None:
    kept, erased = _two_cases(town, camp, join)
    town.run(insert(tables.NONCES).values(device="d" * 32, nonce="n" * 16, expires=1))

    said = _retain(town, "--erased-days", "0", "--former-days", "0", "--yes")
    assert "1 forgotten" in said
    assert "1 accesses" in said
    assert _dossiers(town) == {kept}
    assert town.run(select(tables.NONCES).where(tables.NONCES.c.expires == 1)) == []
    again = _retain(town, "--erased-days", "0", "--former-days", "0", "--yes")
    assert ("0 forgotten" in again, "0 accesses" in again) == (True, True)

    ben = join(camp, "ben")
    ben.once()
    assert ben.journal.dossiers() == ()
    dawit = join(town, "dawit")
    dawit.once()
    assert dawit.answers(kept) == {"Keren"}
    assert erased not in dawit.journal.dossiers()


def test_a_former_member_may_still_send_what_waited_after_its_access_ended(
    town: Office, camp: Office, join: Join
) -> None:
    anna, carla, case = _handed_over(camp, town, join)
    anna.answer(case, "nog van voor de overdracht", "/intake/wachtte")
    assert "1 accesses" in _retain(town, "--former-days", "0", "--yes")

    assert {code for each in anna.once() for code in each.refused} == set()
    carla.once()
    assert carla.answers(case) == {"Keren"}
    assert carla.journal.quarantined(case)


def test_the_unit_asks_for_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    unit = (places.ROOT / "packaging" / "server" / "opmaat-retention.service").read_text("utf-8")
    (line,) = (line for line in unit.splitlines() if line.startswith("ExecStart="))
    program, *words = line.removeprefix("ExecStart=").split()
    monkeypatch.setenv(DATABASE_VARIABLE, "server.db")

    asked = parser().parse_args(words)
    assert (program.rsplit("/", 1)[1], asked.command, asked.yes) == ("opmaat-server", "retention run", True)
    assert (asked.erased_days, asked.former_days) == (RetentionTerms().erased, RetentionTerms().former)


@pytest.mark.parametrize("days", ["-1", "thirty", "10000", "1.5"])
def test_a_term_is_a_number_of_days(town: Office, days: str) -> None:
    done = warm.run("server", "retention", "run", "--database", town.server.database, "--erased-days", days)

    assert (done.returncode, "is not a number of days" in done.stderr) == (2, True)


def test_killed_before_any_of_its_steps_the_next_run_finishes_it(town: Office, camp: Office, join: Join) -> None:
    kept, erased = _two_cases(town, camp, join)
    reader = join(town, "eva")
    reader.online().client.enrol(reader.vault.membership.chain)
    rows = _rows_of(town, kept)
    moment = int(CLOCK.now().timestamp()) + _DAY

    for transactions in count(1):
        done = warm.run(killed_retention.__name__, town.server.database, str(transactions), str(moment))
        assert done.returncode in {0, -signal.SIGKILL}, done.stderr
        assert _rows_of(town, kept) == rows
        assert _all_pages_hold(reader)
        if done.returncode == 0:
            break
        assert transactions < _MOST_STEPS

    assert _dossiers(town) == {kept}
    assert town.run(select(tables.FORGETTINGS)) == town.run(select(tables.READING_ENDS)) == []
    assert _rows_of(town, erased) == 0
    reader.once()
    assert reader.answers(kept) == {"Keren"}


def _two_cases(town: Office, camp: Office, join: Join) -> tuple[DossierId, DossierId]:
    """Return a case that the municipality got from the reception location, and one that it erased."""
    _, carla, kept = _handed_over(camp, town, join)
    erased = _answered(carla)
    carla.journal.erase(erased, "duty_ended", AT_THE_TABLE)
    carla.once()
    return kept, erased


def _handed_over(camp: Office, town: Office, join: Join) -> tuple[Laptop, Laptop, DossierId]:
    anna, carla = join(camp, "anna"), join(town, "carla")
    case = _answered(anna)
    anna.offer(case, town.root.card)
    for laptop in (anna, carla):
        laptop.once()
    for step in (MembershipStep.RECEIVED, MembershipStep.ACCEPTED):
        carla.answer_offer(case, step)
    for laptop in (carla, anna):
        laptop.once()
    return anna, carla, case


def _answered(laptop: Laptop) -> DossierId:
    case = laptop.open_case()
    for number in range(3):
        laptop.answer(case, "Keren", f"/intake/{number}" if number else "/intake/woonplaats")
        laptop.once()
    return case


def _all_pages_hold(laptop: Laptop) -> bool:
    """Tell whether every page of the feed names nothing as damaged."""
    client, cursor = laptop.online().client, 0
    while True:
        head = client.page(cursor).head
        if head.left_out:
            return False
        if not head.more:
            return True
        cursor = head.cursor


def _retain(town: Office, *more: str) -> str:
    done = warm.run("server", "retention", "run", "--database", town.server.database, *more)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _dossiers(town: Office) -> set[DossierId]:
    return {row.dossier for row in town.run(select(tables.ROWS.c.dossier).distinct())}


def _rows_of(town: Office, case: DossierId) -> int:
    return int(town.run(select(func.count()).select_from(tables.ROWS).where(tables.ROWS.c.dossier == case))[0][0])


def _all_counts(town: Office) -> list[int]:
    """Return how many rows every table has, but for what is only there while it is used."""
    passing = {tables.NONCES, tables.READING_ENDS}
    every = [each for each in tables.METADATA.sorted_tables if each not in passing]
    return [int(town.run(select(func.count()).select_from(each))[0][0]) for each in every]
