"""What this device has to send: keys first, then rows. Collecting and settling need the journal, sending the network.

The three parts are apart because they run on different threads; no journal is ever held up by a network:

    collect (store thread) ──> send (network thread) ──> settle (store thread) ──> collect …
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from desktop.kernel.errors import EnvironmentProblem, OpmaatError
from desktop.kernel.ids import DossierId
from desktop.records.journal import Journal
from desktop.records.store import Wrap
from desktop.sync import wire
from desktop.sync.batches import pack
from desktop.sync.client import Client
from desktop.sync.wire import MOST_WRAPS, Batch, WrapSet
from desktop.sync.wire.version import MOST_ROWS
from desktop.vault.identity import DeviceIdentity

_ABOUT_ONE_DOSSIER = frozenset({"sync.row_conflict", "sync.not_member"})
_WRAPS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run of pushing has come: all rows up to `position` were handled.

    `blocked` dossiers, each with its code, are left out for the rest of the run; the others go on. As soon as one is
    blocked nothing more is acknowledged, so the next run offers the same rows again, which is harmless. `restarted`
    tells that the server lacked older rows (it came back from a backup) and the run began at the first row again.
    """

    position: int
    blocked: Mapping[DossierId, str] = field(default_factory=dict)
    restarted: bool = False
    pushed: int = 0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One request's worth: the wraps and rows to send now, and where the journal stands after them."""

    before: Progress
    batch: Batch | None
    position: int


@dataclass(frozen=True, slots=True)
class OutgoingKeys:
    """Wraps to send now, in sets per dossier and recipient, and where the journal stands after them."""

    sets: tuple[WrapSet, ...]
    position: int


@dataclass(frozen=True, slots=True)
class SentKeys:
    """What became of wraps; a set in `refused` was not taken, with the code that says why."""

    position: int
    refused: tuple[tuple[WrapSet, str], ...] = field(default=())


def collect_keys(journal: Journal) -> OutgoingKeys | None:
    """Return the wraps the server does not have yet, or None. Store thread."""
    waiting = journal.wraps_waiting(_WRAPS_AT_ONCE)
    if not waiting:
        return None
    sets = [
        WrapSet(dossier, recipient, tuple(wire.Wrap(wrap.compartment, wrap.epoch, wrap.blob) for wrap in piece))
        for (dossier, recipient), group in groupby(waiting, key=lambda wrap: (wrap.dossier, wrap.recipient))
        for piece in _pieces(tuple(group))
    ]
    return OutgoingKeys(tuple(sets), waiting[-1].position)


def send_keys(client: Client, keys: OutgoingKeys) -> SentKeys:
    """Publish wraps. Network thread. Raises what `Client` raises, but for a set that only this server refuses.

    A refused set is not tried again by itself: the handover that needs it wraps anew.
    """
    refused: list[tuple[WrapSet, str]] = []
    for one in keys.sets:
        try:
            client.publish(one)
        except OpmaatError as error:
            if error.code not in {"offer.recipient_unknown", "sync.not_member"}:
                raise
            refused.append((one, error.code))
    return SentKeys(keys.position, tuple(refused))


def settle_keys(journal: Journal, sent: SentKeys) -> None:
    """Remember that these wraps are sent. Store thread."""
    journal.acknowledge_wraps(sent.position)


def collect(journal: Journal, device: DeviceIdentity, progress: Progress | None = None) -> Outgoing | None:
    """Return the next rows to push, or None at the end of the run. Store thread.

    `progress` is what `send` returned last, or None at the beginning of a run.
    """
    before = progress or Progress(journal.acknowledged())
    rows = journal.rows_after(before.position, MOST_ROWS)
    if not rows:
        return None
    parcel = pack([row for row in rows if row.dossier not in before.blocked], device)
    if parcel is None:
        return Outgoing(before, None, rows[-1].position)
    return Outgoing(before, parcel.batch, parcel.position)


def send(client: Client, outgoing: Outgoing) -> Progress:
    """Push rows and return how far the run has come. Network thread. Raises what `Client` raises.

    A refusal that concerns one dossier blocks that dossier for this run; missing older rows start the run over, once.
    """
    before = outgoing.before
    if outgoing.batch is None:
        return Progress(outgoing.position, before.blocked, before.restarted, before.pushed)
    try:
        client.push(outgoing.batch)
    except EnvironmentProblem as error:
        return _after_refusal(before, error)
    count = sum(len(segment.rows) for segment in outgoing.batch.segments)
    return Progress(outgoing.position, before.blocked, before.restarted, before.pushed + count)


def settle(journal: Journal, progress: Progress) -> None:
    """Remember what the server holds now. Store thread."""
    if not progress.blocked:
        journal.acknowledge(progress.position)


def _after_refusal(before: Progress, error: EnvironmentProblem) -> Progress:
    dossier = error.details.get("dossier")
    if error.code in _ABOUT_ONE_DOSSIER and dossier is not None:
        blocked = {**before.blocked, DossierId(dossier): error.code}
        return Progress(before.position, blocked, before.restarted, before.pushed)
    if error.code == "sync.gap" and not before.restarted:
        return Progress(0, before.blocked, restarted=True, pushed=before.pushed)
    raise error


def _pieces(wraps: tuple[Wrap, ...]) -> list[tuple[Wrap, ...]]:
    return [wraps[at : at + MOST_WRAPS] for at in range(0, len(wraps), MOST_WRAPS)]
