"""Everything needed to show one dossier, put together from journal, form and catalogues."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.forms import Form
from desktop.i18n import Catalogue
from desktop.i18n.languages import DUTCH
from desktop.records import Journal
from desktop.services.dossier.authors import WriterNames, language_of
from desktop.services.dossier.sessions import session_of
from desktop.services.interview.card_texts import DossierContext
from protocol.identifiers import DossierId
from protocol.times import Clock


@dataclass(frozen=True, slots=True)
class DossierContexts:
    """Makes a fresh `DossierContext` of a dossier; `texts` gives the interview's catalogue by language tag.

    `writers` says of which organisation whoever wrote something is.
    """

    journal: Journal
    form: Form
    clock: Clock
    texts: Callable[[str], Catalogue]
    writers: WriterNames

    def of(self, dossier: DossierId, language: str = "") -> DossierContext:
        """Return the dossier as it stands now, beside `language`: by default the one last spoken at the table."""
        record = self.journal.view(dossier)
        return DossierContext(
            form=self.form,
            session=session_of(self.form, record, self.clock),
            record=record,
            dutch=self.texts(DUTCH),
            other=self.texts(language or language_of(record)),
            readable=self.journal.compartments(dossier),
        )
