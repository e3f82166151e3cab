"""A bundle that is sealed and signed, and of which parts are still to be written to sticks; kept across a restart."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace as changed_message

from desktop.kernel.files import read_bytes, write_atomic
from desktop.vault.file.bundle_container import compared_words
from protocol.errors import OpmaatError, UserError
from protocol.limits import MOST_ANSWER_BYTES
from protocol.messages.bundles import BundleBody, read_bundle_head
from protocol.messages.fields import Count, Dossier
from protocol.messages.message import Message, from_bytes, to_bytes

_HEAD, _STATE = "head", "state"


class StagedState(Message, frozen=True):
    """What is in a bundle, and the numbers of the parts that are `left` to be written."""

    dossiers: tuple[Dossier, ...]
    rows: Count
    attachments: Count
    unproven: Count
    left: tuple[Annotated[int, Meta(ge=1)], ...]


@dataclass(frozen=True, slots=True)
class SealedBundle:
    """See the module. The stream lies in the private `folder`, beside this."""

    folder: Path
    head: bytes
    body: BundleBody
    state: StagedState

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words that two people compare."""
        return compared_words(self.head)

    def with_left(self, left: tuple[int, ...]) -> "SealedBundle":
        """Return the bundle with only the parts `left` to be written."""
        return replace(self, state=changed_message(self.state, left=left))

    def store(self) -> None:
        """Keep it for a next stick. Raises EnvironmentProblem."""
        write_atomic(self.folder / _HEAD, self.head)
        write_atomic(self.folder / _STATE, to_bytes(self.state))


def load_sealed(folder: Path) -> SealedBundle:
    """Return the bundle that `SealedBundle.store` kept in `folder`. Raises UserError `bundle.unknown`."""
    try:
        head = read_bytes(folder / _HEAD, MOST_ANSWER_BYTES)
        state = from_bytes(StagedState, read_bytes(folder / _STATE, MOST_ANSWER_BYTES))
        return SealedBundle(folder, head, read_bundle_head(head).claim(), state)
    except OpmaatError:
        raise UserError("bundle.unknown") from None
