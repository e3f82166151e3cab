import signal
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, update

from desktop.sync import outgoing
from desktop.sync.batches import pack
from protocol.errors import EnvironmentProblem
from server.store import tables
from server.store.generation import begin_generation
from tests.sync.machines import CANARY, Laptop, Office, ServerProcess, found_office
from tests.sync.proxy import at_random, cutting_proxy

Join = Callable[..., Laptop]
_KILL = signal.SIGKILL


def test_what_one_laptop_writes_another_of_the_organisation_reads(azc: Office, join: Join) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    case = anna.open_case()
    anna.answer(case, "Keren")

    anna.once()
    bram.once()

    assert bram.journal.view(case).name == CANARY
    assert bram.answers(case) == {"Keren"}
    assert anna.journal.outbox.waiting() == 0


def test_pushing_again_changes_nothing(azc: Office, join: Join) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    case = anna.open_case()
    online = anna.online()
    online.rounds()
    first = outgoing.collect(anna.journal, anna.vault.device, outgoing.PushProgress(0))
    assert first is not None
    assert first.batch is not None

    receipt = online.client.push(first.batch)

    assert (receipt.stored, receipt.known) == (0, 1)
    bram.once()
    assert len(bram.journal.events(case)) == 1


def test_two_answers_given_apart_are_both_kept_and_shown_on_both_laptops(azc: Office, join: Join) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    case = anna.open_case()
    anna_online, bram_online = anna.online(), bram.online()
    anna_online.rounds()
    bram_online.rounds()
    anna.answer(case, "Haarlem")
    bram.answer(case, "Dronten")

    anna_online.rounds()
    bram_online.rounds()
    anna_online.rounds()

    assert anna.answers(case) == bram.answers(case) == {"Haarlem", "Dronten"}
    assert anna.journal.view(case).conflicts() == bram.journal.view(case).conflicts() != ()


def test_work_goes_on_while_the_server_is_away(own_server: ServerProcess, tmp_path: Path, join: Join) -> None:
    azc = found_office(own_server, tmp_path / "azc", "AZC Dronten", "reception")
    anna, bram = join(azc, "anna"), join(azc, "bram")
    case = anna.open_case()
    online = anna.online()
    online.rounds()
    own_server.stop()

    anna.answer(case, "Keren")
    with pytest.raises(EnvironmentProblem, match=r"sync\.unreachable"):
        online.rounds()
    assert anna.journal.outbox.waiting() == 1

    own_server.start()
    online.rounds()
    bram.once()
    assert anna.journal.outbox.waiting() == 0
    assert bram.answers(case) == {"Keren"}


def test_a_server_that_has_forgotten_rows_gets_them_again(
    own_server: ServerProcess, tmp_path: Path, join: Join
) -> None:
    azc = found_office(own_server, tmp_path / "azc", "AZC Dronten", "reception")
    anna, bram = join(azc, "anna"), join(azc, "bram")
    case = anna.open_case()
    online = anna.online()
    online.rounds()
    anna.answer(case, "Keren")
    rows = anna.journal.outbox.rows_after(0, 10)
    anna.journal.outbox.acknowledge(rows[-1].position)  # as after a restore of the server from an older backup
    anna.answer(case, "Haarlem")

    online.rounds()

    bram.once()
    assert bram.answers(case) == {"Haarlem"}
    assert len(bram.journal.events(case)) == 3


def test_a_restored_server_gets_everything_again_and_is_read_from_the_start(
    own_server: ServerProcess, tmp_path: Path, join: Join
) -> None:
    azc = found_office(own_server, tmp_path / "azc", "AZC Dronten", "reception")
    anna, bram, carla = join(azc, "anna"), join(azc, "bram"), join(azc, "carla")
    ways = [anna.online(), bram.online(), carla.online()]
    for way in ways:
        way.rounds()
    case = anna.open_case()
    anna.answer(case, "Keren")
    for way in ways:
        way.rounds()
    _go_back(azc)

    for way in ways[:2]:
        way.rounds()
    bram.answer(case, "Haarlem")
    for way in (*ways[1:], ways[0], ways[2]):
        way.rounds()

    for laptop in (anna, bram, carla):
        assert laptop.answers(case) == {"Haarlem"}
        assert laptop.journal.quarantined(case) == ()


def test_a_laptop_can_fetch_its_own_rows_back(azc: Office, join: Join) -> None:
    anna = join(azc, "anna")
    case = anna.open_case()
    online = anna.online()
    online.rounds()
    assert online.synchronise.prepare() is not None

    online.synchronise.fetch_again()
    out = online.synchronise.prepare()
    assert out is not None
    home = online.synchronise.exchange(out)
    assert home.page is not None
    online.synchronise.apply_response(home)

    assert [(row.dossier, row.sequence) for row in home.page.rows] == [(case, 1)]
    assert anna.journal.quarantined(case) == ()
    assert len(anna.journal.events(case)) == 1


