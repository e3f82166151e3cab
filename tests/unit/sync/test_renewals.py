"""What a laptop makes of a server without renewals, of one out of reach, and of one that gives another document."""

import pytest

from desktop.sync import renewals
from desktop.sync.client import Client
from desktop.vault.crypto.identity import DeviceIdentity
from desktop.vault.trust.organisation import create_organisation, renewed
from desktop.vault.trust.renewal import make_renewal, own_wrapping_key
from protocol.directory import Directory
from protocol.errors import EnvironmentProblem
from protocol.messages.documents import SignedDocument
from tests.unit.vault.people import MOMENT

AZC = create_organisation("AZC Haarlem", "reception")
SECOND = renewed(AZC, 1)
DEVICE = DeviceIdentity(bytes(32))
KEY = own_wrapping_key(DEVICE)


class Server(Client):
    """Answers with one document, or with one code."""

    def __init__(self, answer: bytes | str) -> None:
        self._answer = answer

    def show_wrapping_key(self, document: SignedDocument) -> None:
        """Take or refuse it."""
        assert document == KEY.signed
        if isinstance(self._answer, str):
            raise EnvironmentProblem(self._answer)

    def renewal(self) -> bytes:
        """Give the document or refuse."""
        if isinstance(self._answer, str):
            raise EnvironmentProblem(self._answer)
        return self._answer


def _directory(*cards: object) -> Directory:
    return Directory(AZC.card.id, 1, MOMENT, cards, ())  # type: ignore[arg-type]


def test_a_server_of_before_renewals_is_asked_again_and_one_out_of_reach_ends_the_round() -> None:
    assert renewals.show(Server(b""), KEY.signed)
    assert not renewals.show(Server("sync.not_found"), KEY.signed)
    with pytest.raises(EnvironmentProblem, match=r"sync\.unreachable"):
        renewals.show(Server("sync.unreachable"), KEY.signed)


@pytest.mark.parametrize("directory", [_directory(), _directory(AZC.card)])
def test_nothing_is_asked_where_no_newer_card_is_known(directory: Directory) -> None:
    assert renewals.fetch(Server("sync.unreachable"), directory, AZC.card) == (None, ())


def test_only_the_document_about_the_card_of_the_directory_counts() -> None:
    document = make_renewal(SECOND, KEY, MOMENT)
    renewal, codes = renewals.fetch(Server(document), _directory(SECOND.card), AZC.card)
    assert renewal is not None
    assert (renewal.card, codes) == (SECOND.card, ())
    third = renewed(SECOND, 2)
    for answer in (document, b"{}", "sync.not_found"):
        assert renewals.fetch(Server(answer), _directory(third.card), AZC.card) == (None, (renewals.MISSING,))
