"""`make bench-sync`: every promise about the speed of the exchange with the server, in one run, as ratios."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.results import Result, head, write
from benchmarks.sync import pull, push
from tests.sync.postgres import Cluster, binaries, running_cluster


def main() -> int:
    """Run all comparisons and print them."""
    with _postgresql() as cluster, TemporaryDirectory() as folder:
        if cluster is None:
            print("PostgreSQL is not installed: its rows are left out, and SQLite serves the pull")
        print(head(), flush=True)
        results: list[Result] = []
        pulled = partial(pull.compare, _pulled_from(cluster, Path(folder)))
        comparisons: list[Callable[[], Result]] = [*push.comparisons(cluster), pulled]
        for compare in comparisons:
            results.append(compare())
            print(results[-1].text(), flush=True)
    print(write("sync", results))
    return 0


def _pulled_from(cluster: Cluster | None, folder: Path) -> str:
    return str(folder / "server.db") if cluster is None else cluster.new_database()


@contextmanager
def _postgresql() -> Iterator[Cluster | None]:
    """Run a PostgreSQL server that waits for the disk, where it is installed."""
    tools = binaries()
    if tools is None:
        yield None
        return
    with running_cluster(tools, durable=True) as cluster:
        yield cluster


if __name__ == "__main__":
    sys.exit(main())
