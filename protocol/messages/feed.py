"""What an organisation gets to read, in one numbered feed of its own.

A key always has a lower number than the rows it was published before, so a device that reads in order can open what
it reads. A log always is the whole log of its dossier, so its place in the feed says only that it grew. An
organisation that is offered a dossier finds all earlier rows of it appended to its feed.
"""

from struct import Struct
from typing import Annotated, cast

import msgspec
from msgspec import Meta

from protocol.limits import MOST_ANSWER_BYTES, MOST_ROWS
from protocol.messages.binary import OctetReader
from protocol.messages.erasure import ErasureStatement
from protocol.messages.fields import Count, Cursor, Generation, Identifier
from protocol.messages.membership import MembershipLog
from protocol.messages.message import Message, from_bytes, to_bytes
from protocol.messages.rows import Segment, read_segments, segments_bytes
from protocol.messages.wraps import WrapSet

_SIZE = Struct(">I")


class PageHead(Message, frozen=True):
    """What stands before the rows of a page.

    `erasures` are the dossiers that the reading organisation itself erased; nothing else of them is in its feed any
    more. `cursor` is where to ask on, `more` whether there was more when the page was made. What the asking device
    itself left there is passed over. Another `generation` than before tells that the server came back from a backup:
    numbers are given out again, so a laptop then reads from 0 and sends what it has once more. `mark` is the random
    mark of the entry at `cursor`; asked on with it, a server that came back from a backup without a word answers
    `sync.cursor_ahead`, on which a laptop does the same. `left_out` names the dossiers of which something on
    this page is damaged on the server: it comes again when the device that made it sends it again.
    """

    logs: Annotated[tuple[MembershipLog, ...], Meta(max_length=MOST_ROWS)]
    wraps: Annotated[tuple[WrapSet, ...], Meta(max_length=MOST_ROWS)]
    erasures: Annotated[tuple[ErasureStatement, ...], Meta(max_length=MOST_ROWS)]
    cursor: Cursor
    more: bool
    generation: Generation
    mark: Count
    left_out: Annotated[tuple[Identifier, ...], Meta(max_length=MOST_ROWS)]


class Page(msgspec.Struct, frozen=True):
    """One page of the feed after the asked cursor: handle the logs, then the wraps, then `segments`."""

    head: PageHead
    segments: tuple[Segment, ...]


def page_bytes(page: Page) -> bytes:
    """Return `page` as it travels: its head as JSON, after the length of that, then the segments as in a batch."""
    head = to_bytes(page.head)
    return b"".join((_SIZE.pack(len(head)), head, segments_bytes(page.segments)))


def read_page(data: bytes) -> Page:
    """Return the page in `data`; raises UserError `sync.message_broken` or `sync.too_large`."""
    reader = OctetReader(data)
    (size,) = reader.fields(_SIZE)
    head = from_bytes(PageHead, reader.take(cast("int", size), MOST_ANSWER_BYTES))
    segments = read_segments(reader)
    reader.end()
    return Page(head, segments)
