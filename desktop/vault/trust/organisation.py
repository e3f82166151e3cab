"""What only an administrator holds: the root key of an organisation and its wrapping key, in a sealed key file.

The serving process never sees this file; `opmaat-server organisation create` makes it. Bytes: docs/formats/trust.md.
"""

from dataclasses import dataclass

from desktop.vault.crypto.codec import JsonFields
from desktop.vault.crypto.identity import SEED_BYTES, SigningKey
from desktop.vault.crypto.locked_file import read_locked, write_locked
from desktop.vault.crypto.stretching import DEFAULT, Cost
from desktop.vault.crypto.wrapping import new_private_key, public_key
from protocol.canonical import canonical_bytes
from protocol.certificates import OrganisationCard
from protocol.encoding import to_base64
from protocol.errors import UserError

_KIND = "organisation-key"
_DAMAGED = "trust.key_file_damaged"


@dataclass(frozen=True, slots=True, repr=False)
class OrganisationRoot:
    """The keys behind an organisation. `card` is what others may know; `wrap` is the private key behind `card.wrap`."""

    root: SigningKey
    wrap: bytes
    card: OrganisationCard


def create_organisation(name: str, kind: str) -> OrganisationRoot:
    """Return a new organisation with fresh keys; `kind` is one of `protocol.certificates.KINDS`."""
    root = SigningKey.new()
    wrap = new_private_key()
    return OrganisationRoot(root, wrap, OrganisationCard.make(root, name=name, kind=kind, wrap=public_key(wrap)))


def write_key_file(organisation: OrganisationRoot, passphrase: str, cost: Cost = DEFAULT) -> bytes:
    """Return the key file, sealed under the administrator's passphrase."""
    secret = canonical_bytes({"root": to_base64(organisation.root.seed), "wrap": to_base64(organisation.wrap)})
    return write_locked(_KIND, {"card": organisation.card.to_json()}, secret, passphrase, cost)


def read_key_file(data: bytes, passphrase: str) -> OrganisationRoot:
    """Return the keys in a key file.

    Raises UserError `trust.key_file_damaged`, `trust.key_file_newer` or `trust.wrong_passphrase`.
    """
    file = read_locked(data, _KIND, damaged=_DAMAGED, newer="trust.key_file_newer")
    card = OrganisationCard.from_json(file.public.value("card"))
    file.public.finish()
    fields = JsonFields.parse(file.unlock(passphrase, "trust.wrong_passphrase"), _DAMAGED)
    root = SigningKey(fields.binary("root", SEED_BYTES))
    wrap = fields.binary("wrap")
    fields.finish()
    if root.public != card.root or public_key(wrap) != card.wrap:
        raise UserError(_DAMAGED)
    return OrganisationRoot(root, wrap, card)
