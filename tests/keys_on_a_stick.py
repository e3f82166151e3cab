"""What an administrator makes of the file of a laptop that reaches no server, without a database."""

from pathlib import Path

from desktop.vault.trust.organisation import OrganisationRoot, renewed
from desktop.vault.trust.renewal import make_renewal
from protocol.certificates import verify_chain
from protocol.directory import Directory, sign_directory
from protocol.messages.documents import SignedDocument
from protocol.messages.message import to_bytes
from protocol.renewal import KeysFile, LaptopFile, WrappingKey
from tests.unit.vault.people import MOMENT


def keys_for(laptop: Path, own: OrganisationRoot, *partners: OrganisationRoot) -> bytes:
    """Return the file with the second key of `own` for the laptop whose own file is `laptop`."""
    shown, root = LaptopFile.read(laptop.read_bytes()), renewed(own, 1)
    directory = Directory(own.card.id, 2, MOMENT, (root.card, *(each.card for each in partners)), ())
    device = verify_chain(shown.chain, own.card.root).device
    renewal = make_renewal(root, WrappingKey.verified(shown.wrapping, device.public), MOMENT)
    signed = SignedDocument.from_bytes(sign_directory(own.root, directory))
    return to_bytes(KeysFile(signed, (SignedDocument.from_bytes(renewal),)))
