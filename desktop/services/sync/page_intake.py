"""Taking in a verified page, whether it came from the server or lay in a bundle. Store thread.

Logs come first, because they say whose keys and rows count; then keys, because rows are read with them; then rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.kernel.changes import Changes
from desktop.records import Journal
from desktop.records.events.news import everything_changed
from desktop.sync.incoming import VerifiedPage
from protocol.directory import Directory
from protocol.identifiers import DossierId
from protocol.messages.membership import MembershipLog, MembershipStatement, MembershipStep


@dataclass(frozen=True, slots=True)
class PageResult:
    """What became of a page: what changed, how much of it was new here, and codes of what was not taken in.

    `rows` counts new ones, `grown` the cases of which something new was said; `given_up` are those in which a step of
    this device is given up for what was said, `announced` those where a person took it. `unread` are the codes of logs
    and keys that were refused, `quarantined` of rows that are kept and not used, `untrue` of what an author says to
    have seen and did not. `erased` are cases here that a colleague erased.
    """

    changes: Changes
    rows: int
    grown: int
    given_up: frozenset[DossierId]
    unread: tuple[str, ...]
    quarantined: tuple[str, ...]
    untrue: tuple[str, ...]
    erased: frozenset[DossierId] = frozenset()
    announced: frozenset[DossierId] = frozenset()


def is_announced(given_up: MembershipStatement) -> bool:
    """Tell whether a person hears that a statement is given up; fresh keys are begun again by themselves."""
    return given_up.step is not MembershipStep.RENEWED


def take_in(
    page: VerifiedPage,
    journal: Journal,
    directory: Directory | None,
    answers: Iterable[MembershipLog] = (),
    *,
    from_server: bool,
) -> PageResult:
    """Apply `page` on the word of `directory`, and the logs with which a server answered to statements.

    The same page twice changes nothing. Raises EnvironmentProblem for the disk; then nothing of it was taken in. What a
    server tells of this device's statements it has; what a bundle tells of them it may not.
    """
    revoked = () if directory is None else directory.revoked
    with journal.in_one_step():
        logs = journal.accept_logs((*answers, *page.logs), revoked, from_server=from_server)
        keys = journal.keys.import_wraps(page.wraps, directory)
        journal.passing.keep_chains(page.chains)
        rows = journal.accept_rows(page.rows, page.writers)
        wanted = journal.erasures.wanted({proof.dossier for proof in page.proofs})
        journal.passing.keep_proofs([proof for proof in page.proofs if proof.dossier in wanted])
    given_up = frozenset(DossierId(each.dossier) for each in logs.given_up)
    erased = journal.erasure_reports.accept(each for each in page.erasures if each.device not in revoked)
    return PageResult(
        changes=keys.changes | rows.changes | everything_changed(*logs.grown, *given_up, *erased),
        rows=rows.accepted,
        grown=len(logs.grown),
        given_up=given_up,
        unread=(*logs.refused, *(code for _grant, code in keys.refused)),
        quarantined=tuple(each.code for each in rows.quarantined),
        untrue=tuple(each.code for each in rows.untrue),
        erased=erased,
        announced=frozenset(DossierId(each.dossier) for each in logs.given_up if is_announced(each)),
    )
