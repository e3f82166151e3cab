"""Completing what was begun: steps of several writes that an error or a crash cut short.

Called at every opening, after every round of synchronisation and right after a step. Whoever begins an intention
(`desktop.records.store.intentions`) names its kind and gives, here, what completes it. Called on the store thread only.
"""

import logging
from collections.abc import Callable, Mapping

from desktop.kernel.changes import Changes
from desktop.kernel.log import warn
from desktop.records import Intentions
from protocol.canonical import JsonValue
from protocol.errors import OpmaatError

Complete = Callable[[JsonValue], Changes]
"""Carries out what an intention of one kind says and tells what changed. Doing it twice comes to the same."""

_LOG = logging.getLogger(__name__)


class Completion:
    """What completes the intentions of one journal, by their kind."""

    def __init__(self, intentions: Intentions, ways: Mapping[str, Complete]) -> None:
        self._intentions = intentions
        self._ways = ways

    def complete(self) -> Changes:
        """Complete all that is pending, oldest first, and tell what changed. Never raises an OpmaatError.

        What fails is logged by its code and stays pending, as does a kind that only a later version knows.
        """
        changes = Changes()
        try:
            pending = self._intentions.pending()
        except OpmaatError as error:
            warn(_LOG, "intention.not_completed", code=error.code)
            return changes
        for each in pending:
            way = self._ways.get(each.kind)
            if way is None:
                continue
            try:
                changes |= way(each.value)
                self._intentions.finish(each)
            except OpmaatError as error:
                warn(_LOG, "intention.not_completed", kind=each.kind, code=error.code)
        return changes
