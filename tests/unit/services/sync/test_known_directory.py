"""Of two directories the newer one counts, whichever came last."""

from dataclasses import replace

import pytest

from desktop.services.sync.known_directory import newest_of
from protocol.directory import Directory
from tests.unit.records.cases import AZC
from tests.unit.vault.people import MOMENT

KEPT = Directory(AZC.card.id, 2, MOMENT, (AZC.card,), ())


@pytest.mark.parametrize(("version", "is_newer"), [(1, False), (2, False), (3, True)])
def test_only_a_newer_directory_takes_the_place_of_the_one_that_is_kept(version: int, *, is_newer: bool) -> None:
    given = replace(KEPT, version=version, organisations=())
    assert newest_of(KEPT, given) is (given if is_newer else KEPT)
    assert newest_of(None, given) is given
