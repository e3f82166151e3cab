"""Bringing a decision (PIP) to DUO: checked before it leaves and when it comes back, through whatever connects.

Sending needs the network of the government and a certificate of the municipality; a laptop at a table has neither. So a
message leaves as a file, and is sent where the connection is. Nothing is sent twice by itself: where no answer came, it
is not known what DUO has, and DUO is asked first.
"""

from typing import Protocol

from desktop.plan.pip.duo_message import DuoFile, DuoMunicipality, DuoPip
from desktop.plan.pip.duo_rules import completed
from protocol.errors import UserError


class DuoConnector(Protocol):
    """The way to DUO for one municipality. Raises EnvironmentProblem and UserError `duo.…`."""

    def read(self, bsn: str) -> DuoMunicipality | None:
        """Return the PIP that DUO knows now, None where it knows none."""
        ...

    def register(self, bsn: str, message: DuoPip) -> None:
        """Register `message`; on return DUO has it."""
        ...

    def withdraw(self, bsn: str) -> None:
        """Take back the PIP that stands; on return DUO has none of this municipality."""
        ...


def send(file: DuoFile, connector: DuoConnector) -> bool:
    """Register the message of `file`; tell whether anything had to be sent: what DUO has already is not sent again.

    Afterwards DUO is asked what it has. Raises UserError `duo.registered_otherwise` where that is not what was sent.
    """
    wanted = completed(file.pip)
    before = connector.read(file.bsn)
    if before is not None and before.pip == wanted:
        return False
    connector.register(file.bsn, wanted)
    after = connector.read(file.bsn)
    if after is None or completed(after.pip) != wanted:
        raise UserError("duo.registered_otherwise")
    return True
