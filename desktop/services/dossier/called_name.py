"""What the person of a dossier is called, now. Pure."""

from desktop.kernel.ref import Ref
from desktop.records import DossierView

_QUESTION = "roepnaam"


def called_name(record: DossierView) -> str:
    """Return how the person wants to be called: what was answered last, else the name the dossier was begun with.

    A name that was written wrongly at the beginning is mended by that answer, wherever people read it. Blank while no
    event is readable.
    """
    for address, register in record.answers.items():
        if not address.endswith(_QUESTION):
            continue
        ref, latest = Ref.parse(address), register.latest
        asked = ref.name == _QUESTION and ref.row is None
        if asked and latest is not None and latest.status == "given" and latest.text.strip():
            return " ".join(latest.text.split()) if record.name else ""
    return record.name
