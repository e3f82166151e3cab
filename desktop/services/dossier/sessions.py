"""A running interview rebuilt from the record: the same engine state on every device and after every restart."""

import random
import uuid
from collections.abc import Mapping

from desktop.forms import Form, Session
from desktop.records import DossierView
from desktop.services.dossier.registers import current
from protocol.times import Clock


def session_of(form: Form, record: DossierView, clock: Clock) -> Session:
    """Return a session of `form` that holds the answers and repeat rows of `record`.

    Random functions of the form are seeded by the dossier, so that they give the same on every device.
    """
    source = random.Random(record.id)  # noqa: S311  # shuffles choices, guards nothing
    session = Session(form, clock=clock, random=source, properties=properties_of(record))
    restore(session, record)
    return session


def properties_of(record: DossierView) -> Mapping[str, str]:
    """Return what a form may ask of user and device (ODK XForms "Metadata"): who opened the dossier, and on what."""
    opened = next((entry for entry in (*record.opening.past, *record.opening)), None)
    if opened is None:
        return {}
    return {"username": opened.author, "deviceid": f"uuid:{uuid.UUID(opened.device)}"}


def restore(session: Session, record: DossierView) -> None:
    """Make `session` hold what `record` holds, whatever it held before."""
    session.restore(answers_of(record), dict(record.repeats))


def answers_of(record: DossierView) -> Mapping[str, str]:
    """Return the value of every given answer by its address; a declined or unknown one has no value.

    An answer to a repeat as a whole ("there are none") is the record's business and not the engine's.
    """
    found: dict[str, str] = {}
    repeats = record.repeats
    for ref, register in record.answers.items():
        entry = current(register)
        if entry is not None and entry.status == "given" and ref not in repeats:
            found[ref] = entry.text
    return found
