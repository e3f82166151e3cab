"""A file with a public part and a secret part that opens with a typed secret: invitations, key files, answers.

Canonical JSON: `{"cost", "check", "public", "salt", "sealed", "type": "opmaat/<kind>", "version": n}`. Everything but
`sealed` is bound into it.
"""

from dataclasses import dataclass

from desktop.vault.crypto.codec import ByteReader, JsonFields
from desktop.vault.crypto.sealing import open_sealed, seal
from desktop.vault.crypto.stretching import CHECK_BYTES, SALT_BYTES, Cost, new_salt, stretch
from protocol.canonical import JsonValue, canonical_bytes
from protocol.encoding import to_base64
from protocol.errors import UserError

_COST_BYTES = 9


@dataclass(frozen=True, slots=True)
class LockedFile:
    """A file taken apart: `public` is in clear and not yet proven; it is, once `unlock` returns."""

    kind: str
    version: int
    public: JsonFields
    cost: Cost
    salt: bytes
    check: bytes
    sealed: bytes
    associated_data: bytes
    damaged: str

    def unlock(self, secret: str, wrong: str) -> bytes:
        """Return the secret part. Raises UserError `wrong` for another secret and `damaged` for changed bytes."""
        key = stretch(secret, self.salt, self.cost, self.kind.encode()).require(self.check, wrong)
        return open_sealed(key, self.sealed, self.associated_data, self.damaged)


def write_locked(kind: str, public: JsonValue, plaintext: bytes, secret: str, cost: Cost, *, version: int = 1) -> bytes:
    """Return the bytes of a file of `kind` in this version of that kind."""
    salt = new_salt()
    stretched = stretch(secret, salt, cost, kind.encode())
    header = _header(kind, version, public, (cost.to_bytes(), salt, stretched.check))
    sealed = seal(stretched.key, plaintext, canonical_bytes(header))
    return canonical_bytes({**header, "sealed": to_base64(sealed)})


def read_locked(data: bytes, kind: str, *, damaged: str, newer: str, newest: int = 1) -> LockedFile:
    """Return the parts of a file of `kind`. Raises UserError `damaged`, or `newer` for a version after `newest`."""
    fields = JsonFields.parse(data, damaged)
    if fields.text("type") != f"opmaat/{kind}":
        raise UserError(damaged)
    version = fields.number("version")
    if version > newest:
        raise UserError(newer)
    raw_cost = fields.binary("cost", _COST_BYTES)
    salt, check = fields.binary("salt", SALT_BYTES), fields.binary("check", CHECK_BYTES)
    public, sealed = fields.value("public"), fields.binary("sealed")
    fields.finish()
    if version < 1:
        raise UserError(damaged)
    return LockedFile(
        kind=kind,
        version=version,
        public=JsonFields(public, damaged),
        cost=Cost.read(ByteReader(raw_cost, damaged), damaged),
        salt=salt,
        check=check,
        sealed=sealed,
        associated_data=canonical_bytes(_header(kind, version, public, (raw_cost, salt, check))),
        damaged=damaged,
    )


def _header(kind: str, version: int, public: JsonValue, parameters: tuple[bytes, bytes, bytes]) -> dict[str, JsonValue]:
    cost, salt, check = parameters
    return {
        "check": to_base64(check),
        "cost": to_base64(cost),
        "public": public,
        "salt": to_base64(salt),
        "type": f"opmaat/{kind}",
        "version": version,
    }
