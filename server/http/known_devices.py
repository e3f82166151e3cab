"""The keys of devices that were here before, so that the head of a request is verified without asking the database.

The identifier of a device follows from its key, so what is kept is never another's. Whether the device is still let in
is asked anew in the transaction of each request.
"""

from server.store.calling_device import CallingDevice

MOST = 10_000
"""How many are kept, a few hundred bytes each."""


class KnownDevices:
    """The enrolled devices that this process verified a request of. Used by several threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: dict[str, CallingDevice] = {}

    def find(self, device: str) -> CallingDevice | None:
        """Return what is known of `device`."""
        return self._known.get(device)

    def keep(self, device: CallingDevice) -> None:
        """Keep what is known of a device; where there are too many, all others are forgotten."""
        if len(self._known) >= self._most:
            self._known.clear()
        self._known[device.device] = device

    def forget(self, device: str) -> None:
        """Ask the database about `device` the next time."""
        self._known.pop(device, None)
