"""A case of two laptops of one organisation, and a third that is to get it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from protocol.identifiers import DossierId
from tests.unit.records.cases import AZC, Laptop, new_laptop, share
from tests.unit.records.claims.answers import REF


@pytest.fixture
def dossier(one: Laptop, two: Laptop) -> DossierId:
    """Return a case that `one` began and `two` has, with an answer of `one`."""
    made = one.new_dossier()
    one.answer(made, REF, "Dronten")
    share(one, two)
    return made


@pytest.fixture
def third(tmp_path: Path) -> Iterator[Laptop]:
    """Return one more laptop of the organisation."""
    made = new_laptop(tmp_path / "third", AZC, "Derde")
    yield made
    made.journal.close()
    made.vault.lock()
