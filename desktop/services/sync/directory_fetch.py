"""Fetching the directory, and going on with the one that is kept where the server lost it."""

from desktop.services.sync.known_directory import KnownDirectory, newest_of
from desktop.sync.client import Client
from protocol.certificates import OrganisationCard
from protocol.directory import Directory, verify_directory
from protocol.errors import OpmaatError

_LOST = frozenset({"sync.not_found", "sync.answer_broken", "trust.document_damaged", "trust.not_signed"})
"""What a server says, or sends, that has none; the one kept here holds until its age forbids it."""


def fetch(
    client: Client, kept: Directory | None, own: OrganisationCard, *, reads_on: bool = False
) -> tuple[bytes, Directory, tuple[str, ...]]:
    """Return the bytes that came, empty where the server lost them, the newest directory, and a code where it did.

    Where a run `reads_on`, what its first round brought is good for all of its pages. A laptop that has none yet cannot
    do without: it raises what `Client` or `verify_directory` raises.
    """
    if reads_on and kept is not None:
        return b"", kept, ()
    try:
        data = client.directory(own.id)
        return data, newest_of(kept, verify_directory(data, own.root)), ()
    except OpmaatError as error:
        if kept is None or error.code not in _LOST:
            raise
    return b"", kept, ("trust.directory_lost",)


def keep(known_directory: KnownDirectory, data: bytes, kept: Directory | None) -> Directory:
    """Keep what `fetch` returned as `data`, on the store thread, and return the newest directory.

    Raises UserError `trust.…` for one that is not ours.
    """
    return kept if kept is not None and not data else known_directory.keep(data)
