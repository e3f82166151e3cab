"""What this device has to send: keys first, then rows. Collecting and settling need the journal, sending the network.

The three parts are apart because they run on different threads; no journal is ever held up by a network:

    collect (store thread) ──> send (network thread) ──> settle (store thread) ──> collect …
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from desktop.records.journal import Journal
from desktop.records.store.table_rows import KeyGrant
from desktop.sync.batches import pack
from desktop.sync.client import Client
from desktop.vault.crypto.identity import DeviceIdentity
from protocol.errors import EnvironmentProblem, OpmaatError
from protocol.identifiers import DossierId, OrganisationId
from protocol.limits import MOST_ROWS, MOST_WRAPS
from protocol.messages.rows import Batch
from protocol.messages.wraps import Wrap, WrapSet

_ABOUT_ONE_DOSSIER = frozenset({"sync.row_conflict", "sync.not_member"})
_WRAPS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class PushProgress:
    """How far a run of pushing has come: all rows up to `position` were handled, `pushed` of them sent.

    `blocked` dossiers, each with its code, are left out for the rest of the run; the others go on. As soon as one is
    blocked nothing more is acknowledged, so the next run offers the same rows again, which is harmless. `restarted`
    tells that the server lacked older rows (it came back from a backup) and the run began at the first row again.
    """

    position: int
    pushed: int = 0
    blocked: Mapping[DossierId, str] = field(default_factory=dict)
    restarted: bool = False


@dataclass(frozen=True, slots=True)
class OutgoingRows:
    """One request's worth of rows, where the journal stands after them, and whether they are the last that wait."""

    before: PushProgress
    batch: Batch | None
    position: int
    last: bool


@dataclass(frozen=True, slots=True)
class OutgoingKeys:
    """Wraps to send, in sets per dossier and recipient, and where the journal stands after them."""

    sets: tuple[WrapSet, ...]
    position: int


def collect_keys(journal: Journal) -> OutgoingKeys | None:
    """Return the wraps the server does not have yet, or None. Store thread."""
    waiting = journal.outbox.wraps_waiting(_WRAPS_AT_ONCE)
    if not waiting:
        return None
    grouped: dict[tuple[DossierId, OrganisationId], list[KeyGrant]] = {}
    for wrap in waiting:
        grouped.setdefault((wrap.dossier, wrap.recipient), []).append(wrap)
    sets = [
        WrapSet(dossier, recipient, tuple(Wrap(wrap.compartment, wrap.epoch, wrap.blob) for wrap in piece))
        for (dossier, recipient), group in grouped.items()
        for piece in (group[at : at + MOST_WRAPS] for at in range(0, len(group), MOST_WRAPS))
    ]
    return OutgoingKeys(tuple(sets), waiting[-1].position)


def send_keys(client: Client, keys: OutgoingKeys) -> tuple[str, ...]:
    """Publish wraps and return the codes of sets that this server refuses. Network thread. Raises what `Client` raises.

    A refused set does not hold up the others and is not tried again: the handover that needs it wraps anew.
    """
    refused: list[str] = []
    for one in keys.sets:
        try:
            client.publish(one)
        except OpmaatError as error:
            if error.code not in {"offer.recipient_unknown", "sync.not_member"}:
                raise
            refused.append(error.code)
    return tuple(refused)


def settle_keys(journal: Journal, keys: OutgoingKeys) -> None:
    """Remember that these wraps are sent. Store thread."""
    journal.outbox.acknowledge_wraps(keys.position)


def collect(journal: Journal, device: DeviceIdentity, progress: PushProgress | None = None) -> OutgoingRows | None:
    """Return the next rows to push, or None at the end of the run. Store thread.

    `progress` is what `send` returned last, or None at the beginning of a run.
    """
    before = progress or PushProgress(journal.outbox.acknowledged())
    rows = journal.outbox.rows_after(before.position, MOST_ROWS)
    if not rows:
        return None
    signed = pack([row for row in rows if row.dossier not in before.blocked], device)
    position = rows[-1].position if signed is None else signed.position
    last = not journal.outbox.rows_after(position, 1)
    return OutgoingRows(before, None if signed is None else signed.batch, position, last)


def send(client: Client, rows: OutgoingRows) -> PushProgress:
    """Push rows and return how far the run has come. Network thread. Raises what `Client` raises.

    A refusal that concerns one dossier blocks that dossier for this run; missing older rows start the run over, once.
    """
    if rows.batch is None:
        return replace(rows.before, position=rows.position)
    try:
        client.push(rows.batch)
    except EnvironmentProblem as error:
        return _after_refusal(rows.before, error)
    count = sum(len(segment.rows) for segment in rows.batch.segments)
    return replace(rows.before, position=rows.position, pushed=rows.before.pushed + count)


def settle(journal: Journal, progress: PushProgress) -> None:
    """Remember what the server holds now. Store thread."""
    if not progress.blocked:
        journal.outbox.acknowledge(progress.position)


def _after_refusal(before: PushProgress, error: EnvironmentProblem) -> PushProgress:
    dossier = error.details.get("dossier")
    if error.code in _ABOUT_ONE_DOSSIER and dossier is not None:
        return replace(before, blocked={**before.blocked, DossierId(dossier): error.code})
    if error.code == "sync.gap" and not before.restarted:
        return replace(before, position=0, restarted=True)
    raise error
