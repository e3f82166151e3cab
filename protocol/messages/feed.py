"""What an organisation gets to read, in one numbered feed of its own.

A key always has a lower number than the rows it was published before, so a device that reads in order can open what
it reads. An organisation that is offered a dossier finds all earlier rows of it appended to its feed.
"""

from typing import Annotated

from msgspec import Meta

from protocol.limits import MOST_ROWS
from protocol.messages.fields import Count, Cursor, Generation, Identifier
from protocol.messages.message import Message
from protocol.messages.offers import Offer
from protocol.messages.rows import Segment
from protocol.messages.wraps import WrapSet


class Page(Message, frozen=True):
    """One page of the feed after the asked cursor: handle `wraps`, then `segments`, then `offers`.

    `cursor` is where to ask on, `more` whether there was more when the page was made. The asking device's own rows
    are left out. Another `generation` than before tells that the server came back from a backup: numbers are given out
    again, so a laptop then reads from 0 and sends what it has once more. `mark` is the random mark of the entry at
    `cursor`; asked on with it, a server that came back from a backup without a word answers `sync.cursor_ahead`, on
    which a laptop does the same. `left_out` names the dossiers and offers of which something on this page is damaged on
    the server: it comes again when the device that made it sends it again.
    """

    wraps: Annotated[tuple[WrapSet, ...], Meta(max_length=MOST_ROWS)]
    segments: Annotated[tuple[Segment, ...], Meta(max_length=MOST_ROWS)]
    offers: Annotated[tuple[Offer, ...], Meta(max_length=MOST_ROWS)]
    cursor: Cursor
    more: bool
    generation: Generation
    mark: Count
    left_out: Annotated[tuple[Identifier, ...], Meta(max_length=MOST_ROWS)]
