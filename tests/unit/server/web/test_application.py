"""The application in this process, where time can be set."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Connection

from protocol.errors import UserError
from protocol.times import SettableClock
from server.config import PageConfig
from server.passphrases import hash_passphrase
from server.store.administration.administrators import add_administrator
from server.store.engine import ServerStore
from server.store.schema import migrate
from server.web import routes
from server.web.application import create_page
from server.web.report import Report
from server.web.sessions import IDLE_SECONDS

PASSPHRASE = "vijf losse woorden bij elkaar"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ServerStore]:
    """Return a store with an account."""
    fresh = ServerStore(str(tmp_path / "server.db"))
    migrate(fresh)
    fresh.run(lambda connection: add_administrator(connection, "beheer", hash_passphrase(PASSPHRASE, 10), 0))
    yield fresh
    fresh.close()


class _Browser:
    """Asks the application for pages, one after the other."""

    def __init__(self, store: ServerStore, clock: SettableClock) -> None:
        self._app = create_page(PageConfig("127.0.0.1", 0), store, clock)
        self._cookies = httpx.Cookies()

    def ask(self, method: str, path: str, **fields: str) -> httpx.Response:
        """Return the answer; cookies are kept."""
        return asyncio.run(self._ask(method, path, fields))

    def sign_in(self) -> None:
        """Sign in."""
        token = self.ask("GET", "/sign-in").text.partition('name="token" value="')[2][:64]
        assert self.ask("POST", "/sign-in", token=token, name=" Beheer ", passphrase=PASSPHRASE).status_code == 303

    async def _ask(self, method: str, path: str, fields: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", cookies=self._cookies) as client:
            answer = await client.request(method, path, data=fields or None, headers={"Accept-Language": "nl"})
            self._cookies = client.cookies
            return answer


@pytest.fixture
def clock() -> SettableClock:
    """Return a clock that stands still."""
    return SettableClock(datetime(2026, 11, 24, 10, 42, tzinfo=UTC))


@pytest.fixture
def browser(store: ServerStore, clock: SettableClock) -> _Browser:
    """Return a browser in which somebody is signed in."""
    made = _Browser(store, clock)
    made.sign_in()
    return made


def test_a_session_ends_when_nothing_happens_and_says_so(browser: _Browser, clock: SettableClock) -> None:
    for _ in range(3):
        clock.moment += timedelta(seconds=IDLE_SECONDS - 1)
        assert browser.ask("GET", "/").status_code == 200
    clock.moment += timedelta(seconds=IDLE_SECONDS)
    ended = browser.ask("GET", "/")

    assert (ended.status_code, ended.headers["location"]) == (303, "/sign-in?ended=true")
    assert "U bent afgemeld" in browser.ask("GET", ended.headers["location"]).text


def test_who_is_signed_in_needs_no_form_to_sign_in(browser: _Browser) -> None:
    assert browser.ask("GET", "/sign-in").headers["location"] == "/"


def test_a_bug_is_an_empty_page_and_a_line_with_its_kind(
    browser: _Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_connection: Connection) -> Report:
        raise KeyError("Semhar uit Keren")

    monkeypatch.setattr(routes, "read_report", broken)
    with caplog.at_level("INFO", logger="server"):
        answer = browser.ask("GET", "/")

    assert answer.status_code == 500
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "Semhar" not in answer.text + caplog.text
    assert '"kind":"KeyError"' in caplog.text


def test_a_page_is_not_made_for_a_network_in_clear(store: ServerStore) -> None:
    with pytest.raises(UserError, match=r"server\.page_not_private"):
        create_page(PageConfig("192.0.2.7", 0), store, SettableClock(datetime(2026, 11, 24, tzinfo=UTC)))
