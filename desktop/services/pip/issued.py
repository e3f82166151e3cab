"""The decisions that were issued: which there are, in the order of the record, and who issued each. Pure."""

from dataclasses import dataclass

from desktop.plan.pip.decision import PipDecision
from desktop.plan.pip.frozen_decision import FrozenDecision
from desktop.records import DossierView
from desktop.records.events.stamps import EventStamp


@dataclass(frozen=True, slots=True)
class IssuedDecision:
    """A decision as it was issued. `number` counts from 1; `plan` is the digest of the plan that went with it."""

    number: int
    frozen: FrozenDecision
    plan: str
    stamp: EventStamp

    @property
    def decision(self) -> PipDecision:
        """Return what was decided. Raises UserError `pip.decision_damaged`."""
        return self.frozen.decision()


def issued_decisions(record: DossierView) -> tuple[IssuedDecision, ...]:
    """Return the decisions of `record`, the oldest first; one that two devices wrote is there once."""
    found: dict[str, IssuedDecision] = {}
    for each in record.decisions:
        frozen = FrozenDecision(each.body.language, each.body.decision)
        if frozen.digest not in found:
            found[frozen.digest] = IssuedDecision(len(found) + 1, frozen, each.body.plan, each.stamp)
    return tuple(found.values())
