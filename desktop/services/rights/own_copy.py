"""A person's own copy (AVG art. 15 and 20): everything recorded about them, as PDF in their language and as JSON.

Both are made from the journal itself, so nothing that opens here can be missing: every event is in the JSON, and every
value ever given to a question, also a replaced one, in both; the attachments that stand lie beside them. The files are
**not sealed**: whoever makes one is told. That a copy was made is remembered in the record by the digest of its bytes.
Called on the store thread only. JSON: docs/formats/own-copy.md.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.documents import Typeset, own_copy_pdf
from desktop.documents.own_copy.copy_parts import OwnCopy
from desktop.documents.typst_compiler import compile_pdf
from desktop.i18n import Catalogue
from desktop.i18n.languages import DUTCH
from desktop.kernel.changes import Aspect, changed
from desktop.records import DocumentMade, Event
from desktop.records.events.bodies import kind_of
from desktop.services.dossier.authors import context_of
from desktop.services.dossier.called_name import called_name
from desktop.services.interview.dossier_context import DossierContexts
from desktop.services.rights.copy_contents import CopyContents
from desktop.services.rights.copy_files import CopyFile, CopyMade, CopyUnderWay, forget, write_opened
from protocol.errors import EnvironmentProblem
from protocol.identifiers import DossierId, case_number
from protocol.times import time_text

KIND = "own_copy"
TYPE = "opmaat/own-copy"
VERSION = 1


class OwnCopyService:
    """Makes the copies of every dossier on this device."""

    def __init__(
        self,
        contexts: DossierContexts,
        texts: Callable[[str], Catalogue],
        worker: tuple[str, str],
        *,
        typeset: Typeset = compile_pdf,
    ) -> None:
        """`worker` is who makes the copy and for which organisation; `texts` gives the catalogue of documents by tag.

        `typeset` makes the PDF.
        """
        self._typeset = typeset
        self._contexts = contexts
        self._journal = contexts.journal
        self._clock = contexts.clock
        self._texts = texts
        self._author, self._organisation = worker

    def language(self, dossier: DossierId) -> str:
        """Return the tag of the person's own language, Dutch where they have no other one."""
        languages = self._journal.view(dossier).languages
        return next((tag for tag in languages if tag != DUTCH), DUTCH)

    def file_name(self, dossier: DossierId) -> str:
        """Return the name suggested for the file: the case number, and nobody's name."""
        return f"mijn-gegevens-{case_number(dossier)}.pdf"

    def begin(self, dossier: DossierId, path: Path, language: str = "") -> CopyUnderWay:
        """Begin a copy: the PDF at `path`, the JSON beside it with the ending `.json`, and the attachments.

        `language` is a tag; by default the person's own language. Go on with `step` and, after each, `write_opened`
        until it is `made`; when either fails, `forget` leaves nothing.
        """
        copy = CopyUnderWay(dossier, path, language or self.language(dossier))
        copy.left(self._journal.attachments.standing(dossier))
        return copy

    def step(self, copy: CopyUnderWay) -> CopyUnderWay:
        """Open the next attachment; after the last one write PDF and JSON. Raises EnvironmentProblem, `documents.…`."""
        left = copy.left(self._journal.attachments.standing(copy.dossier))
        if left:
            copy.open(self._journal.attachments, left[0])
        else:
            self._finish(copy)
        return copy

    def make(
        self, dossier: DossierId, path: Path, language: str = "", tell: Callable[[int, int], None] = lambda *_: None
    ) -> CopyMade:
        """Make a whole copy at once, as `begin`; `tell` hears how many bytes of how many attachments are done."""
        copy = self.begin(dossier, path, language)
        try:
            while copy.made is None:
                write_opened(self.step(copy))
                tell(copy.done, copy.total)
        except EnvironmentProblem:
            forget(copy)
            raise
        return copy.made

    def pdf(self, dossier: DossierId, language: str, files: Sequence[CopyFile] = ()) -> bytes:
        """Return the copy as an accessible PDF: Dutch, and `language` beside it. `files` lie beside it."""
        copy = self._copy(dossier, language, files)
        dutch, other = self._texts(DUTCH), self._texts(language)
        return own_copy_pdf(copy, dutch, other, self._clock.now(), self._typeset)

    def json(self, dossier: DossierId, files: Sequence[CopyFile] = ()) -> bytes:
        """Return the copy for machines (AVG art. 20): the state, and every event it comes from. UTF-8, indented."""
        words = self._words(dossier, self.language(dossier))
        value = {
            "type": TYPE,
            "version": VERSION,
            "made": time_text(self._clock.now()),
            "made_by": {"name": self._author, "organisation": self._organisation},
            "case": case_number(dossier),
            "dossier": dossier,
            "name": called_name(words.record),
            "languages": list(words.record.languages),
            "answers": words.answers_json(),
            "notes": words.registers_json(words.record.notes),
            "plan": words.registers_json(words.record.plan),
            "progress": words.registers_json(words.record.progress),
            "conflicts": list(words.record.conflicts()),
            "declined": words.declined(),
            "attachments": [each.for_machines() for each in files],
            "unreadable": dict(words.record.hidden),
            "events": [self._event(event) for event in self._journal.events(dossier)],
        }
        return json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8") + b"\n"

    def _finish(self, copy: CopyUnderWay) -> None:
        dossier, tag = copy.dossier, copy.language
        pdf, data = self.pdf(dossier, tag, copy.files), self.json(dossier, copy.files)
        attachments = tuple(copy.written)
        pages = (copy.path, copy.path.with_suffix(".json"))
        for path, content in zip(pages, (pdf, data), strict=True):
            copy.put(path, content)
        digest = hashlib.sha256(pdf).hexdigest()
        context = context_of(self._journal.view(dossier), self._author)
        self._journal.append(dossier, DocumentMade(KIND, tag, digest), context)
        missing = sum(1 for each in copy.files if each.problem)
        copy.made = CopyMade((*pages, *attachments), missing, changed(Aspect.PLAN, dossier=dossier))

    def _copy(self, dossier: DossierId, language: str, files: Sequence[CopyFile]) -> OwnCopy:
        words = self._words(dossier, language)
        events = self._journal.events(dossier)
        return OwnCopy(
            name=called_name(words.record),
            case_number=case_number(dossier),
            organisation=self._organisation,
            made=self._clock.now(),
            sections=words.sections(),
            notes=words.notes(),
            plan=words.plan(),
            steps=words.steps(events),
            attachments=tuple(each.for_people(self._contexts.writers) for each in files),
            hidden=sum(words.record.hidden.values()),
            events=len(events),
        )

    def _words(self, dossier: DossierId, language: str) -> CopyContents:
        return CopyContents(self._contexts.of(dossier, language), self._contexts.writers)

    def _event(self, event: Event) -> dict[str, object]:
        return {
            "at": time_text(event.time),
            "by": event.author,
            "organisation": self._journal.membership.writers.organisation_of(event.device),
            "device": event.device,
            "sequence": event.sequence,
            "compartment": event.compartment,
            "language": event.language,
            "interpreter": event.interpreter,
            "kind": kind_of(event.body),
            "content": event.body.to_json(),
        }
