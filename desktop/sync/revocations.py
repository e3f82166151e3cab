"""Fetching what says how far revoked devices are trusted. Network thread."""

from collections.abc import Collection

from desktop.sync.client import Client
from protocol.directory import Directory
from protocol.errors import OpmaatError, UserError
from protocol.revocation import revocation_digest, verify_revocation


def fetch(
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
