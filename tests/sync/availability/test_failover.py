"""PostgreSQL on two machines: what a laptop was told is kept outlives the loss of either of them."""

import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from pathlib import Path

import psycopg
import pytest

from protocol.errors import EnvironmentProblem
from tests import warm
from tests.sync.availability.pair import Machine, Pair, running_pair, wait_until
from tests.sync.availability.writers import Place, Writer
from tests.sync.machines import Laptop, Office, ServerProcess, found_office
from tests.sync.postgres import binaries
from tests.sync.raw import plain, refused, send, signed

Join = Callable[..., Laptop]
pytestmark = [pytest.mark.long, pytest.mark.postgresql, pytest.mark.timeout(1200)]

REPETITIONS = 6
WORKERS = 3
WRITERS = 4
_NUMBERS = count()


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    """Return two machines, the second confirming."""
    tools = binaries()
    assert tools is not None
    with running_pair(tools) as running:
        yield running


@pytest.fixture
def database(pair: Pair) -> str:
    """Return the URL of a fresh database on both machines."""
    return pair.new_database(f"opmaat_{next(_NUMBERS)}")


@pytest.fixture
def servers(database: str, tmp_path: Path) -> Iterator[Sequence[ServerProcess]]:
    """Return several servers over the same database."""
    running = [ServerProcess(database, tmp_path / f"server-{number}.log") for number in range(WORKERS)]
    for server in running:
        server.start()
    yield running
    for server in running:
        server.stop()


@pytest.fixture
def office(servers: Sequence[ServerProcess], tmp_path: Path) -> Office:
    """Return a reception location that all servers know."""
    return found_office(servers[0], tmp_path / "azc", "AZC Dronten", "reception")


def _kept(machine: Machine, database: str, device: str) -> Mapping[Place, bytes]:
    """Return the rows of a device that are on a machine."""
    name = database.rsplit("/", 1)[1]
    query = "SELECT dossier, sequence, sealed FROM rows WHERE device = %s"
    with psycopg.connect(machine.url(name)) as connection:
        return {(dossier, number): sealed for dossier, number, sealed in connection.execute(query, (device,))}


def _follows(rows: Mapping[Place, bytes]) -> bool:
    """Tell whether the numbers of each stream begin at 1 and leave none out."""
    streams: defaultdict[str, list[int]] = defaultdict(list)
    for dossier, number in rows:
        streams[dossier].append(number)
    return all(sorted(numbers) == [*range(1, len(numbers) + 1)] for numbers in streams.values())


def _await_answers(writers: Sequence[Writer], heard: Callable[[Writer], int]) -> None:
    before = [heard(writer) for writer in writers]
    wait_until(lambda: all(heard(writer) > past for writer, past in zip(writers, before, strict=True)))


def _has(machine: Machine, database: str, device: str, rows: Mapping[Place, bytes]) -> bool:
    kept = _kept(machine, database, device)
    return rows.items() <= kept.items() and _follows(kept)


