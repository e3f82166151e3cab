"""What only an administrator holds: the root key of an organisation and its wrapping key, in a sealed key file.

The serving process never sees this file; `opmaat-server organisation create` makes it. Bytes: docs/formats/trust.md.
"""

from dataclasses import dataclass, replace

from desktop.vault.crypto.codec import JsonFields
from desktop.vault.crypto.identity import SEED_BYTES, SigningKey
from desktop.vault.crypto.locked_file import read_locked, write_locked
from desktop.vault.crypto.stretching import DEFAULT, Cost
from desktop.vault.crypto.wrapping import new_private_key, public_key
from protocol.canonical import JsonValue, canonical_bytes
from protocol.certificates import OrganisationCard
from protocol.encoding import to_base64
from protocol.errors import UserError

_KIND = "organisation-key"
_DAMAGED = "trust.key_file_damaged"
_WITH_FORMER = 2
"""Version 2 adds the wrapping keys from before, and is written only where there are any."""


@dataclass(frozen=True, slots=True, repr=False)
class OrganisationRoot:
    """The keys behind an organisation. `card` is what others may know; `wrap` is the private key behind `card.wrap`.

    `former` are the private wrapping keys that `wrap` took the place of, newest first.
    """

    root: SigningKey
    wrap: bytes
    card: OrganisationCard
    former: tuple[bytes, ...] = ()

    @property
    def wraps(self) -> tuple[bytes, ...]:
        """Return every private wrapping key, newest first."""
        return (self.wrap, *self.former)


def create_organisation(name: str, kind: str) -> OrganisationRoot:
    """Return a new organisation with fresh keys; `kind` is one of `protocol.certificates.KINDS`."""
    root = SigningKey.new()
    wrap = new_private_key()
    return OrganisationRoot(root, wrap, OrganisationCard.make(root, name=name, kind=kind, wrap=public_key(wrap)))


def renewed(organisation: OrganisationRoot, published: int) -> OrganisationRoot:
    """Return the organisation with a fresh wrapping key on a newer card, also newer than version `published`."""
    wrap, card = new_private_key(), organisation.card
    version = max(card.version, published) + 1
    newer = OrganisationCard.make(
        organisation.root, name=card.name, kind=card.kind, wrap=public_key(wrap), version=version
    )
    return replace(organisation, wrap=wrap, card=newer, former=organisation.wraps)


def write_key_file(organisation: OrganisationRoot, passphrase: str, cost: Cost = DEFAULT) -> bytes:
    """Return the key file, sealed under the administrator's passphrase."""
    secret: dict[str, JsonValue] = {"root": to_base64(organisation.root.seed), "wrap": to_base64(organisation.wrap)}
    if organisation.former:
        secret["former"] = [to_base64(wrap) for wrap in organisation.former]
    version = _WITH_FORMER if organisation.former else 1
    public: JsonValue = {"card": organisation.card.to_json()}
    return write_locked(_KIND, public, canonical_bytes(secret), passphrase, cost, version=version)


def read_key_file(data: bytes, passphrase: str) -> OrganisationRoot:
    """Return the keys in a key file.

    Raises UserError `trust.key_file_damaged`, `trust.key_file_newer` or `trust.wrong_passphrase`.
    """
    file = read_locked(data, _KIND, damaged=_DAMAGED, newer="trust.key_file_newer", newest=_WITH_FORMER)
    card = OrganisationCard.from_json(file.public.value("card"))
    file.public.finish()
    fields = JsonFields.parse(file.unlock(passphrase, "trust.wrong_passphrase"), _DAMAGED)
    root = SigningKey(fields.binary("root", SEED_BYTES))
    wrap = fields.binary("wrap")
    former = fields.binaries("former") if file.version >= _WITH_FORMER else ()
    fields.finish()
    if root.public != card.root or public_key(wrap) != card.wrap:
        raise UserError(_DAMAGED)
    return OrganisationRoot(root, wrap, card, former)
