"""Keys of who is not in a dossier, or of an epoch that nobody began: nobody seals under them."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from desktop.records import HEALTH
from desktop.records.events.bodies import AnswerGiven
from desktop.vault.crypto.sealing import RowCipher, RowHeader, new_key
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId
from protocol.messages.membership import MembershipStep
from server.store.tables import ROWS
from tests.sync.machines import AT_THE_TABLE, Laptop, Office
from tests.sync.membership.hostile import codes_of, edit, grant, publish, slip_in

Join = Callable[..., Laptop]
TOP_EPOCH = 2**31 - 1


def _write_health(laptop: Laptop, case: DossierId) -> int:
    return laptop.journal.append(
        case, AnswerGiven("/intake/gezondheid", "given", "medicatie"), AT_THE_TABLE, HEALTH
    ).epoch


def _opens(office: Office, case: DossierId, key: bytes) -> bool:
    """Tell whether `key` opens any row of the dossier that the server has."""
    columns = (ROWS.c.compartment, ROWS.c.epoch, ROWS.c.device, ROWS.c.sequence, ROWS.c.previous, ROWS.c.sealed)
    for compartment, epoch, device, sequence, previous, sealed in edit(
        office, select(*columns).where(ROWS.c.dossier == case)
    ):
        header = RowHeader(case, compartment, epoch, DeviceId(device), sequence, previous)
        try:
            RowCipher(key).open(header.to_bytes(), sealed)
        except UserError:
            continue
        return True
    return False


@pytest.mark.parametrize(
    ("epoch", "code"),
    [(1, "records.giver_not_member"), (2, "records.epoch_ahead"), (TOP_EPOCH, "records.epoch_ahead")],
)
def test_a_key_of_who_was_never_in_the_dossier_is_not_taken(
    azc: Office, town: Office, join: Join, epoch: int, code: str
) -> None:
    azc.know(town)
    town.know(azc)
    anna, mallory, key = join(azc, "anna"), join(town, "mallory"), new_key()
    mallory.once()
    case = anna.open_case()
    anna.once()
    for compartment in ("core", HEALTH):
        forged = grant(mallory, azc.root.card, (case, compartment, epoch), key)
        assert publish(mallory, forged) == ["sync.not_member"]
        slip_in(azc, mallory, forged)

    assert code in codes_of(anna)
    assert _write_health(anna, case) == 1
    anna.answer(case, "Keren")
    anna.once()

    assert not _opens(azc, case, key)
    bert = join(azc, "bert")
    assert code in codes_of(bert)
    assert bert.answers(case) == {"Keren"}


def test_a_key_of_a_former_member_is_not_taken_for_the_epoch_after_it(azc: Office, town: Office, join: Join) -> None:
    azc.know(town)
    town.know(azc)
    anna, carla, key = join(azc, "anna"), join(town, "carla"), new_key()
    carla.once()
    case = anna.open_case()
    anna.offer(case, town.root.card, ("core", HEALTH))
    anna.once()
    carla.once()
    for step in (MembershipStep.RECEIVED, MembershipStep.ACCEPTED):
        carla.answer_offer(case, step)
        carla.once()
    anna.once()
    slip_in(town, anna, grant(anna, town.root.card, (case, HEALTH, 2), key))

    assert "records.giver_not_member" in codes_of(carla)
    assert _write_health(carla, case) == 2
    carla.once()
    assert not _opens(town, case, key)


def test_an_invited_municipality_cannot_put_the_keys_ahead_and_the_laptop_goes_on(
    azc: Office, town: Office, join: Join
) -> None:
    azc.know(town)
    town.know(azc)
    anna, mallory, key = join(azc, "anna"), join(town, "mallory"), new_key()
    mallory.once()
    case, other = anna.open_case(), anna.open_case("Een ander")
    anna.offer(case, town.root.card)
    anna.once()
    mallory.once()
    for compartment in ("core", HEALTH):
        assert publish(mallory, grant(mallory, azc.root.card, (case, compartment, TOP_EPOCH), key)) == []

    assert "records.epoch_ahead" in codes_of(anna)
    assert _write_health(anna, case) == 1
    anna.take(case, MembershipStep.WITHDRAWN, town.root.card.id)
    assert _write_health(anna, case) == 2
    anna.answer(other, "Almere")
    anna.once()

    assert anna.journal.outbox.waiting() == 0
    assert not _opens(azc, case, key)
    bert = join(azc, "bert")
    bert.once()
    assert bert.answers(other) == {"Almere"}
    assert publish(mallory, grant(mallory, azc.root.card, (case, "core", 3), key)) == ["sync.not_member"]
