"""Steps of several writes, recorded before they are carried out, so that none of them stays half done.

An intention is written in the same transaction as the first write of its step, or alone before it, and removed when
the last write is durable. Whatever is pending is completed by the next call, round or opening: carrying one out twice
must come to the same. They lie in the table `cursors`, sealed by the vault; their names are random and say nothing.
One whose bytes were changed can be completed by nobody: it is kept, and `damaged` names its row.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.records.store.database import Store
from desktop.vault.crypto.codec import JsonFields
from desktop.vault.vault import Vault
from protocol.canonical import JsonValue, canonical_bytes
from protocol.encoding import from_base64, to_base64
from protocol.errors import UserError
from protocol.identifiers import new_id

_PREFIX = "intention."
_BROKEN = "records.damaged"
_SELECT = "select rowid, name, value from cursors where name >= 'intention.' and name < 'intention/' order by rowid"


@dataclass(frozen=True, slots=True)
class Intention:
    """What is still to be done: `kind` names who completes it, `value` is all that this takes."""

    kind: str
    value: JsonValue = field(repr=False)
    id: str = field(default_factory=new_id)


class Intentions:
    """The intentions of one journal. Methods raise EnvironmentProblem `records.…`."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self._store = store
        self._vault = vault

    def begin(self, intention: Intention) -> None:
        """Write an intention; durable when this returns or, inside a transaction, together with it."""
        plain = canonical_bytes({"kind": intention.kind, "value": intention.value})
        sealed = to_base64(self._vault.seal(_associated_data(intention.id), plain))
        with self._store.atomic():
            self._store.keep_cursor(f"{_PREFIX}{intention.id}", sealed)

    def pending(self) -> tuple[Intention, ...]:
        """Return what is still to be completed, oldest first; a damaged one is left out."""
        return tuple(each for _position, each in self._read() if each is not None)

    def damaged(self) -> tuple[int, ...]:
        """Return the ids of the rows of `cursors` that hold an intention nobody can read any more."""
        return tuple(position for position, each in self._read() if each is None)

    def finish(self, intention: Intention) -> None:
        """Remove an intention whose last write is durable. Finishing it again changes nothing."""
        with self._store.atomic():
            self._store.run("delete from cursors where name = ?", [f"{_PREFIX}{intention.id}"])

    def _read(self) -> Iterator[tuple[int, Intention | None]]:
        for position, name, value in self._store.run(_SELECT):
            yield position, self._open(str(name).removeprefix(_PREFIX), value)

    def _open(self, identifier: str, value: object) -> Intention | None:
        if not isinstance(value, str):
            return None
        try:
            plain = self._vault.open_sealed(_associated_data(identifier), from_base64(value, _BROKEN))
            fields = JsonFields.parse(plain, _BROKEN)
            return Intention(fields.text("kind"), fields.value("value"), identifier)
        except UserError:
            return None


def _associated_data(identifier: str) -> bytes:
    return b"intention\0" + identifier.encode()
