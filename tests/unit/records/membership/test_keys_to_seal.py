"""Under which of several keys of one epoch rows are sealed: under those that the statement named that began it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.records import COMPARTMENTS, CORE, HEALTH
from desktop.records.dossiers.keyring import DossierKey, Keyring
from desktop.records.membership.admission import keys_to_seal
from protocol.errors import UserError
from protocol.identifiers import DossierId
from protocol.messages.membership import MembershipStep
from tests.unit.protocol.membership.logs import OFFERED, WITHDRAWN, log_of
from tests.unit.records.cases import Laptop, new_laptop
from tests.unit.records.membership.parties import VILLAGE, carry, own, state_at

FIRST, SECOND = sorted((DossierKey.new(CORE, 2) for _ in range(2)), key=lambda key: key.key_id)
OLDER = DossierKey.new(CORE, 1)
RING = Keyring([FIRST, SECOND, OLDER])


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Laptop]:
    """Return a laptop of the village."""
    laptop = new_laptop(tmp_path, VILLAGE, "Dorp")
    yield laptop
    laptop.journal.close()


def _id(key: DossierKey) -> frozenset[str]:
    return frozenset({key.key_id.hex()})


@pytest.mark.parametrize(
    ("named", "chosen"),
    [
        ({1: _id(OLDER), 2: _id(SECOND)}, SECOND),
        ({1: _id(OLDER), 2: _id(FIRST)}, FIRST),
        ({1: _id(OLDER)}, OLDER),
        ({1: _id(OLDER), 2: _id(DossierKey.new(CORE, 2))}, OLDER),
        ({1: frozenset[str](), 2: frozenset[str]()}, FIRST),
        ({1: _id(OLDER), 2: frozenset[str]()}, FIRST),
        ({3: _id(SECOND)}, FIRST),
        (None, FIRST),
    ],
)
def test_the_newest_named_key_seals_and_where_none_is_here_the_newest_of_all(
    named: dict[int, frozenset[str]] | None, chosen: DossierKey
) -> None:
    assert RING.to_seal(CORE, named) == chosen
    assert RING.cipher_of(chosen) is RING.cipher_of(chosen)


def test_what_cannot_be_read_cannot_be_sealed() -> None:
    with pytest.raises(UserError, match=r"records\.no_key"):
        RING.to_seal(HEALTH, {1: _id(OLDER)})


def test_nothing_is_known_of_keys_that_no_statement_named() -> None:
    assert keys_to_seal(None) is None
    assert keys_to_seal(log_of(OFFERED, WITHDRAWN)) == {1: frozenset(), 2: frozenset()}


def test_every_step_that_begins_an_epoch_names_the_keys_it_made(one: Laptop) -> None:
    dossier = one.new_dossier()
    one.renew(dossier)

    made = {(key.epoch, key.key_id.hex()) for key in one.journal._cache.open(dossier).keyring}
    assert len(made) == 2 * len(COMPARTMENTS)
    assert {(epoch, each) for epoch, named in state_at(one, dossier).keys.items() for each in named} == made
    assert {each.epoch for each in one.wraps(own(one))} == {1, 2}


def test_who_accepted_an_offer_that_was_withdrawn_writes_readably_when_it_is_offered_again(
    one: Laptop, village: Laptop
) -> None:
    """Keys that the village made in vain are of the same epoch as those that the withdrawal began."""
    dossier = one.new_dossier()
    _offer(one, village, dossier)
    for step in (MembershipStep.RECEIVED, MembershipStep.ACCEPTED):
        village.take(dossier, step, own(village))
    vain = {key.key_id.hex() for key in village.journal._cache.open(dossier).keyring if key.epoch == 2}
    one.take(dossier, MembershipStep.WITHDRAWN, VILLAGE.card.id)
    carry(one, village, dossier)

    _offer(one, village, dossier)
    written = village.answer(dossier, "/intake/woonplaats", "Bloemendaal")
    carry(village, one, dossier)

    assert written.epoch == 2
    assert vain.isdisjoint(state_at(village, dossier).keys[2])
    assert one.journal.view(dossier).hidden == {}
    assert one.journal.view(dossier).answers["/intake/woonplaats"][0].text == "Bloemendaal"


def _offer(one: Laptop, village: Laptop, dossier: DossierId) -> None:
    one.offer(dossier, VILLAGE.card, COMPARTMENTS)
    carry(one, village, dossier)
