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
            for settled in Settled
            for code, since in self._of(settled).items()
        ]
        return tuple(sorted(found, key=lambda each: (each.since, each.code)))

    def add(self, settled: Settled, codes: Iterable[str]) -> None:
        """Keep a notice for each code that has none yet."""
        self._keep(settled, {**{code: self._today().isoformat() for code in codes}, **self._of(settled)})

    def replace(self, settled: Settled, codes: Iterable[str]) -> None:
        """Keep a notice for these codes only; one that was there keeps its day."""
        known = self._of(settled)
        self._keep(settled, {code: known.get(code, self._today().isoformat()) for code in codes})

    def clear(self, settled: Settled) -> None:
        """Forget the notices that this settles."""
        self._keep(settled, {})

    def _of(self, settled: Settled) -> dict[str, str]:
        found = self._read().get(settled.value)
        return {code: str(since) for code, since in found.items()} if isinstance(found, Mapping) else {}

    def _keep(self, settled: Settled, notices: Mapping[str, str]) -> None:
        if notices != self._of(settled):
            every: dict[str, JsonValue] = {**self._read(), settled.value: notices}
            self._outbox.keep_cursor(_KEPT, canonical_bytes(every).decode())

    def _read(self) -> Mapping[str, JsonValue]:
        try:
            found = parse_canonical((self._outbox.cursor(_KEPT) or "{}").encode())
        except UserError:
            return {}
        return found if isinstance(found, Mapping) else {}
