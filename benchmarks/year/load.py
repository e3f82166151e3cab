"""Sends planned requests at their moments, whatever the server does; an answer takes from then until it is whole."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from benchmarks.year.messages import Planned

_CONNECTIONS = 48
"""To each server, kept open as those of a proxy."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Seconds of every answer by kind, from the planned moment on; how often each status came; how busy we were.

    `late` is the most that a request was sent after its moment because this program was not fast enough, and not
    because all connections were waiting for answers.
    """

    seconds: Mapping[str, Sequence[float]]
    statuses: Mapping[int, int]
    busy: float
    late: float


class _Sender:
    """The connections to the servers."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self._places = [urlsplit(address) for address in addresses]
        self._free: list[asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter] | None]] = []
        self.seconds: defaultdict[str, list[float]] = defaultdict(list)
        self.statuses: Counter[int] = Counter()

    def prepare(self) -> None:
        for _ in self._places:
            queue: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter] | None] = asyncio.Queue()
            for _ in range(_CONNECTIONS):
                queue.put_nowait(None)
            self._free.append(queue)

    async def send(self, one: Planned, begin: float) -> None:
        queue, place = self._free[one.server], self._places[one.server]
        way = await queue.get()
        try:
            way = way or await asyncio.open_connection(place.hostname, place.port)
            status = await _exchange(*way, one.octets)
        except (OSError, asyncio.IncompleteReadError):  # the server ended it, as it may between two requests
            if way is not None:
                way[1].close()
            way, status = None, 0
        queue.put_nowait(way)
        self.statuses[status] += 1
        self.seconds[one.kind].append(time.monotonic() - begin - one.at)

    async def close(self) -> None:
        for queue in self._free:
            while not queue.empty():
                way = queue.get_nowait()
                if way is not None:
                    way[1].close()
                    with suppress(OSError):
                        await way[1].wait_closed()


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, octets: bytes) -> int:
    writer.write(octets)
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    await reader.readexactly(int(length.split(b":")[1]))
    return int(head.split(b" ", 2)[1])


def send_all(planned: Sequence[Planned], addresses: Sequence[str], begin: float) -> Answered:
    """Send `planned`, beginning at `begin` by the clock of the wall."""
    return asyncio.run(_send_all(planned, addresses, begin))


async def _send_all(planned: Sequence[Planned], addresses: Sequence[str], begin: float) -> Answered:
    sender = _Sender(addresses)
    sender.prepare()
    steady = time.monotonic() + begin - time.time()
    await asyncio.sleep(max(0, steady - time.monotonic()))
    worked, tasks, late = time.process_time(), [], 0.0
    for one in planned:
        wait = steady + one.at - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        late = max(late, time.monotonic() - steady - one.at)
        tasks.append(asyncio.create_task(sender.send(one, steady)))
    await asyncio.gather(*tasks)
    busy = (time.process_time() - worked) / (time.monotonic() - steady)
    await sender.close()
    return Answered(sender.seconds, sender.statuses, busy, late)
