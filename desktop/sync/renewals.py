"""Showing the own wrapping key, and fetching the keys of an organisation that has a newer card. Network thread."""

from desktop.sync.client import Client
from desktop.sync.outgoing import NOTHING_GOES
from protocol.certificates import OrganisationCard
from protocol.directory import Directory
from protocol.errors import OpmaatError, UserError
from protocol.messages.documents import SignedDocument
from protocol.renewal import KeyRenewal, verify_renewal

MISSING = "trust.renewal_missing"
"""The directory names a newer card than this laptop has, and the keys behind it did not come."""


def show(client: Client, document: SignedDocument) -> bool:
    """Show the own wrapping key and tell whether the server has it now; one of before renewals has no place for it.

    Raises after what reading would fail as well.
    """
    try:
        client.show_wrapping_key(document)
    except OpmaatError as error:
        if error.code in NOTHING_GOES:
            raise
        return False
    return True


def fetch(client: Client, directory: Directory, own: OrganisationCard) -> tuple[KeyRenewal | None, tuple[str, ...]]:
    """Return the renewal that brings the card in `directory`, where that is newer than `own`, or a code without it.

    Never raises: the old keys still serve, and the rest of the round goes on. A document that is not about that very
    card is as good as none, so that a server cannot hold a laptop back with an older one.
    """
    newest = next((card for card in directory.organisations if card.id == own.id), own)
    if newest.version <= own.version:
        return None, ()
    try:
        renewal = verify_renewal(client.renewal(), own.root)
        if renewal.card != newest:
            raise UserError(MISSING)
    except OpmaatError:
        return None, (MISSING,)
    return renewal, ()
