"""Applying a verified page, whether it came from the server or lay in a bundle: keys, then rows, then offers."""

from dataclasses import dataclass

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.records import Journal
from desktop.services.sync.correspondence import Correspondence
from desktop.sync.incoming import VerifiedPage
from protocol.directory import Directory


@dataclass(frozen=True, slots=True)
class PageResult:
    """What became of a page: what changed, how much of it was new here, and codes of what was not taken in.

    `rows` counts new ones, `said` the cases of which something new was said; `keys` are refused keys, `quarantined`
    rows that are kept and not used.
    """

    changes: Changes
    keys: tuple[str, ...]
    rows: int
    said: int
    quarantined: tuple[str, ...]


def take_in(
    page: VerifiedPage, journal: Journal, correspondence: Correspondence, directory: Directory | None
) -> PageResult:
    """Apply `page` on the word of `directory`; the same page twice changes nothing. Store thread.

    Raises EnvironmentProblem for the disk; applied again, the page does what is left.
    """
    keys = journal.keys.import_wraps(page.wraps, directory)
    rows = journal.accept_rows(page.rows)
    wanted = journal.erasures.wanted({proof.dossier for proof in page.proofs})
    journal.passing.keep_proofs([proof for proof in page.proofs if proof.dossier in wanted], page.chains)
    changes = keys.changes | rows.changes
    news = correspondence.keep_offers(page.offers)
    for dossier in news:
        changes |= changed(Aspect.HANDOVER, Aspect.CASELOAD, dossier=dossier)
    return PageResult(
        changes=changes,
        keys=tuple(code for _, code in keys.refused),
        rows=rows.accepted,
        said=len(news),
        quarantined=tuple(each.code for each in rows.quarantined),
    )
