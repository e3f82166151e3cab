"""The signing key of a device, of an organisation's root and of an invitation: Ed25519 (RFC 8032)."""

import secrets
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from protocol.identifiers import device_id

SEED_BYTES = 32


class SigningKey:
    """A private Ed25519 key, made from its 32-byte seed. `public` is its 32-byte public key."""

    __slots__ = ("_key", "public", "seed")

    def __init__(self, seed: bytes) -> None:
        self.seed = seed
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw()

    @classmethod
    def new(cls) -> Self:
        """Return a fresh random key."""
        return cls(secrets.token_bytes(SEED_BYTES))

    def __repr__(self) -> str:
        """Never show the seed."""
        return "SigningKey(…)"

    def sign(self, data: bytes) -> bytes:
        """Return the 64-byte signature of `data`."""
        return self._key.sign(data)


class DeviceIdentity(SigningKey):
    """The key of this device for this person. `id` follows from the public key, so nobody can claim another's."""

    __slots__ = ("id",)

    def __init__(self, seed: bytes) -> None:
        super().__init__(seed)
        self.id = device_id(self.public)
