"""What an organisation gets to read, in one numbered feed of its own.

A key always has a lower number than the rows it was published before, so a device that reads in order can open what
it reads. An organisation that is offered a dossier finds all earlier rows of it appended to its feed.
"""

from dataclasses import dataclass
from typing import Annotated

from desktop.sync.wire.codec import Nested
from desktop.sync.wire.forms import Flag, Many
from desktop.sync.wire.offers import Offer
from desktop.sync.wire.rows import Segment
from desktop.sync.wire.version import MOST_ROWS
from desktop.sync.wire.words import Cursor, Generation
from desktop.sync.wire.wraps import WrapSet


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the feed after the asked cursor: handle `wraps`, then `segments`, then `offers`.

    `cursor` is where to ask on, `more` whether there was more when the page was made. The asking device's own rows
    are left out. Another `generation` than before tells that the server came back from a backup: numbers are given out
    again, so a laptop then reads from 0 and sends what it has once more.
    """

    wraps: Annotated[tuple[WrapSet, ...], Many(Nested(WrapSet), MOST_ROWS)]
    segments: Annotated[tuple[Segment, ...], Many(Nested(Segment), MOST_ROWS)]
    offers: Annotated[tuple[Offer, ...], Many(Nested(Offer), MOST_ROWS)]
    cursor: Cursor
    more: Annotated[bool, Flag()]
    generation: Generation
