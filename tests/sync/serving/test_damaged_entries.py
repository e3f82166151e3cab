"""One damaged entry in the server's tables: everything else goes on, and it comes again when it is sent again."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.dml import UpdateBase

from protocol.errors import EnvironmentProblem
from protocol.identifiers import DossierId
from server.admin.organisations import sign_directory_again
from server.admin.status import lines_of, read_status
from server.store import devices, tables
from server.store.generation import begin_generation
from tests.sync.machines import CLOCK, Laptop, Office

Join = Callable[..., Laptop]


def _of(dossier: DossierId) -> list[UpdateBase]:
    def here(table: object) -> ColumnElement[bool]:
        return table.c.dossier == dossier  # type: ignore[attr-defined,no-any-return]

    return [
        delete(tables.ROWS).where(here(tables.ROWS), tables.ROWS.c.sequence == 1),
        delete(tables.SEGMENTS).where(here(tables.SEGMENTS)),
        update(tables.ROWS).where(here(tables.ROWS), tables.ROWS.c.sequence == 2).values(previous=bytes(31)),
        delete(tables.WRAP_SETS).where(here(tables.WRAP_SETS)),
        update(tables.WRAP_SETS).where(here(tables.WRAP_SETS)).values(document=b"{"),
    ]


@pytest.fixture(autouse=True)
def _nothing_damaged_before(azc: Office) -> None:
    """Forget what other tests damaged on the server that they share."""
    store = azc.administer()
    store.run(lambda connection: connection.execute(delete(tables.DAMAGED)))
    store.close()


_KINDS = ["a row is missing", "a segment is missing", "a hash is cut", "keys are missing", "keys are not JSON"]


def _damage(office: Office, dossier: DossierId, kind: int) -> None:
    store = office.administer()
    changed = store.run(lambda connection: connection.execute(_of(dossier)[kind]).rowcount)
    store.close()
    assert changed > 0


def _status(office: Office) -> str:
    store = office.administer()
    text = "\n".join(lines_of(read_status(store)))
    store.close()
    return text


@pytest.mark.parametrize("kind", range(len(_KINDS)), ids=_KINDS)
def test_one_damaged_entry_is_left_out_named_and_comes_again(azc: Office, join: Join, kind: int) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    first, second = anna.open_case(), anna.open_case()
    anna.answer(first, "Keren")
    anna.answer(second, "Asmara")
    anna.once()
    _damage(azc, first, kind)

    rounds = bram.once()

    assert "sync.entry_damaged" in [code for each in rounds for code in each.refused]
    assert bram.answers(second) == {"Asmara"}
    assert "damaged         1 entries" in _status(azc)

    store = azc.administer()
    store.run(begin_generation)
    store.close()
    for laptop in (anna, anna, bram, bram):
        laptop.once()

    assert bram.answers(first) == {"Keren"}
    assert "damaged         none" in _status(azc)
    carla = join(azc, "carla")
    carla.once()
    assert carla.answers(first) == {"Keren"}


def test_a_device_writes_over_nothing_that_is_whole(azc: Office, anna: Laptop) -> None:
    anna.once()
    store = azc.administer()
    before = store.run(lambda connection: connection.execute(select(tables.ROWS)).all())
    store.run(begin_generation)

    anna.once()

    assert set(store.run(lambda connection: connection.execute(select(tables.ROWS)).all())) >= set(before)
    store.close()


def _run(office: Office, statement: UpdateBase) -> None:
    store = office.administer()
    assert store.run(lambda connection: connection.execute(statement).rowcount) == 1
    store.close()


@pytest.mark.parametrize("chain", [b"{", b"{}", b"\xff", None], ids=["cut", "empty", "noise", "another's"])
def test_the_rows_of_a_device_whose_chain_is_broken_wait_and_all_else_goes_on(
    azc: Office, join: Join, chain: bytes | None
) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    first, second = anna.open_case(), bram.open_case()
    anna.answer(first, "Keren")
    bram.answer(second, "Asmara")
    anna.once()
    bram.once()
    store = azc.administer()
    of_bram = select(tables.DEVICES.c.chain).where(tables.DEVICES.c.device == bram.vault.device.id)
    broken = chain or store.run(lambda connection: connection.execute(of_bram).scalar_one())
    store.close()
    here = tables.DEVICES.c.device == anna.vault.device.id
    _run(azc, update(tables.DEVICES).where(here).values(chain=broken))

    carla = join(azc, "carla")
    rounds = carla.once()

    assert {code for each in rounds for code in each.refused} == {"trust.chain_unreadable"}
    assert (carla.answers(second), carla.journal.dossiers()) == ({"Asmara"}, (second,))
    assert "trust.chain_unreadable" in [notice.code for notice in rounds[-1].state.notices]
    assert "damaged         1 entries" in _status(azc)

    store = azc.administer()
    store.run(begin_generation)
    store.close()
    for laptop in (anna, anna, carla):
        laptop.once()

    assert carla.answers(first) == {"Keren"}
    assert "damaged         none" in _status(azc)


def test_a_chain_that_breaks_twice_is_told_twice(azc: Office, join: Join) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    anna.open_case()
    anna.once()
    here = tables.DEVICES.c.device == anna.vault.device.id
    told = []
    for _ in range(2):
        _run(azc, update(tables.DEVICES).where(here).values(chain=b"{}"))
        bram.online().synchronise.fetch_again()
        bram.once()
        told.append(_status(azc))
        anna.online().client.enrol(anna.vault.membership.chain)
        told.append(_status(azc))

    assert ["damaged         1 entries" in each for each in told] == [True, False, True, False]


@pytest.mark.parametrize("document", [None, b"{}"], ids=["lost", "broken"])
def test_without_the_directory_laptops_go_on_with_the_one_they_have(
    azc: Office, join: Join, document: bytes | None
) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    dossier = anna.open_case()
    anna.once()
    bram.once()
    anna.answer(dossier, "Keren")
    anna.once()
    here, columns = tables.DIRECTORIES.c.organisation == azc.root.card.id, tables.DIRECTORIES.c
    store = azc.administer()
    kept = store.run(lambda connection: connection.execute(select(columns.document).where(here)).scalar_one())
    store.close()
    change = delete(tables.DIRECTORIES) if document is None else update(tables.DIRECTORIES).values(document=document)
    _run(azc, change.where(here))

    rounds = bram.once()

    assert bram.answers(dossier) == {"Keren"}
    assert [code for each in rounds for code in each.refused] == ["trust.directory_lost"]
    assert "damaged         1 entries" in _status(azc)
    with pytest.raises(EnvironmentProblem, match=r"sync\.not_found"):
        join(azc, "carla").once()

    store = azc.administer()
    store.run(lambda connection: devices.put_directory(connection, azc.root.card.id, 2, kept))
    sign_directory_again(store, azc.root, CLOCK)
    store.close()
    assert [code for each in bram.once() for code in each.refused] == []
    assert "damaged         none" in _status(azc)
