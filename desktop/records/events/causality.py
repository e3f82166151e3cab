"""What came after what, from what each author had before: a clock decides only between steps nobody put in order.

A laptop whose clock was once years ahead would otherwise have had the last word for ever.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from desktop.records.events.stamps import EventStamp
from protocol.identifiers import DeviceId


class Placed(Protocol):
    """Something that was done once, by whom, and what its author had seen of others."""

    @property
    def stamp(self) -> EventStamp:
        """Return who did it, when and where."""
        ...

    @property
    def seen(self) -> Mapping[DeviceId, int]:
        """Return, per other device, the last event its author had before this one."""
        ...


P = TypeVar("P", bound=Placed)


def follows(later: Placed, earlier: Placed) -> bool:
    """Tell whether the author of `later` had `earlier` before."""
    if later.stamp.device == earlier.stamp.device:
        return later.stamp.sequence > earlier.stamp.sequence
    return later.seen.get(earlier.stamp.device, 0) >= earlier.stamp.sequence


def in_order(things: Sequence[P]) -> tuple[P, ...]:
    """Return `things` so that each comes after what its author had seen, and else by time.

    The result depends on the set only, not on the order they came in. No two authors have seen each other's: what was
    seen is named by a hash, which covers all that its author had named before.
    """
    streams: dict[DeviceId, deque[P]] = {}
    for thing in sorted(things, key=lambda each: each.stamp.sequence):
        streams.setdefault(thing.stamp.device, deque()).append(thing)
    done: list[P] = []
    while streams:
        heads = [stream[0] for stream in streams.values()]
        ready = [head for head in heads if not any(follows(head, other) for other in heads)]
        first = min(ready, key=lambda each: each.stamp.order)
        done.append(streams[first.stamp.device].popleft())
        streams = {device: stream for device, stream in streams.items() if stream}
    return tuple(done)
