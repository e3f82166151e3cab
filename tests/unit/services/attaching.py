"""Attaching a file through the service that the screens use."""

from desktop.services.interview.attachments import AttachmentService, CleanedFile, Upload
from protocol.identifiers import DossierId


def attach(service: AttachmentService, dossier: DossierId, incoming: CleanedFile, where: str = "") -> Upload:
    """Attach a diploma to the question at `where` (blank: the case), down to its last piece."""
    upload = service.begin(dossier, where, incoming, "diploma")
    while not upload.row_id:
        service.step(upload)
    return upload
