"""What stands on the administrator's page, of what really happened on the server."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Connection, insert, update

from protocol.identifiers import case_number, new_id
from protocol.messages.membership import MembershipStep
from server.store.engine import ServerStore
from server.store.tables import DAMAGED, STATEMENTS
from tests import warm
from tests.places import ROOT
from tests.sync.machines import CANARY, CLOCK, Laptop, Office, ServerProcess, found_office
from tests.sync.page.invented import NAME, PASSPHRASE, REGION, add_handover
from tests.sync.page.visiting import SHOWN, address_of, looked_through, read, sign_in, visitor

Join = Callable[..., Laptop]


@pytest.fixture
def azc(page_server: ServerProcess, tmp_path: Path) -> Office:
    """Return a reception location."""
    return found_office(page_server, tmp_path / "azc", "AZC Dronten", "reception")


@pytest.fixture
def town(page_server: ServerProcess, tmp_path: Path) -> Office:
    """Return a municipality."""
    return found_office(page_server, tmp_path / "town", "Gemeente Haarlem", "municipality")


def test_an_empty_server_says_what_to_do(administrator: httpx.Client) -> None:
    overview = read(administrator)

    for words in (
        "Deze server bedient nog geen organisatie. Voeg de eerste toe",
        "Nog geen apparaat heeft zich aangemeld. Nodig het eerste uit",
        "Alles loopt. Een dossier dat drie dagen wacht, komt hier te staan.",
        "Geen kopie bekend Maak er een",
        "Server en database werken",
    ):
        assert words in overview
    for path in SHOWN:
        looked_through(administrator.get(path).text)


def test_a_handover_that_stands_still_is_shown_with_its_number_and_whom_to_telephone(
    azc: Office, town: Office, join: Join, administrator: httpx.Client
) -> None:
    azc.know(town)
    town.know(azc)
    anna, carla = join(azc, "anna"), join(town, "carla")
    carla.once()
    case, fresh = anna.open_case(), anna.open_case()
    online = anna.online()
    online.rounds()
    anna.offer(fresh, town.root.card)
    anna.offer(case, town.root.card, moment=CLOCK.now() - timedelta(days=5))
    online.rounds()

    overview, handovers = read(administrator), read(administrator, "/handovers")
    assert f"{case_number(case)} Verstuurd, nog niet opgehaald AZC Dronten naar Gemeente Haarlem" in overview
    assert "5 dagen" in overview
    assert "1 van 2" in overview
    assert "1 andere overdracht loopt" in overview
    assert "Bel Gemeente Haarlem." in handovers
    assert "Het laatste contact was vandaag." in handovers
    assert case_number(fresh) not in overview + handovers

    carla_online = carla.online()
    carla_online.rounds()
    for each in (case, fresh):
        carla.answer_offer(each, MembershipStep.RECEIVED)
    carla_online.rounds()

    assert "Alles loopt." in read(administrator, "/handovers")
    assert "2 andere overdrachten lopen" in read(administrator)


def _set_moment(connection: Connection, dossier: str, moment: int) -> None:
    connection.execute(update(STATEMENTS).where(STATEMENTS.c.dossier == dossier).values(moment=moment))


def test_an_impossible_moment_hides_no_handover(azc: Office, town: Office, administrator: httpx.Client) -> None:
    store = azc.administer()
    ends = (azc.root.card.id, town.root.card.id)
    impossible = (10**15, -(10**15))
    for moment in impossible:
        dossier = store.run(partial(add_handover, ends=ends, step=MembershipStep.OFFERED, since=CLOCK.now()))
        store.run(partial(_set_moment, dossier=dossier, moment=moment))
    store.close()

    assert read(administrator, "/handovers").count("de dag op de laptop klopte niet") == len(impossible)


def test_devices_and_organisations_are_shown_with_what_the_server_knows_of_them(
    azc: Office, town: Office, join: Join, administrator: httpx.Client
) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    bram.online().client.enrol(bram.vault.membership.chain)
    anna.once()

    devices, organisations = read(administrator, "/devices"), read(administrator, "/organisations")
    for laptop in (anna, bram):
        assert laptop.vault.device.id in devices
    assert "niet sinds het aanmelden" in devices
    assert "AZC Dronten opvanglocatie" in organisations
    assert "gebruikte uitnodigingen 2 · laatste vandaag" in organisations
    assert "Gemeente Haarlem gemeente" in organisations
    assert "gebruikte uitnodigingen 0" in organisations
    assert azc.root.card.id in organisations
    assert town.root.card.id in organisations


def test_a_copy_made_and_entries_damaged_are_told(
    azc: Office, administrator: httpx.Client, page_server: ServerProcess, tmp_path: Path
) -> None:
    assert "De laatste twee dagen is er geen kopie gemaakt. Wat te doen" in read(administrator)
    done = warm.run("server", "backup", "--database", page_server.database, "--out", str(tmp_path / "copy"))
    assert done.returncode == 0, done.stderr
    assert "Kopie gemaakt vandaag" in read(administrator)

    marked = {"organisation": azc.root.card.id, "position": 1, "kind": "rows", "subject": new_id(), "place": "1"}
    store = ServerStore(page_server.database)
    store.run(lambda connection: connection.execute(insert(DAMAGED).values(**marked, device=new_id())))
    store.close()
    assert "1 regel is beschadigd." in read(administrator)
    assert "beschadigde regels 1 · Wat te doen" in read(administrator, "/organisations")


def test_a_database_that_is_away_is_one_sentence_without_figures(
    region: ServerProcess, administrator: httpx.Client
) -> None:
    if "://" in region.database:
        return
    Path(f"{region.database}.lock").unlink()
    Path(f"{region.database}.lock").mkdir()

    page = administrator.get("/")
    assert page.status_code == 503
    assert "De database antwoordt niet." in looked_through(page.text).words
    assert REGION[0][0] not in page.text


@pytest.mark.usefixtures("region")
def test_english_is_there_for_who_asks(page_server: ServerProcess) -> None:
    with visitor(address_of(page_server), "en-GB,nl;q=0.5") as client:
        assert sign_in(client).status_code == 303
        page = client.get("/")

    assert page.headers["content-language"] == "en"
    assert looked_through(page.text).language == "en"
    assert "Handovers that stand still" in looked_through(page.text).words


def test_every_command_that_is_named_is_there(administrator: httpx.Client) -> None:
    page = administrator.get("/instructions").text
    commands = [part.partition("</code>")[0] for part in page.split("<pre ")[1:]]
    assert len(commands) == 10
    for command in commands:
        words = [word.partition("</span>")[0] for word in command.split("<span>")[1:]]
        verbs = words[1 : next((at for at, word in enumerate(words) if word.startswith("--")), len(words))]
        asked = warm.run("server", *verbs, "--help")
        assert asked.returncode == 0, words
        for option in (word for word in words if word.startswith("--")):
            assert option in asked.stdout, words


@pytest.mark.usefixtures("region")
def test_a_name_that_looks_like_markup_is_only_a_name(
    page_server: ServerProcess, tmp_path: Path, administrator: httpx.Client
) -> None:
    hostile = "<script>alert(1)</script> \"'{name} ${1} &amp; \u202e"
    found_office(page_server, tmp_path / "hostile", hostile, "municipality")

    for path in SHOWN:
        page = administrator.get(path)
        assert "<script" not in page.text
        looked_through(page.text)
    assert "<script>alert(1)</script>" in read(administrator, "/organisations")


def test_nothing_of_a_newcomer_is_on_a_page_or_in_a_log(
    azc: Office, town: Office, join: Join, administrator: httpx.Client, page_server: ServerProcess
) -> None:
    azc.know(town)
    anna = join(azc, "anna")
    case = anna.open_case(CANARY)
    anna.answer(case, "Asmara")
    anna.once()
    anna.offer(case, town.root.card)
    anna.once()
    with visitor(address_of(page_server)) as stranger:
        assert sign_in(stranger, "Semhar", "Semhar uit Keren, Asmara").status_code == 422

    pages = "".join(administrator.get(path).text for path in SHOWN)
    for word in (CANARY, "Semhar", "Asmara", case):
        assert word not in pages
    log = page_server.log.read_text("utf-8")
    assert "<bdi>anna</bdi>" in pages
    session = administrator.cookies["opmaat-session"]
    for word in (CANARY, "Semhar", "anna", NAME, PASSPHRASE, "AZC", "127.0.0.1", session):
        assert word not in log
    told = [json.loads(line) for line in log.splitlines()]
    assert {"sign_in.accepted", "sign_in.refused", "page"} <= {line["event"] for line in told}


def test_the_serving_process_loads_neither_the_vault_nor_the_commands() -> None:
    script = (
        "import sys, server.serving, server.web.application\n"
        "print(sorted(name for name in sys.modules if name.startswith(('desktop', 'server.admin'))))"
    )
    environment = {**os.environ, "COVERAGE_PROCESS_CONFIG": ""}
    done = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.strip() == "[]"
