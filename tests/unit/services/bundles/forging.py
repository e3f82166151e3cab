"""Bundles as somebody makes them who has a device of a known organisation, and means no good."""

import hashlib
import io
from pathlib import Path

from desktop.sync.bundle_records import BundleMessage, framed
from desktop.vault.crypto.identity import DeviceIdentity
from desktop.vault.file.bundle_container import BundleAddress, sealed_writer, write_front
from desktop.vault.vault import Vault
from protocol.certificates import OrganisationCard
from protocol.identifiers import OrganisationId, new_id
from protocol.messages.bundles import BundleBody, BundleContents, BundleHead, BundlePart
from protocol.messages.enrolment import CertificateChain
from protocol.messages.message import from_value

CONTENTS = BundleContents((), 0, 0, ())


def chain_of(vault: Vault) -> CertificateChain:
    """Return the chain of the device of `vault`."""
    return from_value(CertificateChain, vault.membership.chain.to_json())


def forged(  # each is one thing to lie about
    path: Path,
    vault: Vault,
    recipient: OrganisationCard,
    *messages: BundleMessage,
    raw: bytes = b"",
    signer: DeviceIdentity | None = None,
    sender: OrganisationId | None = None,
) -> Path:
    """Write a whole bundle from `vault` with whatever `messages` and `raw` bytes, well sealed and well signed."""
    own = vault.membership.card
    address = BundleAddress(new_id(), own.id, vault.device.id, recipient.id)
    stream = io.BytesIO()
    writer, wrapped = sealed_writer(stream, address, recipient)
    writer.write(b"".join(map(framed, messages)) + raw)
    writer.finish()
    sealed = stream.getvalue()
    body = BundleBody(
        bundle=address.bundle,
        made=vault.membership.chain.device.issued,
        sender=sender or own.id,
        device=address.device,
        recipient=address.recipient,
        wrapped=wrapped,
        parts=(BundlePart(len(sealed), hashlib.sha256(sealed).digest()),),
    )
    front = io.BytesIO()
    write_front(front, 1, BundleHead.make(chain_of(vault), body, signer or vault.device).to_bytes())
    path.write_bytes(front.getvalue() + sealed)
    return path
