"""What the page says of handovers that wait."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from protocol.messages.membership import MembershipStep
from server.store.engine import ServerStore
from server.store.schema import migrate
from server.store.tables import STATEMENTS
from server.web.handovers import open_handovers

AZC, TOWN, CASE = "a" * 32, "b" * 32, "c" * 32
_CREATED, _OFFERED, _RECEIVED, _RENEWED, _RETURNED = (
    MembershipStep.CREATED,
    MembershipStep.OFFERED,
    MembershipStep.RECEIVED,
    MembershipStep.RENEWED,
    MembershipStep.RETURNED,
)


@pytest.mark.parametrize(
    ("steps", "waits_for", "since"),
    [
        ((_CREATED, _OFFERED), "fetching", 2),
        ((_CREATED, _OFFERED, _RENEWED), "fetching", 2),
        ((_CREATED, _OFFERED, _RENEWED, _RECEIVED, _RENEWED), "deciding", 4),
        ((_CREATED, _OFFERED, _RECEIVED, _RETURNED, _RENEWED), "", 0),
        ((_CREATED, _RENEWED), "", 0),
    ],
)
def test_fresh_keys_change_nothing_of_what_is_waited_for(
    tmp_path: Path, steps: tuple[MembershipStep, ...], waits_for: str, since: int
) -> None:
    store = ServerStore(str(tmp_path / "server.db"))
    migrate(store)
    for number, step in enumerate(steps, 1):
        alone, by_town = step in {_CREATED, _RENEWED}, step in {_RECEIVED, _RETURNED}
        values = {"organisation": TOWN if by_town else AZC, "recipient": AZC if alone else TOWN, "moment": number}
        made = insert(STATEMENTS).values(dossier=CASE, number=number, step=step.value, document=b"", **values)
        store.run(partial(Connection.execute, statement=made))

    found = store.run(open_handovers)
    store.close()
    assert [(each.waits_for, each.since) for each in found] == (
        [(waits_for, datetime.fromtimestamp(since, UTC))] if waits_for else []
    )
    assert all((each.sender, each.recipient) == (AZC, TOWN) for each in found)
