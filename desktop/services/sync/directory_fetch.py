"""Fetching the directory and the documents that it names by their digest.

Where the server lost the directory, the one that is kept goes on.
"""

from dataclasses import dataclass

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.records.journal import Journal
from desktop.services.content.known_content import KnownContent
from desktop.services.sync.known_directory import KnownDirectory, newest_of
from desktop.sync.client import Client
from desktop.sync.named_documents import fetch_contents, fetch_revocations
from protocol.certificates import OrganisationCard
from protocol.directory import Directory, verify_directory
from protocol.errors import OpmaatError

_LOST = frozenset({"sync.not_found", "sync.answer_broken", "trust.document_damaged", "trust.not_signed"})
"""What a server says, or sends, that has none; the one kept here holds until its age forbids it."""


@dataclass(frozen=True, slots=True)
class KnownDocuments:
    """The digests of what is here: documents about revoked devices, and sets that the organisation published."""

    revocations: frozenset[bytes] = frozenset()
    contents: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class NamedDocuments:
    """What came of that which the directory names, verified; `missing` has a code for each that did not come."""

    revocations: tuple[bytes, ...] = ()
    contents: tuple[bytes, ...] = ()
    missing: tuple[str, ...] = ()


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


def known_documents(journal: Journal, kept: KnownContent) -> KnownDocuments:
    """Return what is here already. Store thread."""
    return KnownDocuments(journal.revocations.digests(), frozenset(each.digest for each in kept.sets()))


def fetch_named(client: Client, directory: Directory, root: bytes, known: KnownDocuments) -> NamedDocuments:
    """Return what `directory` names and is not `known` yet. Network thread; never raises."""
    cuts, unknown = fetch_revocations(client, directory, root, known.revocations)
    published, absent = fetch_contents(client, directory, root, known.contents)
    return NamedDocuments(cuts, published, (*unknown, *absent))


def keep_named(journal: Journal, kept: KnownContent, named: NamedDocuments) -> Changes:
    """Keep what came, on the store thread, and say what changed. Raises EnvironmentProblem when the disk is full."""
    changes = Changes()
    for document in named.revocations:
        changes |= journal.accept_revocation(document)
    for published in named.contents:
        kept.keep(published)
        changes |= changed(Aspect.CONTENT)
    return changes
