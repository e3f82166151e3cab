"""What this device has to send: keys first, then rows. Collecting and settling need the journal, sending the network.

The three parts are apart because they run on different threads; no journal is ever held up by a network:

    collect (store thread) ──> send (network thread) ──> settle (store thread) ──> collect …
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop.records.journal import Journal
from desktop.records.store.table_rows import KeyGrant
from desktop.sync import halving
from desktop.sync.batches import pack
from desktop.sync.client import Client
from desktop.vault.crypto.identity import DeviceIdentity
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId, OrganisationId
from protocol.limits import MOST_ROWS, MOST_SETS, MOST_WRAPS, PAGE_BODY_BYTES
from protocol.messages.membership import MembershipStatement, MembershipStep
from protocol.messages.rows import Batch
from protocol.messages.wraps import Wrap, WrapBatch, WrapSet

_ABOUT_THE_WAY = frozenset(
    {
        "sync.no_server",
        "sync.not_private",
        "sync.certificate_refused",
        "sync.unreachable",
        "sync.proxy_sign_in",
        "sync.proxy_unreadable",
        "sync.proxy_unsupported",
    }
)
_ABOUT_THE_LAPTOP = frozenset(
    {
        "sync.client_newer",
        "sync.clock_differs",
        "sync.device_revoked",
        "sync.device_unknown",
        "sync.server_newer",
        "sync.signature_wrong",
    }
)
NOTHING_GOES = _ABOUT_THE_WAY | _ABOUT_THE_LAPTOP
"""Answers after which reading would fail as well."""

_WRAP_FRAME_BYTES = 250


@dataclass(frozen=True, slots=True)
class PushProgress:
    """How far a run of pushing has come: all rows up to `position` were handled, `pushed` of them sent.

    `blocked` dossiers, each with its code, are left out for the rest of the run; the others go on. As soon as one is
    blocked nothing more is acknowledged, so the next run offers the same rows again, which is harmless. `restarted`
    tells that the server lacked older rows (it came back from a backup) and the run began at the first row again.
    `failed` is the code of what ended the run before its last row; what was asked stays asked in the next run.
    `room` is how long a message may be: less than it was since one was too long for something on the way.
    """

    position: int
    pushed: int = 0
    blocked: Mapping[DossierId, str] = field(default_factory=dict)
    restarted: bool = False
    failed: str = ""
    room: int = PAGE_BODY_BYTES


@dataclass(frozen=True, slots=True)
class OutgoingRows:
    """One request's worth of rows, where the journal stands after them, and whether they are the last that wait."""

    before: PushProgress
    batch: Batch | None
    position: int
    last: bool
    device: DeviceIdentity


@dataclass(frozen=True, slots=True)
class OutgoingKeys:
    """Wraps to send, in sets per dossier and recipient, where the journal stands after them, and whether more wait.

    `held` are the positions of those in between that may not go yet.
    """

    sets: tuple[WrapSet, ...]
    position: int
    last: bool = True
    held: tuple[int, ...] = ()


def collect_keys(journal: Journal, room: int = PAGE_BODY_BYTES) -> OutgoingKeys | None:
    """Return as many of the wraps that the server lacks as a message of about `room` bytes holds. Store thread.

    From then on they count as given.
    """
    found = journal.outbox.wraps_waiting(MOST_SETS + 1)
    waiting = _fitting(found[:MOST_SETS], room)
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
    journal.keys.given.note(waiting)
    position = waiting[-1].position
    return OutgoingKeys(tuple(sets), position, len(waiting) == len(found), journal.outbox.wraps_held(position))


def send_keys(client: Client, keys: OutgoingKeys, own: OrganisationId) -> tuple[str, ...]:
    """Publish wraps and return the codes of sets that this server refuses. Network thread. Raises what `Client` raises.

    A refused set does not hold up the others and is not tried again: the handover that needs it wraps anew. That the
    `own` organisation is out of a dossier is nothing to tell: its laptops get nothing new of it anyway.
    """
    refused: list[str] = []
    left = [keys.sets]
    while left:
        sets = left.pop()
        try:
            answered = client.publish(WrapBatch(sets)).refused
            refused += [each.code for each in answered if _recipient(sets, each.place) != own]
        except OpmaatError as error:
            if error.code not in halving.PERHAPS_TOO_LARGE or len(sets) == 1:
                raise
            middle = len(sets) // 2
            left += (sets[middle:], sets[:middle])
    return tuple(refused)


def settle_keys(
    journal: Journal, keys: OutgoingKeys | None, heard: Iterable[MembershipStatement], own: OrganisationId
) -> None:
    """Remember that these wraps are sent. Store thread.

    A case that came on a stick is worked on before the server knows who is in it: it refused its keys. Where the server
    `heard` only now that it was received, those for the `own` organisation are sent once more.
    """
    for statement in heard:
        if statement.step is MembershipStep.RECEIVED:
            journal.outbox.send_wraps_again(DossierId(statement.dossier), own)
    if keys is not None:
        journal.outbox.acknowledge_wraps(keys.position, keys.held)


def collect(
    journal: Journal, device: DeviceIdentity, progress: PushProgress | None = None, room: int = PAGE_BODY_BYTES
) -> OutgoingRows | None:
    """Return the next rows to push, about `room` bytes of them, or None at the end of the run. Store thread.

    `progress` is what `send` returned last, or None at the beginning of a run.
    """
    before = progress or PushProgress(journal.outbox.acknowledged())
    rows = journal.outbox.rows_after(before.position, MOST_ROWS)
    if not rows:
        return None
    signed = pack([row for row in rows if row.dossier not in before.blocked], device, min(room, before.room))
    position = rows[-1].position if signed is None else signed.position
    last = not journal.outbox.rows_after(position, 1)
    return OutgoingRows(before, None if signed is None else signed.batch, position, last, device)


def send(client: Client, rows: OutgoingRows) -> PushProgress:
    """Push rows and return how far the run has come. Network thread. Raises after what reading would fail as well.

    A refusal that concerns one dossier blocks that dossier for this run; missing older rows start the run over, once.
    """
    before = rows.before
    if rows.batch is None:
        return replace(before, position=rows.position)
    try:
        pushed = halving.push(client, rows.batch, rows.device)
    except OpmaatError as error:
        if error.code in NOTHING_GOES:
            raise
        if error.code == "sync.gap" and not before.restarted:
            return replace(before, position=0, restarted=True)
        return replace(before, failed=error.code)
    blocked = {**before.blocked, **pushed.blocked}
    sent = before.pushed + pushed.rows
    return replace(before, position=rows.position, pushed=sent, blocked=blocked, room=min(before.room, pushed.room))


def settle(journal: Journal, progress: PushProgress) -> None:
    """Remember what the server holds now. Store thread."""
    if not progress.blocked:
        journal.outbox.acknowledge(progress.position)


def _fitting(wraps: Sequence[KeyGrant], room: int) -> Sequence[KeyGrant]:
    for count, wrap in enumerate(wraps):
        room -= len(wrap.blob) * 4 // 3 + _WRAP_FRAME_BYTES
        if room < 0 and count:
            return wraps[:count]
    return wraps


def _recipient(sets: Sequence[WrapSet], place: int) -> OrganisationId | None:
    return sets[place].recipient if place < len(sets) else None
