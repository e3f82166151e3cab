"""A process that attaches files without end and tells of each once it is durable. It waits to be killed."""

from multiprocessing.connection import Connection
from pathlib import Path

from desktop.records import CORE, AttachmentLabel, EventContext, NewContent, open_journal
from desktop.vault.vault import open_vault
from protocol.times import SystemClock

CONTEXT = EventContext("J. de Vries", "nl")


def content_of(name: str) -> bytes:
    """Return the content that belongs to a name: a little over two pieces."""
    return name.encode() * (600_000 // len(name))


def attach(acknowledge: Connection, directory: Path, passphrase: str, run: int) -> None:
    """Open the vault and the one dossier, then attach; send each name when its attachment is durable."""
    vault = open_vault(directory, passphrase)
    journal = open_journal(directory, vault, SystemClock())
    dossier = journal.dossiers()[0] if run else journal.create_dossier("Selam", ("ti",), CONTEXT)
    number = 0
    while True:
        name = f"{run}.{number}"
        content = NewContent("image/png", content_of(name), b"thumbnail")
        sealing = journal.attachments.begin(dossier, CORE, AttachmentLabel("", name), content)
        while journal.attachments.step(sealing):
            pass
        journal.attachments.finish(sealing, CONTEXT)
        acknowledge.send_bytes(name.encode())
        number += 1
