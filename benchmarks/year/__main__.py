"""`make bench-year`: the size of a national year on one PostgreSQL, and a push on its busiest morning."""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.results import Result, head, write
from benchmarks.year import figures
from benchmarks.year.example import make_example
from benchmarks.year.filling import fill
from benchmarks.year.load import Answered, send_all
from benchmarks.year.messages import PUSH, Ends, plan, read_ends, requests_in
from benchmarks.year.nation import CASES, PEAK, Nation, found_nation
from server.store.engine import ServerStore
from tests.sync.machines import ServerProcess
from tests.sync.postgres import binaries, running_cluster

MOST_SECONDS = 1.0
TIMES = (1, PEAK, 3 * PEAK, 10 * PEAK)
_SETTINGS = ("shared_buffers=2GB", "max_wal_size=4GB", "checkpoint_timeout=15min", "wal_compression=on")
_SIGNING_SECONDS = 0.004
_KILO, _GIGA = 1e3, 1e9


@dataclass(frozen=True, slots=True)
class _Country:
    """A filled database with the servers over it."""

    url: str
    nation: Nation
    servers: Sequence[ServerProcess]
    cases: int


def main() -> int:
    """Fill the database, serve the morning, and print what it came to."""
    asked = _asked()
    tools = binaries()
    if tools is None:
        print("PostgreSQL is not installed: a year of the country needs it")
        return 0
    print(head(), flush=True)
    results: list[Result] = []
    with running_cluster(tools, durable=True, settings=_SETTINGS) as cluster, TemporaryDirectory() as folder:
        url = cluster.new_database()
        with _served(url, asked.workers, Path(folder)) as servers:
            for one in _measured(_filled(url, servers, asked.cases, Path(folder)), asked.seconds):
                results.append(one)
                print(one.text(), flush=True)
    print(write("year", results))
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES, help="cases in the database (default: a year)")
    parser.add_argument("--seconds", type=float, default=60, help="length of each part of the morning")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="server processes (default: a core each)"
    )
    return parser.parse_args()


@contextmanager
def _served(url: str, workers: int, folder: Path) -> Iterator[Sequence[ServerProcess]]:
    servers = [ServerProcess(url, folder / f"server-{number}.log") for number in range(workers)]
    try:
        for server in servers:
            server.start()
        yield servers
    finally:
        for server in servers:
            server.stop()


def _filled(url: str, servers: Sequence[ServerProcess], cases: int, folder: Path) -> _Country:
    example = make_example(servers[0], folder)
    store = ServerStore(url)
    nation = found_nation(store)
    store.close()
    begun = time.monotonic()
    fill(url, nation, example, cases)
    print(f"{cases:,} cases filled in {time.monotonic() - begun:.0f} s", flush=True)
    return _Country(url, nation, servers, cases)


def _measured(country: _Country, seconds: float) -> Iterator[Result]:
    yield from _sizes(country)
    ends = read_ends(country.url, country.nation)
    for times in TIMES:
        yield from _morning(country, ends, times, seconds)
    memory = max(figures.memory_octets(process) for process in _processes(country.servers))
    yield Result("memory of a server, PSS", memory / 1e6, unit="MB")


def _sizes(country: _Country) -> Iterator[Result]:
    whole = figures.database_octets(country.url)
    yield Result(f"database, {country.cases:,} cases without attachments", whole / _GIGA, unit="GB")
    yield Result("of it, a case", whole / country.cases / _KILO, unit="kB")
    for table, (rows, indexes) in figures.table_octets(country.url).items():
        yield Result(f"{table}", rows / _GIGA, "its indexes", indexes / _GIGA, unit="GB")


def _morning(country: _Country, ends: Ends, times: float, seconds: float) -> Iterator[Result]:
    """Send at `times` the average, and give the slowest hundredth of pushes, and what it took."""
    addresses = [server.address for server in country.servers]
    begin = time.time() + 5 + _SIGNING_SECONDS * requests_in(times, seconds)
    planned = plan(country.nation, ends, addresses, times, seconds, begin)
    begin = max(begin, time.time() + 1)
    before = [figures.work_seconds(process) for process in _processes(country.servers)]
    answered = send_all(planned, addresses, begin)
    after = [figures.work_seconds(process) for process in _processes(country.servers)]
    work = sum(after) - sum(before)
    target = f"<= {MOST_SECONDS:g} s" if times == PEAK else ""
    slow = figures.percentile(answered.seconds[PUSH], 0.99)
    met = slow <= MOST_SECONDS and set(answered.statuses) == {200} if target else None
    yield Result(
        f"p99 of a push at {times} x the average", slow, target=target, met=met, limit=_said(answered, seconds)
    )
    yield Result("    p50", figures.percentile(answered.seconds[PUSH], 0.5))
    yield Result(
        "    p99 of what is read",
        figures.percentile([each for kind in ("feed", "directory") for each in answered.seconds[kind]], 0.99),
    )
    yield Result("    work of the servers a request", work / len(planned))


def _said(answered: Answered, seconds: float) -> str:
    count = sum(len(each) for each in answered.seconds.values())
    load = os.getloadavg()[0]
    return (
        f"{count / seconds:.0f} requests a second, {len(answered.seconds[PUSH]) / seconds:.1f} of them pushes; answers "
        f"{dict(answered.statuses)}; sender busy {answered.busy:.0%}, at most {answered.late:.2f} s late; "
        f"{os.cpu_count()} cores at a load of {load:.0f}"
    )


def _processes(servers: Sequence[ServerProcess]) -> Iterator[int]:
    for server in servers:
        if server.process is not None and server.process.pid is not None:
            yield server.process.pid


if __name__ == "__main__":
    sys.exit(main())
