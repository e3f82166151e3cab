"""One handover of a dossier from an organisation to another, as its statements tell it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from protocol.identifiers import DossierId, OrganisationId
from protocol.messages.membership import MembershipStatement, MembershipStep

ENDS = frozenset({MembershipStep.ACCEPTED, MembershipStep.RETURNED, MembershipStep.WITHDRAWN})
"""The steps after which a transfer is over."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One handover from `sender` to `recipient`: its statements from `offered` on, by step."""

    dossier: DossierId
    sender: OrganisationId
    recipient: OrganisationId
    statements: tuple[MembershipStatement, ...]

    @property
    def step(self) -> MembershipStep:
        """Return the newest step."""
        return self.statements[-1].step

    @property
    def is_open(self) -> bool:
        """Tell whether the recipient has yet to decide and the sender did not take the case back."""
        return self.step not in ENDS

    @property
    def moments(self) -> Mapping[MembershipStep, datetime]:
        """Return when each step was taken, by the clock of who took it."""
        return {each.step: each.moment for each in self.statements}

    def statement(self, step: MembershipStep) -> MembershipStatement | None:
        """Return the statement of `step`, None when it was not taken."""
        return next((each for each in self.statements if each.step is step), None)
