"""What laptops send on a Monday morning, signed beforehand: signing takes nothing from the server that is measured."""

import random
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import psycopg
from msgspec.structs import replace

from benchmarks.year.example import ANSWERS, AT_A_TIME, LATER_ANSWERS
from benchmarks.year.nation import CASES, LAPTOPS, MUNICIPALITIES, POLL_SECONDS, RECEPTION_LOCATIONS, SECONDS, Nation
from desktop.vault.crypto.identity import DeviceIdentity
from protocol.identifiers import DeviceId, DossierId, new_id
from protocol.messages.rows import Batch, Row, Segment, batch_bytes, signed_bytes
from tests.sync.raw import Habits, signed

PUSHES_A_SECOND = CASES * (ANSWERS + LATER_ANSWERS) / AT_A_TIME / SECONDS
"""On average, in the hours in which people work."""

POLLS_A_SECOND = (MUNICIPALITIES + RECEPTION_LOCATIONS) * LAPTOPS / POLL_SECONDS
"""When every laptop is on."""

SEALED_BYTES = 300
PUSH = "push"


@dataclass(frozen=True, slots=True)
class Planned:
    """A request as it goes over the wire, `at` so many seconds after the beginning, to the server number `server`."""

    at: float
    kind: str
    server: int
    octets: bytes


@dataclass(frozen=True, slots=True)
class Stream:
    """The end of what a laptop wrote in a case."""

    dossier: str
    laptop: DeviceIdentity
    last: int


@dataclass(frozen=True, slots=True)
class Ends:
    """Where every feed ends (number, mark), and streams that go on."""

    feeds: dict[str, tuple[int, int]]
    streams: list[Stream]


def read_ends(url: str, nation: Nation) -> Ends:
    """Return the ends of all feeds and of the streams of municipalities, in no order."""
    laptops = {laptop.id: laptop for institution in nation.municipalities for laptop in institution.laptops}
    with psycopg.connect(url) as connection:
        feeds = connection.execute(
            "select f.organisation, f.position, f.mark from feed f join organisations o"
            " on o.organisation = f.organisation and o.feed_position = f.position"
        ).fetchall()
        found = connection.execute("select dossier, device, last from streams").fetchall()
    streams = [Stream(dossier, laptops[device], last) for dossier, device, last in found if device in laptops]
    random.Random(1).shuffle(streams)  # noqa: S311  # an order, no secret
    return Ends({organisation: (position, mark) for organisation, position, mark in feeds}, streams)


def plan(
    nation: Nation, ends: Ends, addresses: Sequence[str], times: float, seconds: float, begin: float
) -> list[Planned]:
    """Return what is sent in `seconds` from the moment `begin` on, with `times` the average of pushes, in its order.

    Each push comes with what a round of the product asks besides, and every laptop asks once a minute. Streams are used
    up: each goes on once.
    """
    chance = random.Random(int(begin))  # noqa: S311  # moments, no secret
    made = [*_pushes(nation, ends, times, seconds, chance), *_polls(nation, seconds, chance)]
    made.sort(key=lambda one: one[0])
    planned = []
    for number, (at, kind, laptop, organisation, stream) in enumerate(made):
        address = addresses[number % len(addresses)]
        request = _request(kind, laptop, organisation, stream, ends, address, datetime.fromtimestamp(begin + at, UTC))
        planned.append(Planned(at, kind, number % len(addresses), _octets(request)))
    return planned


def requests_in(times: float, seconds: float) -> int:
    """Return about how many requests `plan` makes."""
    return round((3 * PUSHES_A_SECOND * times + 2 * POLLS_A_SECOND) * seconds)


_Sent = tuple[float, str, DeviceIdentity, str, Stream | None]


def _pushes(nation: Nation, ends: Ends, times: float, seconds: float, chance: random.Random) -> Iterator[_Sent]:
    """Half of them in new cases of reception locations, half in cases that municipalities have."""
    owners = {
        laptop.id: institution.organisation for institution in nation.institutions for laptop in institution.laptops
    }
    for number in range(round(PUSHES_A_SECOND * times * seconds)):
        at = chance.uniform(0, seconds)
        if number % 2 or not ends.streams:
            stream = Stream(new_id(), chance.choice(chance.choice(nation.receptions).laptops), 0)
        else:
            stream = ends.streams.pop()
        owner = owners[stream.laptop.id]
        yield at, PUSH, stream.laptop, owner, stream
        yield at + 0.05, "directory", stream.laptop, owner, None
        yield at + 0.1, "feed", stream.laptop, owner, None


def _polls(nation: Nation, seconds: float, chance: random.Random) -> Iterator[_Sent]:
    everybody = [
        (laptop, institution.organisation) for institution in nation.institutions for laptop in institution.laptops
    ]
    for _ in range(round(POLLS_A_SECOND * seconds)):
        at = chance.uniform(0, seconds)
        laptop, organisation = chance.choice(everybody)
        yield at, "directory", laptop, organisation, None
        yield at + 0.05, "feed", laptop, organisation, None


def _request(
    kind: str,
    laptop: DeviceIdentity,
    organisation: str,
    stream: Stream | None,
    ends: Ends,
    address: str,
    created: datetime,
) -> httpx.Request:
    habits = Habits(created=created)
    if stream is not None:
        return signed(laptop, "POST", f"{address}/v1/rows", _batch(stream), habits)
    if kind == "directory":
        return signed(laptop, "GET", f"{address}/v1/organisations/{organisation}/directory", habits=habits)
    position, mark = ends.feeds.get(organisation, (0, 0))
    return signed(laptop, "GET", f"{address}/v1/feed?after={position}&mark={mark}", habits=habits)


def _batch(stream: Stream) -> bytes:
    rows = [Row("core", 1, secrets.token_bytes(32), secrets.token_bytes(SEALED_BYTES)) for _ in range(AT_A_TIME)]
    place = DossierId(stream.dossier), DeviceId(stream.laptop.id)
    segment = Segment.of(*place, stream.last + 1, rows)
    return batch_bytes(Batch((replace(segment, signature=stream.laptop.sign(signed_bytes(segment))),)))


def _octets(request: httpx.Request) -> bytes:
    lines = [f"{request.method} {request.url.raw_path.decode('ascii')} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in request.headers.items()]
    return "\r\n".join((*lines, "", "")).encode("ascii") + request.content
