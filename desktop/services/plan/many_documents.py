"""One document of each of many cases, made one after the other: between two one can stop, and what is made stays.

A case of which the document cannot be made is named with its reason and holds up no other. What goes wrong with the
folder ends the round at once, for it would go wrong with every case. Called on the store thread only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.services.plan.documents import DocumentKind, DocumentService, Preview
from protocol.errors import UserError
from protocol.identifiers import DossierId


@dataclass(frozen=True, slots=True)
class CaseLeftOut:
    """A case whose document could not be made, and the error that says why."""

    dossier: DossierId
    error: UserError


@dataclass(frozen=True, slots=True, repr=False)
class DocumentRound:
    """How far it has come: the cases that wait, how many documents are made, and what was left out.

    `for_paper` are the documents to be printed, in the order asked for; what lies in a folder is not kept in memory.
    """

    kind: DocumentKind
    waiting: tuple[DossierId, ...]
    made: int = 0
    left_out: tuple[CaseLeftOut, ...] = ()
    for_paper: tuple[Preview, ...] = ()

    @property
    def done(self) -> int:
        """How many cases are behind it."""
        return self.made + len(self.left_out)

    @property
    def total(self) -> int:
        """How many cases there are in all."""
        return self.done + len(self.waiting)


def begin_round(kind: DocumentKind, dossiers: Sequence[DossierId]) -> DocumentRound:
    """Return a round over `dossiers`, each once, of which nothing is made yet."""
    return DocumentRound(kind, tuple(dict.fromkeys(dossiers)))


def make_next(documents: DocumentService, so_far: DocumentRound, folder: Path | None = None) -> DocumentRound:
    """Make the document of the next case, in the language spoken with the person last, and return what is then.

    With a `folder` it lies there under its own name and is remembered in the record; an older file of that name is
    replaced as a whole. A round that is done is returned as it is. Raises EnvironmentProblem of `kernel.files`.
    """
    if not so_far.waiting:
        return so_far
    dossier, *rest = so_far.waiting
    later = replace(so_far, waiting=tuple(rest))
    try:
        if folder is None:
            preview = documents.preview(so_far.kind, dossier)
            return replace(later, made=so_far.made + 1, for_paper=(*so_far.for_paper, preview))
        path = folder / documents.file_name(so_far.kind, dossier)
        documents.export(so_far.kind, dossier, documents.language_of(dossier), path)
        return replace(later, made=so_far.made + 1)
    except UserError as error:
        return replace(later, left_out=(*so_far.left_out, CaseLeftOut(dossier, error)))