def test_a_dossier_the_server_refuses_does_not_hold_up_the_others(azc: Office, join: Join) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    refused, other = anna.open_case(), anna.open_case()
    online = anna.online()
    online.client.enrol(anna.vault.membership.chain)
    row = replace(anna.journal.outbox.rows_after(0, 1)[0], sealed=b"what an older copy of this laptop wrote")
    parcel = pack([row], anna.vault.device)
    assert parcel is not None
    online.client.push(parcel.batch)

    last = online.rounds()[-1]

    assert "sync.row_conflict" in last.refused
    assert last.state.problem == "sync.row_conflict"
    assert anna.journal.outbox.waiting() == 2
    bram.once()
    assert other in bram.journal.dossiers()
    assert bram.journal.view(other).name == CANARY
    assert refused != other


@pytest.mark.long
def test_a_long_history_travels_in_pages(azc: Office, join: Join) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    case = anna.open_case()
    for number in range(1200):
        anna.answer(case, str(number), f"/intake/vraag_{number}")

    anna.once()
    bram.once()

    assert len(bram.journal.events(case)) == 1201


def test_a_killed_server_loses_nothing_it_has_acknowledged(
    own_server: ServerProcess, tmp_path: Path, join: Join
) -> None:
    azc = found_office(own_server, tmp_path / "azc", "AZC Dronten", "reception")
    anna, bram = join(azc, "anna"), join(azc, "bram")
    case = anna.open_case()
    online = anna.online()
    for number in range(5):
        anna.answer(case, str(number), f"/intake/vraag_{number}")
        online.rounds()
        own_server.stop(how=_KILL)
        own_server.start()

    bram.once()

    assert anna.journal.outbox.waiting() == 0
    assert len(bram.journal.events(case)) == 6


def test_a_server_killed_in_the_middle_of_a_push_gets_the_rest_later(
    own_server: ServerProcess, tmp_path: Path, join: Join
) -> None:
    azc = found_office(own_server, tmp_path / "azc", "AZC Dronten", "reception")
    anna, bram = join(azc, "anna"), join(azc, "bram")
    case = anna.open_case()
    anna.once()
    for number in range(400):
        anna.answer(case, str(number), f"/intake/vraag_{number}")

    process = own_server.process
    assert process is not None
    with (
        cutting_proxy(own_server.port, lambda number: 60_000 if number == 1 else 0, on_cut=process.kill) as proxy,
        pytest.raises(EnvironmentProblem, match=r"sync\.unreachable"),
    ):
        anna.online(proxy.address).rounds()
    own_server.stop(how=_KILL)
    assert anna.journal.outbox.waiting() == 400

    own_server.start()
    anna.once()
    bram.once()
    assert len(bram.journal.events(case)) == 401


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in (2, 3))])
def test_a_network_that_cuts_connections_anywhere_loses_nothing(azc: Office, join: Join, seed: int) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    case = anna.open_case()
    for number in range(60):
        anna.answer(case, str(number), f"/intake/vraag_{number}")

    with cutting_proxy(azc.server.port, at_random(seed, 8_000)) as proxy:
        for laptop in (anna, bram):
            _until_it_works(laptop, proxy.address)
        assert proxy.cuts > 0

    assert anna.journal.outbox.waiting() == 0
    assert len(bram.journal.events(case)) == 61
    assert bram.journal.quarantined(case) == ()


def test_the_server_holds_no_readable_answer(own_server: ServerProcess, tmp_path: Path, join: Join) -> None:
    azc = found_office(own_server, tmp_path / "azc", "AZC Dronten", "reception")
    anna = join(azc, "anna")
    case = anna.open_case("Selam-met-een-naam")
    anna.answer(case, CANARY)
    anna.once()
    own_server.stop()

    for data in _everything(own_server):
        assert CANARY.encode() not in data
        assert b"Selam-met-een-naam" not in data
        assert b"woonplaats" not in data


def _go_back(office: Office) -> None:
    """Put the server back to before any case, as a backup would, and say so as the administrator does."""
    store = office.administer()

    def forget(connection: Connection) -> None:
        for table in (tables.ROWS, tables.SEGMENTS, tables.STREAMS, tables.FEED, tables.WRAP_SETS):
            connection.execute(delete(table))
        for table in (tables.MEMBERS, tables.DOSSIERS):
            connection.execute(delete(table))
        connection.execute(update(tables.ORGANISATIONS).values(feed_position=0))
        begin_generation(connection)

    store.run(forget)
    store.close()


def _until_it_works(laptop: Laptop, address: str) -> None:
    for _ in range(200):
        try:
            laptop.online(address).rounds()
        except EnvironmentProblem as error:
            assert error.code == "sync.unreachable"
        else:
            return
    pytest.fail("the round never ended")


def _everything(server: ServerProcess) -> list[bytes]:
    log = server.log.read_bytes()
    if "://" in server.database:
        return [log]
    folder = Path(server.database).parent
    with sqlite3.connect(server.database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return [log, *(path.read_bytes() for path in folder.iterdir())]
