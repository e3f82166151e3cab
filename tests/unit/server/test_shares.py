import pytest

from server.http.nonces import Nonces
from server.http.shares import FairShares
from server.refusals import Refusal


def test_an_organisation_takes_half_the_room_and_not_more() -> None:
    shares = FairShares(most_octets=100)

    with shares.room("azc", 50):
        with pytest.raises(Refusal, match=r"sync\.busy"), shares.room("azc", 1):
            pass
        with shares.room("town", 50), pytest.raises(Refusal, match=r"sync\.busy"), shares.room("city", 1):
            pass
    with shares.room("azc", 50):
        pass


def test_room_is_given_back_when_the_request_fails() -> None:
    shares = FairShares(most_octets=100)
    for _ in range(3):
        with pytest.raises(Refusal, match=r"sync\.gap"), shares.room("azc", 50):
            raise Refusal("sync.gap")


def test_a_read_counts_once_until_it_would_be_too_old() -> None:
    nonces = Nonces()
    nonces.use("anna", "n1", expires=100, now=0)
    nonces.use("bram", "n1", expires=100, now=0)
    nonces.use("anna", "n2", expires=200, now=50)

    for now in (0, 100):
        with pytest.raises(Refusal, match=r"sync\.request_replayed"):
            nonces.use("anna", "n1", expires=100, now=now)
    nonces.use("anna", "n1", expires=300, now=101)
    with pytest.raises(Refusal, match=r"sync\.request_replayed"):
        nonces.use("anna", "n2", expires=200, now=101)
