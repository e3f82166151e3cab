"""A real server that shows the administrator's page, with an account and an invented region."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.sync.machines import ServerProcess
from tests.sync.page.invented import invent_region, new_administrator
from tests.sync.page.visiting import address_of, server_with_page, sign_in, visitor


@pytest.fixture
def page_server(new_database: Callable[[], str], tmp_path: Path) -> Iterator[ServerProcess]:
    """Return a running server that shows the page; its database is empty but for an account."""
    server = server_with_page(new_database(), tmp_path / "server.log")
    new_administrator(server.database)
    yield server
    server.stop()


@pytest.fixture
def region(page_server: ServerProcess) -> ServerProcess:
    """Return the server, with four organisations and what happened between them."""
    invent_region(page_server.database)
    return page_server


@pytest.fixture
def stranger(page_server: ServerProcess) -> Iterator[httpx.Client]:
    """Return somebody who is not signed in."""
    with visitor(address_of(page_server)) as client:
        yield client


@pytest.fixture
def administrator(page_server: ServerProcess) -> Iterator[httpx.Client]:
    """Return somebody who is signed in."""
    with visitor(address_of(page_server)) as client:
        assert sign_in(client).status_code == 303
        yield client
