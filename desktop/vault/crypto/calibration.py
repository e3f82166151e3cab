"""What a guess at a passphrase is to cost on this machine: memory first, as RFC 9106 §4 advises, three passes.

One derivation at the floor is timed, and memory is raised in proportion towards the aim. A machine that is slow or busy
at that moment gets the floor, never less.
"""

import time
from collections.abc import Callable

from desktop.vault.crypto.stretching import DEFAULT, Cost, new_salt, stretch

AIM_SECONDS = 0.7
"""How long opening a vault may take: noticed, not in the way."""

MOST_MEMORY = 512 * 1024
"""KiB. Half of what a reader accepts, so that the vault also opens on a laptop with little memory."""

_STEP = 1024


def measure(cost: Cost) -> float:
    """Return the seconds that one derivation at `cost` takes here."""
    begun = time.perf_counter()
    stretch("how fast is this machine", new_salt(), cost, b"calibration")
    return time.perf_counter() - begun


def choose_cost(seconds: Callable[[Cost], float] = measure) -> Cost:
    """Return the cost for a new vault: at least the floor, at most MOST_MEMORY, in whole MiB."""
    ratio = AIM_SECONDS / max(seconds(DEFAULT), 1e-6)
    wanted = min(int(DEFAULT.memory * ratio), MOST_MEMORY)
    return Cost(max(DEFAULT.memory, wanted - wanted % _STEP), DEFAULT.passes, DEFAULT.lanes)
