"""What was not taken by the server or not taken in here, kept until it is settled: codes and days, never a name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.records.outbox import Outbox
from protocol.canonical import JsonValue, canonical_bytes, parse_canonical
from protocol.errors import UserError

_KEPT = "sync.notices"


class Settled(StrEnum):
    """What settles a notice: reading the feed again, a run in which it does not come back, or a person who saw it."""

    BY_READING = "reading"
    BY_SENDING = "sending"
    BY_A_PERSON = "person"


_Kept = Mapping[Settled, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class SyncNotice:
    """That something was refused for the reason `code`, first on `since`."""

    code: str
    since: date
    settled: Settled


class SyncNotices:
    """The notices of one vault. Store thread; `today` is the day a new one gets."""

    def __init__(self, outbox: Outbox, today: Callable[[], date]) -> None:
        self._outbox = outbox
        self._today = today

    def all(self) -> tuple[SyncNotice, ...]:
        """Return every notice that is not settled, oldest first."""
        found = [
            SyncNotice(code, date.fromisoformat(since), settled)
            for settled, notices in self._read().items()
            for code, since in notices.items()
        ]
        return tuple(sorted(found, key=lambda each: (each.since, each.code)))

    def add(self, settled: Settled, codes: Iterable[str]) -> None:
        """Keep a notice for each code that has none yet."""
        known = self._read()
        self._keep(settled, {**{code: self._today().isoformat() for code in codes}, **known[settled]}, known)

    def replace(self, settled: Settled, codes: Iterable[str]) -> None:
        """Keep a notice for these codes only; one that was there keeps its day."""
        known = self._read()
        self._keep(settled, {code: known[settled].get(code, self._today().isoformat()) for code in codes}, known)

    def clear(self, settled: Settled) -> None:
        """Forget the notices that this settles."""
        self._keep(settled, {}, self._read())

    def _keep(self, settled: Settled, notices: Mapping[str, str], known: _Kept) -> None:
        if notices != known[settled]:
            every: dict[str, JsonValue] = {each.value: {**of} for each, of in {**known, settled: notices}.items()}
            self._outbox.keep_cursor(_KEPT, canonical_bytes(every).decode())

    def _read(self) -> _Kept:
        """Return the code and the day of every notice, by what settles it; nothing where it cannot be read."""
        try:
            found = parse_canonical((self._outbox.cursor(_KEPT) or "{}").encode())
        except UserError:
            found = None
        kept = found if isinstance(found, Mapping) else {}
        return {settled: _notices_in(kept.get(settled.value)) for settled in Settled}


def _notices_in(value: JsonValue) -> Mapping[str, str]:
    return {code: str(since) for code, since in value.items()} if isinstance(value, Mapping) else {}
