"""What both sides of a handover work with, and how one step of it is taken: whole, or not at all.

A step is an event for the record, keys given or renewed, and a signed statement for the other organisation. All of it
becomes durable in one transaction of the journal, the statement as an intention; putting the statement with those that
wait in the vault is a second write, which the next opening or round completes when this one cannot.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.records import Body, DossierView, Intention, Journal
from desktop.services.dossier.authors import context_of
from desktop.services.dossier.completion import Completion
from desktop.services.sync.correspondence import Correspondence
from desktop.vault.vault import Vault
from protocol.canonical import JsonValue
from protocol.identifiers import DossierId
from protocol.messages.message import from_value, to_value
from protocol.messages.offers import Statement

_SEND = "statement.say"
_DROP = "statement.drop"


@dataclass(frozen=True, slots=True)
class HandoverContext:
    """The record, the keys, and what organisations say to each other."""

    journal: Journal
    vault: Vault
    correspondence: Correspondence

    def view(self, dossier: DossierId) -> DossierView:
        """Return the record of a dossier. Raises UserError `records.dossier_unknown`."""
        return self.journal.view(dossier)

    def waiting(self) -> tuple[Statement, ...]:
        """Return the statements still to be sent, oldest first, those of steps that are not completed yet included."""
        waiting = {each.signature: each for each in self.correspondence.waiting()}
        for intention in self.journal.intentions.pending():
            if intention.kind == _SEND:
                statement = from_value(Statement, intention.value)
                waiting[statement.signature] = statement
            elif intention.kind == _DROP:
                waiting.pop(from_value(Statement, intention.value).signature, None)
        return tuple(waiting.values())

    def append(self, dossier: DossierId, *bodies: Body) -> None:
        """Write events that nobody else must hear of, in one transaction."""
        self.journal.append_all(dossier, bodies, context_of(self.view(dossier), self.vault.person))

    def take_step(
        self,
        dossier: DossierId,
        bodies: Sequence[Body],
        *,
        send: Sequence[Statement] = (),
        drop: Sequence[Statement] = (),
        keys: Callable[[], object] = tuple,
    ) -> None:
        """Write events, what `keys` writes, and the statements to send and to drop: durable as one when this returns.

        Raises the errors of the journal; then nothing was written and the step can be taken again.
        """
        intentions = [Intention(_SEND, to_value(each)) for each in send]
        intentions += [Intention(_DROP, to_value(each)) for each in drop]

        def write_along() -> None:
            keys()
            for intention in intentions:
                self.journal.intentions.begin(intention)

        context = context_of(self.view(dossier), self.vault.person)
        self.journal.append_all(dossier, bodies, context, also=write_along)
        self.complete()

    def complete(self) -> Changes:
        """Put the statements of steps that were taken with those that wait in the vault. Never raises OpmaatError."""
        return Completion(
            self.journal.intentions, {_SEND: self._queue_statement, _DROP: self._drop_statement}
        ).complete()

    def _queue_statement(self, value: JsonValue) -> Changes:
        statement = from_value(Statement, value)
        if not self._is_known(statement):
            self.correspondence.queue(statement)
        return changed(Aspect.HANDOVER, Aspect.SYNC, dossier=statement.dossier)

    def _drop_statement(self, value: JsonValue) -> Changes:
        statement = from_value(Statement, value)
        self.correspondence.settle([statement])
        return changed(Aspect.HANDOVER, Aspect.SYNC, dossier=statement.dossier)

    def _is_known(self, statement: Statement) -> bool:
        """Tell whether a statement waits already or was sent, so that an earlier attempt got that far."""
        known = (each for offer in self.correspondence.offers() for each in offer.statements)
        return any(each.signature == statement.signature for each in (*self.correspondence.waiting(), *known))