def test_a_primary_killed_under_load_takes_no_acknowledged_row_with_it(
    pair: Pair, database: str, servers: Sequence[ServerProcess], office: Office, join: Join
) -> None:
    writers = [Writer(office, f"writer-{number}", servers) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    wait_until(lambda: all(writer.told for writer in writers))

    chance = random.Random()  # noqa: S311  # moments to kill at, no secret
    for _ in range(REPETITIONS):
        time.sleep(chance.uniform(0.5, 4))
        pair.primary.kill()
        _await_answers(writers, lambda writer: writer.codes["sync.server_failed"])  # nothing of before is under way
        told = {writer.device: dict(writer.told) for writer in writers}
        for device, rows in told.items():
            wait_until(partial(_has, pair.standby, database, device, rows))  # it may still be carrying out what it got
        pair.fail_over()
        _await_answers(writers, lambda writer: len(writer.told))
        pair.follow_anew()

    for writer in writers:
        writer.stop()
    for writer in writers:
        kept = _kept(pair.primary, database, writer.device)
        assert kept == writer.written
        assert _follows(kept)
        assert set(writer.codes) == {"sync.server_failed"}
    dawit = join(office, "dawit")
    dawit.once()
    read = {case: len(dawit.journal.events(case)) for writer in writers for case in writer.cases}
    assert sum(read.values()) == sum(len(writer.written) for writer in writers)
    for server in servers:
        assert not re.search(r'"event":"server\.failed"|"status":500', server.log.read_text("utf-8"))


def test_without_a_primary_servers_say_when_to_come_back_and_need_no_restart(
    pair: Pair, servers: Sequence[ServerProcess], office: Office, join: Join
) -> None:
    anna = join(office, "anna")
    case = anna.open_case()
    anna.once()
    anna.answer(case, "Keren")

    pair.primary.kill()
    for server in servers:
        answers = [send(signed(anna.vault.device, "GET", f"{server.address}/v1/feed")) for _ in range(3)]
        assert {refused(answer).code for answer in answers} == {"sync.database_away"}
        assert {(answer.status_code, answer.headers["retry-after"]) for answer in answers} == {(503, "5")}
        assert plain("GET", f"{server.address}/v1/ready").status_code == 503
        assert plain("GET", f"{server.address}/v1/health").status_code == 200
    with pytest.raises(EnvironmentProblem, match=r"sync\.server_failed"):
        anna.once()
    assert anna.journal.outbox.waiting() == 1
    pair.fail_over()

    for server in servers:
        assert plain("GET", f"{server.address}/v1/ready").status_code == 200
        assert send(signed(anna.vault.device, "GET", f"{server.address}/v1/feed")).status_code == 200
    anna.once()
    assert anna.journal.outbox.waiting() == 0
    pair.follow_anew()


def test_without_its_standby_nothing_is_acknowledged_and_reading_goes_on(
    pair: Pair, database: str, office: Office, join: Join
) -> None:
    anna, bram = join(office, "anna"), join(office, "bram")
    case = anna.open_case()
    for laptop in (anna, bram):
        laptop.once()
    pair.standby.stop()
    anna.answer(case, "Keren")

    rounds = anna.once()
    waiting = anna.journal.outbox.waiting()
    bram.once()

    assert [one.refused for one in rounds] == [("sync.server_failed",)]
    assert waiting == 1
    assert '"code":"server.commit_unconfirmed"' in office.server.log.read_text("utf-8")
    assert len(bram.journal.events(case)) == 2  # the primary has it, and says so to readers only
    pair.standby.start()
    pair.confirm()
    anna.once()
    assert anna.journal.outbox.waiting() == 0
    assert len(_kept(pair.standby, database, anna.vault.device.id)) == 2


def test_what_was_not_acknowledged_is_sent_again_to_a_standby_that_never_had_it(
    pair: Pair, database: str, office: Office, join: Join
) -> None:
    anna, bram = join(office, "anna"), join(office, "bram")
    case = anna.open_case()
    for laptop in (anna, bram):
        laptop.once()
    pair.standby.stop()
    anna.answer(case, "Keren")
    for laptop in (anna, bram):
        laptop.once()
    assert anna.journal.outbox.waiting() == 1

    pair.primary.kill()
    pair.standby.start()
    pair.fail_over()
    for laptop in (anna, bram):
        laptop.once()

    assert len(_kept(pair.primary, database, anna.vault.device.id)) == 2
    assert len(bram.journal.events(case)) == 2
    assert anna.journal.outbox.waiting() == 0
    pair.follow_anew()


@pytest.mark.parametrize("told", [True, False])
def test_a_promoted_standby_that_lost_acknowledged_rows_gets_them_again(
    pair: Pair, servers: Sequence[ServerProcess], office: Office, join: Join, *, told: bool
) -> None:
    """Only where nobody had to confirm: that standby is a server put back from a backup, and is treated as one."""
    anna, bram, carla = (join(office, name) for name in ("anna", "bram", "carla"))
    cases = [anna.open_case()]
    for laptop in (anna, bram, carla):
        laptop.once()
    pair.primary.await_confirmation_of("")
    pair.standby.stop()
    cases += [anna.open_case(), bram.open_case()]
    anna.answer(cases[0], "Keren")
    for laptop in (anna, bram, anna):
        laptop.once()

    pair.primary.kill()
    pair.standby.start()
    pair.fail_over()
    if told:
        _say_restored(servers[0])
    cases += [carla.open_case() for _ in range(5)]  # the feed is longer than anybody's cursor again
    for laptop in (carla, bram, anna, carla, bram):
        laptop.once()

    for laptop in (anna, bram, carla, join(office, "dawit")):
        laptop.once()
        assert [len(laptop.journal.events(case)) for case in cases] == [2] + [1] * 7
        assert laptop.journal.outbox.waiting() == 0
    pair.follow_anew()


def _say_restored(server: ServerProcess) -> None:
    done = warm.run("server", "restored", "--database", server.database)
    assert done.returncode == 0, done.stderr
