"""Sending what a restored copy still holds of the device it came from, under that device's own identity.

Those rows are, byte for byte, what the old laptop wrote before the backup; a restored copy never adds to them. So
sending them cannot fork a stream, whether the old laptop is gone or still alive: the server takes what it lacks and
knows the rest. What the server itself refuses for good (the device was revoked) is given up and told; it stays
readable here. After any other answer it is tried again.
"""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.records.journal import Journal
from desktop.sync import halving
from desktop.sync.batches import SignedBatch, pack
from desktop.sync.client import Client
from desktop.sync.outgoing import NOTHING_GOES
from desktop.vault.backup_restoring import former_devices
from desktop.vault.crypto.identity import DeviceIdentity
from desktop.vault.vault import Vault
from protocol.certificates import DeviceChain
from protocol.errors import OpmaatError
from protocol.identifiers import DeviceId
from protocol.limits import MOST_ROWS

_FROM_THE_START = "sync.gap"


@dataclass(frozen=True, slots=True)
class FormerRows:
    """Rows of one former device to send, and the position they begin after."""

    device: DeviceIdentity
    chain: DeviceChain
    signed: SignedBatch
    after: int


@dataclass(frozen=True, slots=True)
class FormerSent:
    """How far that came: the position to go on from; the code of a refusal, blank when there was none; what was left.

    `given_up` tells that the refusal is for good; otherwise the same rows are tried again in the next run.
    """

    device: DeviceId
    position: int
    refused: str = ""
    given_up: bool = False
    moved: bool = True


class FormerDevices:
    """The former identities of one vault. `connect` returns a client that speaks as a device."""

    def __init__(self, journal: Journal, vault: Vault, connect: Callable[[DeviceIdentity], Client]) -> None:
        self._journal = journal
        self._vault = vault
        self._connect = connect

    def collect(self) -> FormerRows | None:
        """Return the next rows to send, None when the server has them all. Store thread."""
        for device, chain in former_devices(self._vault):
            after = self._journal.outbox.acknowledged_of(device.id)
            rows = self._journal.outbox.rows_written_by(device.id, after, MOST_ROWS)
            signed = pack(rows, device)
            if signed is not None:
                return FormerRows(device, chain, signed, after)
        return None

    def send(self, rows: FormerRows) -> FormerSent:
        """Send rows as the device that wrote them. Network thread. Raises after what reading would fail as well."""
        client, device = self._connect(rows.device), rows.device.id
        try:
            client.enrol(rows.chain)
            pushed = halving.push(client, rows.signed.batch, rows.device)
        except OpmaatError as error:
            if error.code == "sync.device_revoked":
                return FormerSent(device, rows.signed.position, error.code, given_up=True)
            if error.code in NOTHING_GOES:
                raise
            if error.code == _FROM_THE_START and rows.after > 0:
                return FormerSent(device, 0)
            return FormerSent(device, rows.after, error.code, moved=False)
        finally:
            client.close()
        held = [code for code in pushed.blocked.values() if code not in halving.ABOUT_ONE_DOSSIER]
        if held:
            return FormerSent(device, rows.after, held[0], moved=False)
        refused = next(iter(pushed.blocked.values()), "")
        return FormerSent(device, rows.signed.position, refused, given_up=bool(refused))

    def settle(self, sent: FormerSent) -> None:
        """Remember how far it came. Store thread."""
        self._journal.outbox.acknowledge_of(sent.device, sent.position)
