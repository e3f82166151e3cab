"""An interview for tests: the real form, a real vault and journal, a clock that stands still."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from desktop.i18n import Catalogue, load_catalogue
from desktop.services.dossier.authors import WriterNames
from desktop.services.dossier.undo import UndoHistory
from desktop.services.interview.conflicts import ConflictService
from desktop.services.interview.dossier_context import DossierContexts
from desktop.services.interview.interview import InterviewService
from desktop.services.interview.review import ReviewService
from desktop.vault.trust.organisation import create_organisation
from protocol.identifiers import DossierId
from tests.content import intake
from tests.unit.records.cases import CONTEXT, Laptop, new_laptop

LANGUAGES = ("ti", "en")


@cache
def words(tag: str) -> Catalogue:
    """Return the interview's catalogue of a language."""
    return load_catalogue(tag, "intake")


@dataclass(slots=True)
class InterviewFixture:
    """A worker, an open journal and one dossier."""

    laptop: Laptop
    dossier: DossierId
    interview: InterviewService = field(init=False)
    history: UndoHistory = field(init=False)

    def __post_init__(self) -> None:
        """Start the program."""
        self.start_program()

    def start_program(self) -> None:
        """Start the program anew over the same journal."""
        self.history = UndoHistory(self.laptop.journal, self.laptop.vault.person)
        self.interview = InterviewService(self.contexts, self.laptop.vault.person, self.history)

    def restart(self) -> None:
        """Close the journal, open it from disk and start anew."""
        self.laptop.reopen()
        self.start_program()

    @property
    def contexts(self) -> DossierContexts:
        """What reads the dossiers."""
        laptop = self.laptop
        writers = WriterNames(laptop.journal.membership, laptop.vault.organisation, lambda each: each[:8])
        return DossierContexts(laptop.journal, intake(), laptop.clock, words, writers)

    @property
    def conflicts(self) -> ConflictService:
        """The conflicts of this laptop."""
        return ConflictService(self.contexts, self.laptop.vault.person)

    @property
    def review(self) -> ReviewService:
        """The review of this laptop."""
        return ReviewService(self.contexts)


def interview_at(root: Path, languages: tuple[str, ...] = LANGUAGES) -> InterviewFixture:
    """Return a fixture with one new dossier."""
    laptop = new_laptop(root, create_organisation("azc Duinrand", "reception"))
    return InterviewFixture(laptop, laptop.journal.create_dossier("Selam", languages, CONTEXT))


def ref(name: str) -> str:
    """Return the address of the question called `name` in the built-in interview."""
    node = intake().find(name)
    assert node is not None
    return node.path
