"""A decision as it was issued: every word of it in Dutch and in the language of the person. Nothing changes it."""

from dataclasses import dataclass, replace

import msgspec

from desktop.plan.model.frozen_plan import FrozenWords, PlanColumns, encode, in_words, said
from desktop.plan.pip.decision import PipDecision
from protocol.errors import UserError

_decode = msgspec.json.Decoder(PipDecision).decode


@dataclass(frozen=True)
class FrozenDecision(FrozenWords):
    """A decision."""

    def decision(self) -> PipDecision:
        """Return the decision. Raises UserError `pip.decision_damaged`."""
        try:
            return _decode(self.text)
        except (msgspec.DecodeError, RecursionError):
            raise UserError("pip.decision_damaged") from None


def freeze_decision(decision: PipDecision, columns: PlanColumns) -> FrozenDecision:
    """Return `decision` with every text as the two columns show it now."""
    return FrozenDecision(columns.tag, encode(in_words(decision, columns)).decode("utf-8"))


def says_the_same(one: PipDecision, other: PipDecision) -> bool:
    """Tell whether two decisions decide the same on the same day, whatever language stands beside the Dutch.

    Which version of the plan goes along is no part of what is decided.
    """
    return _content(one) == _content(other)


def _content(decision: PipDecision) -> bytes:
    return encode(said(replace(decision, plan_number=0, plan_seal="")))
