"""Fetching what the directory names: documents about revoked devices, and published sets. Network thread."""

from collections.abc import Collection

from desktop.sync.client import Client
from protocol.directory import Directory
from protocol.errors import OpmaatError, UserError
from protocol.messages.content import content_digest, verify_content
from protocol.revocation import revocation_digest, verify_revocation

_AT_ONCE = 4
"""Sets that are fetched in one round: two seconds each on a line of 256 kbit/s, and other things wait."""


def fetch_revocations(
    client: Client, directory: Directory, root: bytes, known: Collection[bytes]
) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    """Return the documents that `directory` names and are not `known` yet, and a code for each that did not come.

    Never raises: without its document nothing new of a device counts, and the rest of the round goes on.
    """
    found: list[bytes] = []
    missing: list[str] = []
    for device, digest in directory.revocations.items():
        if digest in known:
            continue
        try:
            data = client.revocation(device)
            if revocation_digest(data) != digest or verify_revocation(data, root).device != device:
                raise UserError("trust.not_signed")
        except OpmaatError:
            missing.append("trust.revocation_unknown")
        else:
            found.append(data)
    return tuple(found), tuple(missing)


def fetch_contents(
    client: Client, directory: Directory, root: bytes, known: Collection[bytes]
) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    """Return the sets that `directory` names and are not `known` yet, the newest first, and a code for each that fails.

    Never raises: a case goes on by the set that it has, and the rest of the round goes on.
    """
    found: list[bytes] = []
    missing: list[str] = []
    named = [each for each in reversed(directory.contents) if each.digest not in known]
    for reference in named[:_AT_ONCE]:
        try:
            data = client.content(directory.organisation, reference.digest)
            if content_digest(data) != reference.digest:
                raise UserError("content.damaged")
            verify_content(data, root)
        except OpmaatError as error:
            missing.append(error.code if error.code.startswith("content.") else "content.not_fetched")
        else:
            found.append(data)
    return tuple(found), tuple(missing)
