"""No statement of the server reads a whole table that grows: what it takes does not grow with what is stored."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Thread

import uvicorn
from sqlalchemy import delete, update

from desktop.records.attachments.sealed_content import AttachmentLabel, NewContent
from desktop.records.events.bodies import CORE
from protocol.identifiers import DossierId
from protocol.messages.membership import MembershipStep
from server.admin import key_renewals, organisations
from server.app import create_app
from server.config import ServerConfig
from server.store.devices import content_of, put_content
from server.store.engine import ServerStore
from server.store.generation import begin_generation
from server.store.tables import DEVICES, ROWS, WRAP_SETS
from tests.sync.machines import AT_THE_TABLE, CLOCK, Laptop, Office, ServerProcess, found_office
from tests.sync.serving.query_plans import all_sites, caught, scanned

Join = Callable[..., Laptop]

_NOW_AND_THEN = (
    "admin/",
    "routes/service.py",
    "store/administration/",
    "store/connecting/",
    "store/engine.py",
    "store/keeping/batches.py",
    "store/keeping/forgetting.py",
    "store/keeping/retention.py",
    "store/schema.py",
    "web/",
)
"""What an administrator, a monitor or a start asks, and no laptop: it may go over everything."""

_FOR_THESE = {
    ("store/bulk_sql.py", "count_rows"),
    ("store/damage.py", "count_by_organisation"),
    ("store/devices.py", "all_devices"),
    ("store/devices.py", "chains"),
}
_COPIED_BY_POSTGRESQL = {("store/bulk_sql.py", "insert_all")}


def test_each_statement_for_a_laptop_finds_its_rows_by_an_index(
    new_database: Callable[[], str], tmp_path: Path, join: Join
) -> None:
    database = new_database()
    with caught() as catch, _served_here(database, tmp_path) as server:
        azc = found_office(server, tmp_path / "azc", "AZC Dronten", "reception")
        town = found_office(server, tmp_path / "town", "Gemeente Haarlem", "municipality")
        _live(azc, town, join)
    store = ServerStore(database)
    found = {each.site: lines for each in catch.known.values() if (lines := scanned(store, each))}
    store.close()

    assert {site: lines for site, lines in found.items() if not site[0].startswith(_NOW_AND_THEN)} == {}
    missed = {site for site in all_sites() - catch.sites - _FOR_THESE if not site[0].startswith(_NOW_AND_THEN)}
    assert missed <= _COPIED_BY_POSTGRESQL


def _live(azc: Office, town: Office, join: Join) -> None:
    """Go through everything that laptops ask of a server."""
    azc.know(town)
    town.know(azc)
    anna, bram, cora, dirk = join(azc, "anna"), join(azc, "bram"), join(town, "cora"), join(azc, "dirk")
    case = anna.open_case()
    anna.answer(case, "Keren")
    _attach(anna, case)
    _all_exchange(anna, bram, cora, dirk)
    anna.offer(case, town.root.card)
    _all_exchange(anna, cora)
    for step in (MembershipStep.RECEIVED, MembershipStep.ACCEPTED):
        cora.answer_offer(case, step)
        _all_exchange(cora, anna)
    anna.journal.erase(case, "law", AT_THE_TABLE)
    _all_exchange(anna, bram)
    _break_and_mend(azc, anna, join)
    _revoke_and_renew(azc, anna, bram, dirk)


def _break_and_mend(azc: Office, anna: Laptop, join: Join) -> None:
    """Lose a row, keys and a chain; have them noticed, and sent again after a restored copy was put in place."""
    case = anna.open_case()
    anna.answer(case, "Asmara")
    _all_exchange(anna)
    azc.run(delete(ROWS).where(ROWS.c.dossier == case, ROWS.c.sequence == 1))
    azc.run(delete(WRAP_SETS).where(WRAP_SETS.c.dossier == case))
    _all_exchange(join(azc, "eva"))
    azc.run(update(DEVICES).where(DEVICES.c.device == anna.vault.device.id).values(chain=b"{"))
    _all_exchange(join(azc, "fred"))
    store = azc.administer()
    store.run(begin_generation)
    store.close()
    _all_exchange(anna, anna)


def _revoke_and_renew(azc: Office, anna: Laptop, bram: Laptop, dirk: Laptop) -> None:
    store = azc.administer()
    published = {"digest": "0" * 64, "version": 1, "stored": 0, "document": b""}
    store.run(partial(put_content, organisation=azc.root.card.id, values=published))
    assert store.run(partial(content_of, organisation=azc.root.card.id, digest="1" * 64)) is None
    organisations.revoke_device(store, azc.root, dirk.vault.device.id, CLOCK)
    _all_exchange(anna, bram)
    key_renewals.publish(store, key_renewals.next_keys(store, azc.root, share_only=False), CLOCK)
    store.close()
    _all_exchange(anna, bram)


def _attach(laptop: Laptop, case: DossierId) -> None:
    attachments, photo = laptop.journal.attachments, NewContent("image/jpeg", os.urandom(1000), b"small")
    sealing = attachments.begin(case, CORE, AttachmentLabel("", "diploma.jpg"), photo)
    while attachments.step(sealing):
        pass
    attachments.finish(sealing, AT_THE_TABLE)


def _all_exchange(*laptops: Laptop) -> None:
    for laptop in laptops:
        laptop.once()


@contextmanager
def _served_here(database: str, folder: Path) -> Iterator[ServerProcess]:
    """Serve from a thread of this process, where statements can be caught."""
    application = uvicorn.Server(uvicorn.Config(create_app(ServerConfig(database)), log_config=None))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=application.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        port = listener.getsockname()[1]
        yield ServerProcess(database, folder / "server.log", port, f"http://127.0.0.1:{port}")
        application.should_exit = True
        thread.join()
