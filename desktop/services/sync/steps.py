"""Which statements go before the keys and rows of a round and which after them, and saying them to the server.

A statement that begins an epoch goes before the keys of that epoch, or nobody would take them. An offer goes after all
that it promises, and so does a return with its question. The order within one dossier is never changed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desktop.sync.client import Client
from protocol.limits import MOST_STATEMENTS_AT_ONCE
from protocol.messages.membership import MembershipBatch, MembershipLog, MembershipStatement, MembershipStep

_AFTER_ROWS = frozenset({MembershipStep.OFFERED, MembershipStep.RETURNED})
NEVER_TAKEN = frozenset(
    {
        "membership.forked",
        "membership.log_full",
        "membership.not_yours",
        "membership.recipient_unknown",
        "membership.wrong_step",
        "sync.dossier_erased",
        "sync.not_member",
        "sync.signature_wrong",
    }
)
"""Answers to a statement that repeating it will not change."""

NOT_YET = "membership.gap"
"""The answer to a statement whose predecessor another device has yet to send again."""


@dataclass(frozen=True, slots=True)
class StepAnswers:
    """What became of statements: those the server has, its logs of their dossiers, and what it refused, with codes."""

    heard: tuple[MembershipStatement, ...] = ()
    logs: tuple[MembershipLog, ...] = ()
    refused: tuple[tuple[MembershipStatement, str], ...] = ()

    def __add__(self, other: "StepAnswers") -> "StepAnswers":
        return StepAnswers((*self.heard, *other.heard), (*self.logs, *other.logs), (*self.refused, *other.refused))

    @property
    def blocked(self) -> frozenset[str]:
        """Return the dossiers of which nothing more is to be said now."""
        return frozenset(statement.dossier for statement, _code in self.refused)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return why statements were refused."""
        return tuple(code for _statement, code in self.refused)


def split_steps(
    statements: Iterable[MembershipStatement],
) -> tuple[tuple[MembershipStatement, ...], tuple[MembershipStatement, ...]]:
    """Return what goes before the keys and rows, and what goes after them."""
    before: list[MembershipStatement] = []
    after: list[MembershipStatement] = []
    for statement in statements:
        late = statement.step in _AFTER_ROWS or any(each.dossier == statement.dossier for each in after)
        (after if late else before).append(statement)
    return tuple(before), tuple(after)


def take_steps(
    client: Client, statements: Sequence[MembershipStatement], attempt: Callable[[MembershipStatement], None]
) -> StepAnswers:
    """Say statements to the server, many at a time. Network thread. Raises what `Client` raises.

    `attempt` is called with each before it goes out.
    """
    answers = StepAnswers()
    for start in range(0, len(statements), MOST_STATEMENTS_AT_ONCE):
        batch = tuple(statements[start : start + MOST_STATEMENTS_AT_ONCE])
        for statement in batch:
            attempt(statement)
        answer = client.take_steps(MembershipBatch(batch))
        codes = {refused.place: refused.code for refused in answer.refused if refused.place < len(batch)}
        heard = tuple(each for place, each in enumerate(batch) if place not in codes)
        answers += StepAnswers(heard, answer.logs, tuple((batch[place], code) for place, code in codes.items()))
    return answers
