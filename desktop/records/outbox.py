"""What the server does not have yet, and how far it was heard: no table of its own, only cursors over the rows."""

from collections.abc import Iterable

from desktop.records.key_access import KeyAccess
from desktop.records.membership.membership_records import MembershipRecords
from desktop.records.store.cursor_names import SENT_ROWS, SENT_WRAPS, sent_rows
from desktop.records.store.database import Store
from desktop.records.store.table_rows import KeyGrant, SealedRow
from protocol.identifiers import DeviceId, DossierId, OrganisationId

_WRAP = "dossier, compartment, epoch, recipient, blob"
_LATER = f"insert into wraps ({_WRAP}) select {_WRAP} from wraps where id = ?"  # noqa: S608  # a constant


class Outbox:
    """The side of a journal that synchronisation looks at. Same thread and same failures as `Journal`."""

    def __init__(self, store: Store, keys: KeyAccess, membership: MembershipRecords, device: DeviceId) -> None:
        self._store = store
        self._keys = keys
        self._membership = membership
        self._device = device

    def rows_after(self, cursor: int, limit: int) -> tuple[SealedRow, ...]:
        """Return at most `limit` rows of this device above position `cursor`, in order: what is to be pushed."""
        return self._store.rows_written_by(self._device, cursor, limit)

    def rows_written_by(self, device: DeviceId, cursor: int, limit: int) -> tuple[SealedRow, ...]:
        """Return at most `limit` rows of another device above position `cursor`, in the order they came in."""
        return self._store.rows_written_by(device, cursor, limit)

    def acknowledged_of(self, former: DeviceId) -> int:
        """Return the position up to which the server has the rows of a device that this one was before a restore."""
        return int(self._store.cursor(sent_rows(former)) or 0)

    def acknowledge_of(self, former: DeviceId, cursor: int) -> None:
        """Remember that the server has the rows of `former` up to `cursor`, whatever was said before."""
        self.keep_cursor(sent_rows(former), str(cursor))

    def acknowledged(self) -> int:
        """Return the position up to which the server has this device's rows."""
        return int(self._store.cursor(SENT_ROWS) or 0)

    def acknowledge(self, cursor: int) -> None:
        """Remember that the server has this device's rows up to `cursor`: the `position` of the last one pushed."""
        self.keep_cursor(SENT_ROWS, str(max(cursor, self.acknowledged())))

    def send_again(self) -> None:
        """Count rows, also of former devices, wraps, pieces and statements as not sent: the server came from a backup.

        Twice does no harm.
        """
        with self._store.atomic():
            self._store.keep_cursor(SENT_ROWS, "0")
            self._store.reset_cursors(sent_rows(""))
            self._store.keep_cursor(SENT_WRAPS, "0")
            self._store.pieces.send_again()
            self._membership.send_again()

    def waiting(self) -> int:
        """Return how many rows of this device the server does not have yet."""
        return self._store.count_written_by(self._device, self.acknowledged())

    def dossiers_waiting(self) -> frozenset[DossierId]:
        """Return the dossiers of which the server lacks rows of this device."""
        return self._store.dossiers_written_by(self._device, self.acknowledged())

    def cursor(self, name: str) -> str | None:
        """Return what was kept under `name` (such as how far was pulled), or None."""
        return self._store.cursor(name)

    def keep_cursor(self, name: str, value: str) -> None:
        """Keep `value` under `name`; durable when this returns. Never a personal datum: it lies in clear."""
        with self._store.atomic():
            self._store.keep_cursor(name, value)

    def wraps_waiting(self, limit: int) -> tuple[KeyGrant, ...]:
        """Return at most `limit` wraps that the server does not have yet and that may go, in order."""
        return self._keys.wraps_after(self._acknowledged_wraps(), limit)

    def wraps_held(self, until: int) -> tuple[int, ...]:
        """Return the positions up to `until` of the wraps that may not go yet; see `GivenKeys`."""
        unsent = self._store.wraps(self._acknowledged_wraps(), -1)
        here = [wrap for wrap in unsent if wrap.position <= until]
        free = {wrap.position for wrap in self._keys.given.free_to_go(here)}
        return tuple(wrap.position for wrap in here if wrap.position not in free)

    def send_wraps_again(self, dossier: DossierId, recipient: OrganisationId) -> None:
        """Count the wraps of a dossier for `recipient` as not sent, because the server may have refused them.

        Such as when a case came on a stick, and the server did not know yet who is in it.
        """
        sent = self._acknowledged_wraps()
        with self._store.atomic():
            for wrap in self._store.wraps_for(dossier, recipient):
                if wrap.position <= sent:
                    self._store.add_wrap(wrap)

    def acknowledge_wraps(self, cursor: int, held: Iterable[int] = ()) -> None:
        """Remember that the server has the wraps up to `cursor`, the `position` of the last one sent, but for `held`.

        Those are sent after all others, once they may go.
        """
        with self._store.atomic():
            for position in held:
                self._store.run(_LATER, [position])
                self._store.run("delete from wraps where id = ?", [position])
            self._store.keep_cursor(SENT_WRAPS, str(cursor))

    def _acknowledged_wraps(self) -> int:
        return int(self._store.cursor(SENT_WRAPS) or 0)
