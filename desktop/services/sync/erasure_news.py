"""Telling the server what was erased on this laptop, in one step of a round."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.sync.client import Client
from protocol.messages.erasure import ErasureBatch, ErasureStatement

_NOTHING_THERE = "sync.not_member"


@dataclass(frozen=True, slots=True)
class ErasureAnswers:
    """What became of erasures that were told: none of them has to be told again. `refused` are the codes of some."""

    reported: Sequence[ErasureStatement] = ()
    refused: tuple[str, ...] = ()


def tell(client: Client, statements: Sequence[ErasureStatement]) -> ErasureAnswers:
    """Tell the server. Network thread. Raises what `Client` raises, and then nothing counts as told.

    That the server knows nothing of a dossier is nothing to worry about: there is nothing to erase then.
    """
    if not statements:
        return ErasureAnswers()
    answer = client.tell_erasures(ErasureBatch(tuple(statements)))
    return ErasureAnswers(statements, tuple(each.code for each in answer.refused if each.code != _NOTHING_THERE))
