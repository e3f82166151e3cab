"""`make bench-sync`: every promise about the speed of the exchange with the server, in one run, as ratios."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.results import Result, head, write
from benchmarks.sync import growth, peers, pull, push, slow_link
from tests.sync.postgres import Cluster, binaries, running_cluster


def main(asked: Sequence[str] = ()) -> int:
    """Run the comparisons that are `asked` for by name, all where none is, and print them."""
    with _postgresql() as cluster, TemporaryDirectory() as folder:
        if cluster is None:
            print("PostgreSQL is not installed: its rows are left out, and SQLite serves the pull")
        if not peers.is_there():
            print("PouchDB is not installed (benchmarks/peers/setup.sh): its rows are left out")
        print(head(), flush=True)
        results: list[Result] = []
        comparisons = _comparisons(cluster, Path(folder))
        for name in asked or comparisons:
            for result in comparisons[name]():
                results.append(result)
                print(result.text(), flush=True)
    print(write("_".join(("sync", *asked)), results))
    return 0


def _comparisons(cluster: Cluster | None, folder: Path) -> Mapping[str, Callable[[], Iterable[Result]]]:
    """Return what is compared, by name, each in one run."""
    database = str(folder / "server.db") if cluster is None else cluster.new_database()
    return {
        "push": lambda: (compare() for compare in push.comparisons(cluster)),
        "pull": lambda: (pull.compare(database),),
        "peer": lambda: peers.results() if peers.is_there() else (),
        "line": lambda: (slow_link.compare(),),
        "growth": partial(growth.results, cluster),
    }


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
    sys.exit(main(sys.argv[1:]))
