"""A dossier as an OpenRosa submission: record, log of changes and attachments in one zip (docs/formats/submission.md).

What the journal of this device holds, and nothing else, decides: the same record gives the same bytes, whenever it is
asked for. What this device has no key to is left out and said so; nothing is sealed.
"""

import hashlib
import random
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from desktop.forms import Form, Session, instance_document
from desktop.forms.session.audit_log import FILE, AuditSettings, audit_csv, audit_path, audit_settings
from desktop.records import COMPARTMENTS, CORE, DocumentMade, DossierView, Event, Journal
from desktop.services.dossier.authors import context_of
from desktop.services.dossier.registers import conflicts_in
from desktop.services.dossier.sessions import answers_of, properties_of
from desktop.services.exchange.odk_audit_log import operations
from desktop.services.exchange.submission_files import EnclosedFile, attachments_in, named_by
from desktop.services.exchange.submission_parts import Submission, facts_of, instance_id, shown
from protocol.errors import UserError
from protocol.identifiers import DossierId, case_number
from protocol.times import SettableClock

KIND = "submission"
"""What an export is called among the documents that were made of a dossier."""

_AT_START = frozenset({("timestamp", "start"), ("date", "today")})


class Submissions:
    """Makes submissions of the dossiers in `journal`, whose interviews are held with `form`. Store thread only."""

    def __init__(self, journal: Journal, form: Form) -> None:
        self._journal = journal
        self._form = form

    def find(self, named: str) -> DossierId:
        """Return the dossier with this id or case number, in any case. Raises UserError `records.dossier_unknown`."""
        wanted = named.strip().casefold()
        for dossier in self._journal.dossiers():
            if wanted in {dossier.casefold(), case_number(dossier).casefold()}:
                return dossier
        raise UserError("records.dossier_unknown")

    def of(self, dossier: DossierId) -> Submission:
        """Return the submission of a dossier with its attachments; all of it is in memory.

        Raises UserError `records.no_key` where not even the core can be read, `records.dossier_unknown`.
        """
        record, readable = self._journal.view(dossier), self._journal.compartments(dossier)
        events = shown(self._journal.events(dossier))
        if CORE not in readable or not events:
            raise UserError("records.no_key")
        moment = max(event.time for event in events)
        instance = instance_id(dossier, events, readable)
        files = (EnclosedFile(FILE, self._audit_log(events)), *attachments_in(self._journal, dossier))
        session = self._session(record, moment, {**named_by(files, self._form), **self._meta_answers(instance)})
        closed = self._list_closed_paths(readable)
        missing = {name: record.hidden.get(name, 0) for name in COMPARTMENTS if name not in readable}
        missing |= record.hidden
        named = frozenset(node.text for node in session.instance.walk())
        return Submission(
            document=instance_document(session, without=closed),
            sent={file.name: file.data for file in files if file.name in named and not file.problem},
            aside={file.name: file.data for file in files if file.name not in named and not file.problem},
            missing=missing,
            conflicts=len(conflicts_in(record)),
            absent=sum(bool(file.problem) for file in files),
            moment=moment.astimezone(UTC),
            facts={
                **facts_of(record, session, self._form),
                "missing_events": missing,
                "instance": instance,
                "left_out": sorted(closed),
                "files": [file.facts(session, named) for file in files],
            },
        )

    def keep_trace(self, dossier: DossierId, data: bytes, author: str) -> None:
        """Write into the dossier that `author` took `data`, an export of it, out of the vault."""
        context = context_of(self._journal.view(dossier), author)
        self._journal.append(dossier, DocumentMade(KIND, "", hashlib.sha256(data).hexdigest()), context)

    def _audit_log(self, events: Iterable[Event]) -> bytes:
        done = operations(events, self._form)
        return audit_csv(done, audit_settings(self._form) or AuditSettings())

    def _list_closed_paths(self, readable: frozenset[str]) -> frozenset[str]:
        """Return the paths of the form that belong to a compartment this device has no key to."""
        nodes = self._form.outline().walk()
        return frozenset(node.path for node in nodes if node.tags.get("compartment", CORE) not in readable)

    def _session(self, record: DossierView, moment: datetime, known: Mapping[str, str]) -> Session:
        """Return the interview as it was at its last event; what belongs to its start is from the first one."""
        session = self._session_at(record, moment)
        answers = {**self._initial_answers(record), **answers_of(record), **known}
        session.restore(answers, dict(record.repeats))
        session.finalise()
        return session

    def _initial_answers(self, record: DossierView) -> dict[str, str]:
        paths = [
            bind.path
            for bind in self._form.definition.binds
            if (bind.attributes.get("jr:preload"), bind.attributes.get("jr:preloadParams")) in _AT_START
        ]
        if not paths or record.opened is None:
            return {}
        session = self._session_at(record, record.opened)
        return {path: session.state(path).value for path in paths}

    def _session_at(self, record: DossierView, moment: datetime) -> Session:
        source = random.Random(record.id)  # noqa: S311  # as in `sessions`: shuffles choices, guards nothing
        return Session(self._form, clock=SettableClock(moment), random=source, properties=properties_of(record))

    def _meta_answers(self, instance: str) -> dict[str, str]:
        metas = [place for place in self._form.root.children if place.name == "meta"]
        ids = {child.path: instance for meta in metas for child in meta.children if child.name == "instanceID"}
        audit = audit_path(self._form)
        return ids if audit is None else {**ids, audit: FILE}
