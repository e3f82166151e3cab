"""A server's database that was put back from a copy, and nobody said so."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, delete, update

from protocol.messages.feed import Page, read_page
from server.admin import copies
from server.store.tables import FEED, ORGANISATIONS
from tests.sync.machines import Laptop, Office, ServerProcess, found_office
from tests.sync.raw import refused, send, signed

Join = Callable[..., Laptop]


def _ask(laptop: Laptop, query: str) -> object:
    answer = send(signed(laptop.vault.device, "GET", f"{laptop.address}/v1/feed?{query}"))
    return read_page(answer.content) if answer.is_success else (refused(answer).code, dict(refused(answer).details))


def _put_back(office: Office, position: int) -> None:
    """Take the feed of an office back to an earlier number, as an older copy of the database has it."""

    def operation(connection: Connection) -> None:
        ours = FEED.c.organisation == office.root.card.id
        connection.execute(delete(FEED).where(ours, FEED.c.position > position))
        mine = ORGANISATIONS.c.organisation == office.root.card.id
        connection.execute(update(ORGANISATIONS).where(mine).values(feed_position=position))

    store = office.administer()
    store.run(operation)
    store.close()


def _place(laptop: Laptop) -> tuple[int, int]:
    page = laptop.online().client.page(0).head
    assert not page.more
    return page.cursor, page.mark


def test_a_cursor_beyond_the_end_is_refused_with_the_end(azc: Office, anna: Laptop) -> None:
    anna.once()
    cursor, mark = _place(anna)
    _put_back(azc, cursor - 1)

    assert _ask(anna, f"after={cursor}&mark={mark}") == ("sync.cursor_ahead", {"end": str(cursor - 1)})
    assert _ask(anna, f"after={cursor}") == ("sync.cursor_ahead", {"end": str(cursor - 1)})


def test_a_feed_that_grew_again_since_is_known_by_its_marks(azc: Office, anna: Laptop, join: Join) -> None:
    anna.once()
    cursor, mark = _place(anna)
    _put_back(azc, 0)
    bram = join(azc, "bram")
    for _ in range(cursor + 1):
        bram.open_case()
    bram.once()
    end, new_mark = _place(bram)
    assert end > cursor

    assert _ask(anna, f"after={cursor}&mark={mark}") == ("sync.cursor_ahead", {"end": str(end)})
    assert _ask(anna, f"after={end}&mark={new_mark}") == _ask(anna, f"after={end}")


def test_the_mark_of_every_page_leads_on(azc: Office, anna: Laptop, join: Join) -> None:
    anna.once()
    cursor, mark = _place(anna)
    join(azc, "bram").once()
    anna.open_case()
    anna.once()

    page = _ask(anna, f"after={cursor}&mark={mark}")

    assert isinstance(page, Page)
    assert page.head.cursor > cursor
    assert _ask(anna, "after=0&mark=0") == _ask(anna, "after=0")


def test_a_copy_put_back_without_a_word_loses_nothing(
    own_server: ServerProcess, tmp_path: Path, join: Join, new_database: Callable[[], str]
) -> None:
    azc = found_office(own_server, tmp_path / "azc", "AZC Dronten", "reception")
    anna, bram, carla = join(azc, "anna"), join(azc, "bram"), join(azc, "carla")
    cases = [anna.open_case()]
    for laptop in (anna, bram, carla):
        laptop.once()
    copies.back_up(own_server.database, tmp_path / "copy")
    cases += [anna.open_case() for _ in range(3)]
    for laptop in (anna, bram):
        laptop.once()

    own_server.stop()
    own_server.database = new_database()
    copies.put_back(own_server.database, tmp_path / "copy")
    own_server.start()
    cases += [carla.open_case() for _ in range(9)]  # now the feed is longer than anybody's cursor
    for laptop in (carla, bram, anna, carla, bram):
        laptop.once()

    for laptop in (anna, bram, carla, join(azc, "dawit")):
        laptop.once()
        assert [len(laptop.journal.events(case)) for case in cases] == [1] * len(cases)
        assert laptop.journal.outbox.waiting() == 0
