"""The sites of `packaging/server` in a real nginx and a real Caddy, where they are installed, before a real server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from protocol.limits import MOST_BODY_BYTES
from tests.sync.machines import Laptop, Office, ServerProcess, found_office
from tests.sync.raw import plain, refused
from tests.sync.serving.sites import proxy_before, proxy_program

Join = Callable[..., Laptop]


@pytest.fixture(params=["nginx", "caddy"])
def proxied(request: pytest.FixtureRequest, own_server: ServerProcess, tmp_path: Path) -> Iterator[str]:
    """Return the address of a proxy in front of the server."""
    if proxy_program(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    with proxy_before(request.param, [own_server.port], tmp_path) as address:
        yield address


@pytest.fixture
def office(own_server: ServerProcess, tmp_path: Path) -> Office:
    """Return a reception location."""
    return found_office(own_server, tmp_path / "azc", "AZC Dronten", "reception")


def test_a_day_of_large_notes_passes_the_published_site(office: Office, proxied: str, join: Join) -> None:
    anna, bram = join(office, "anna"), join(office, "bram")
    case = anna.open_case()
    for number in range(12):
        anna.answer(case, "x" * 200_000, f"/intake/vraag_{number}")

    for laptop in (anna, bram):
        laptop.online(proxied).rounds()

    assert anna.journal.outbox.waiting() == 0
    assert len(bram.journal.events(case)) == 13


def test_the_longest_body_passes_and_one_byte_more_is_stopped(office: Office, proxied: str) -> None:
    del office
    headers = {"Opmaat-Protocol": "1"}

    passed = plain("POST", f"{proxied}/v1/rows", bytes(MOST_BODY_BYTES), headers)
    stopped = plain("POST", f"{proxied}/v1/rows", bytes(MOST_BODY_BYTES + 1), headers)

    assert refused(passed).code == "sync.signature_wrong"
    assert stopped.status_code == 413
