"""One damaged entry in the server's tables: everything else goes on, and it comes again when it is sent again."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.dml import UpdateBase

from protocol.identifiers import DossierId
from server.admin.status import lines_of, read_status
from server.store import tables
from server.store.generation import begin_generation
from tests.sync.machines import Laptop, Office

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
