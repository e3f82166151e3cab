"""Checking the contents of attachments: every sealed piece of what is whole here opens, and is the one sent."""

import hashlib
from collections.abc import Iterator

from desktop.records.attachments.attachment_records import AttachmentRecord, all_attachments
from desktop.records.attachments.sealed_content import open_number
from desktop.records.dossiers.dossier_cache import OpenDossier
from desktop.records.store.database import Store
from desktop.vault.crypto.content_pieces import pieces_digest
from protocol.errors import UserError


def damaged_contents(store: Store, opened: OpenDossier) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield, per content of a dossier that is whole here, a code (blank: all is well) and the `pieces` rows at fault.

    A content without a key, or that is still coming in, is passed over.
    """
    contents = {one.body.blob: one for one in all_attachments(opened.view)}
    for one in contents.values():
        if store.pieces.is_whole(opened.id, one.body.blob) and _has_key(opened, one):
            yield _check(store, opened, one)


def _check(store: Store, opened: OpenDossier, one: AttachmentRecord) -> tuple[str, tuple[int, ...]]:
    digests: list[bytes] = []
    faults: dict[int, str] = {}
    for number in range(one.body.count + 1):
        place, sealed = store.pieces.stored(opened.id, one.body.blob, number)
        digests.append(hashlib.sha256(sealed).digest())
        try:
            open_number(opened, one, number, sealed)
        except UserError as error:
            faults[place] = error.code
    if faults:
        return next(iter(faults.values())), tuple(place for place in faults if place)
    return ("" if pieces_digest(digests).hex() == one.body.digest else "records.piece_damaged"), ()


def _has_key(opened: OpenDossier, one: AttachmentRecord) -> bool:
    try:
        opened.keyring.find(one.compartment, one.body.epoch, one.body.key_id)
    except UserError:
        return False
    return True
