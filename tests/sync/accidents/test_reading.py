"""A server that went back, a partner that came late, an answer that leads nowhere: what a laptop reads in the end."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from desktop.records.events.bodies import AnswerGiven
from desktop.services.sync.run_bounds import MOST_EMPTY_PAGES
from desktop.services.sync.synchronise import SyncService
from protocol.canonical import JsonValue
from protocol.errors import EnvironmentProblem
from protocol.identifiers import new_id
from protocol.limits import MOST_ROWS
from protocol.messages.feed import Page, PageHead, page_bytes, read_page
from protocol.messages.membership import MembershipStep
from protocol.messages.message import from_value, to_value
from protocol.times import SettableClock
from server.store.tables import DIRECTORIES
from tests.sync.accidents.web_proxy import Asked, WebProxy, web_proxy
from tests.sync.machines import AT_THE_TABLE, CLOCK, Laptop, Office, Online, ServerProcess, found_office

FAR = 2**53 - 1
Join = Callable[..., Laptop]


def test_a_server_put_back_without_a_word_gets_everything_again(
    own_server: ServerProcess, tmp_path: Path, join: Join
) -> None:
    if "://" in own_server.database:
        pytest.skip("copies the file of SQLite")
    azc = found_office(own_server, tmp_path / "azc", "AZC Dronten", "reception")
    anna, bert = join(azc, "anna"), join(azc, "bert")
    anna.open_case("Een")
    anna.once()
    bert.once()
    with closing(sqlite3.connect(own_server.database)) as live, closing(sqlite3.connect(tmp_path / "copy")) as copy:
        live.backup(copy)
    later = [anna.open_case(str(number)) for number in range(6)]
    anna.once()
    bert.once()
    unheard = anna.open_case("Niemand haalde het")
    anna.once()
    own_server.stop()
    for suffix in ("-wal", "-shm"):
        Path(own_server.database + suffix).unlink(missing_ok=True)
    Path(own_server.database).write_bytes((tmp_path / "copy").read_bytes())
    own_server.start()

    bert.once()
    anna.once()
    after = anna.open_case("Na het terugzetten")
    anna.once()
    bert.once()

    assert {*later, unheard, after} <= set(bert.journal.dossiers())
    carla = join(azc, "carla")
    carla.once()
    assert set(carla.journal.dossiers()) == set(anna.journal.dossiers())


def test_what_an_older_directory_did_not_vouch_for_is_fetched_once_a_newer_one_does(
    azc: Office, town: Office, join: Join
) -> None:
    azc.know(town)
    anna, tom = join(azc, "anna"), join(town, "tom")
    tom.once()
    case = anna.open_case()
    anna.answer(case, "Haarlem")
    anna.offer(case, town.root.card, ("core", "health"))
    anna.once()
    day_one = tom.once()
    assert "trust.organisation_unknown" in {each.code for each in day_one[-1].state.notices}
    assert tom.journal.dossiers() == ()

    town.know(azc)
    day_two = tom.once()

    assert tom.answers(case) == {"Haarlem"}
    assert day_two[-1].state.notices == ()


def _turned(change: Callable[[dict[str, JsonValue]], object]) -> Callable[[Asked, bytes], bytes]:
    def changed(asked: Asked, body: bytes) -> bytes:
        if "/feed" not in asked.path:
            return body
        page = read_page(body)
        head = to_value(page.head)
        assert isinstance(head, dict)
        change(head)
        return page_bytes(Page(from_value(PageHead, head), page.segments if head["cursor"] != FAR else ()))

    return changed


def _until_it_ends(online: Online) -> str:
    for _round in range(2 * MOST_EMPTY_PAGES):
        try:
            one = online.synchronise.round()
        except EnvironmentProblem as error:
            return online.synchronise.failed(error).problem or ""
        assert one is not None
        if not one.again:
            return ""
    return "without end"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda page: page.update(more=True), "sync.answer_broken"),
        pytest.param(lambda page: page.update(cursor=0), "sync.answer_broken", marks=pytest.mark.long),
        (lambda page: page.update(generation=new_id()), "sync.no_progress"),
    ],
)
def test_a_feed_that_leads_nowhere_ends_the_run_and_nothing_is_lost(
    azc: Office, join: Join, change: Callable[[dict[str, JsonValue]], object], code: str
) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    case = anna.open_case()
    anna.once()
    bert.once()
    anna.answer(case, "Almere")
    anna.once()

    with web_proxy(bert.address) as proxy:
        bert.online(proxy.address).rounds()
        anna.answer(case, "Haarlem")
        anna.once()
        proxy.changed = _turned(change)
        assert _until_it_ends(bert.online(proxy.address)) == code

    bert.once()
    assert bert.answers(case) == {"Haarlem"}


def test_pages_without_an_end_and_without_content_end_the_run(azc: Office, join: Join) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    case = anna.open_case()
    bert.once()

    with web_proxy(bert.address) as proxy:
        _endless(proxy)
        assert _until_it_ends(bert.online(proxy.address)) == "sync.no_progress"

    anna.once()
    bert.once()
    assert case in bert.journal.dossiers()


def _endless(proxy: WebProxy) -> None:
    """Let the cursor go one further at each page, whatever was asked."""
    turns = iter(range(1, 10_000))
    proxy.changed = _turned(lambda page: page.update(cursor=next(turns), more=True))


def test_a_cursor_far_beyond_the_end_blinds_nobody(azc: Office, join: Join) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    case = anna.open_case()
    anna.once()

    with web_proxy(bert.address) as proxy:
        proxy.changed = _turned(lambda page: page.update(cursor=FAR, more=False, wraps=[]))
        bert.online(proxy.address).rounds()
    assert case not in bert.journal.dossiers()

    bert.once()
    assert case in bert.journal.dossiers()


def test_a_week_without_the_server_is_told_in_days(anna: Laptop) -> None:
    anna.once()
    online = anna.online()
    late = SettableClock(CLOCK.now() + timedelta(days=9))
    service = SyncService(anna.journal, anna.vault, online.known_directory, late, online.client)

    state = service.failed(EnvironmentProblem("sync.unreachable"))

    assert state.silent_days == 9
    assert state.reached is not None


def test_the_cursor_moves_only_after_the_rows_were_taken_in(
    azc: Office, join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, bert = join(azc, "anna"), join(azc, "bert")
    case = anna.open_case()
    anna.answer(case, "Almere")
    anna.once()

    def full(_rows: object) -> None:
        raise EnvironmentProblem("records.disk_full")

    with monkeypatch.context() as patched:
        patched.setattr(bert.journal, "accept_rows", full)
        with pytest.raises(EnvironmentProblem, match=r"records\.disk_full"):
            bert.once()

    bert.once()
    assert bert.answers(case) == {"Almere"}


def test_a_server_with_an_older_directory_takes_nobody_away(azc: Office, town: Office, join: Join) -> None:
    town.know(azc)
    anna, tom = join(azc, "anna"), join(town, "tom")
    mine = DIRECTORIES.c.organisation == azc.root.card.id
    ((older,),) = azc.run(select(DIRECTORIES.c.document).where(mine))
    azc.know(town)
    for laptop in (anna, tom):
        laptop.once()
    case = tom.open_case()
    tom.answer(case, "Haarlem")
    tom.offer(case, azc.root.card)
    tom.once()
    azc.run(update(DIRECTORIES).where(mine).values(document=older))

    (only,) = anna.once()
    assert only.refused == ()
    assert anna.answers(case) == {"Haarlem"}


def test_a_long_run_says_its_step_last(azc: Office, town: Office, join: Join) -> None:
    azc.know(town)
    anna = join(azc, "anna")
    case = anna.open_case()
    anna.journal.append_all(case, [AnswerGiven("/intake/v", "given", "x")] * MOST_ROWS, AT_THE_TABLE)
    anna.offer(case, town.root.card)
    online, membership = anna.online(), anna.journal.membership

    online.synchronise.round()
    assert [each.step for each in membership.waiting()] == [MembershipStep.OFFERED]

    online.rounds()
    assert membership.waiting() == ()
