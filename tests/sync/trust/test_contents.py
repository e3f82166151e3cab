"""What an organisation publishes reaches its laptops with a round, and nothing that a server makes of it does."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import delete, select, update

from desktop.services.content.known_content import KnownContent
from desktop.vault.trust.organisation import write_key_file
from protocol.messages.content import PartMedia
from server.admin import organisations
from server.store.tables import CONTENTS, DIRECTORIES
from tests import places
from tests.sync.machines import CLOCK, Laptop, Office, ServerProcess, found_office

Join = Callable[..., Laptop]
REGION = places.ROOT / "desktop" / "plan" / "library" / "regio_voorbeeld.md"
OWN = REGION.read_text("utf-8").replace(" (voorbeeld)", "")


def _publish(office: Office, workbook: str = OWN) -> int:
    store = office.administer()
    draft = organisations.ContentDraft(workbook.encode(), PartMedia.MARKDOWN)
    version = organisations.publish_content(store, office.root, draft, CLOCK).version
    store.close()
    return version


def _versions(laptop: Laptop) -> list[int]:
    return [each.version for each in KnownContent(laptop.vault).sets()]


def _refused(laptop: Laptop) -> list[str]:
    return [code for each in laptop.once() for code in each.refused]


def test_every_version_comes_along_with_a_round_and_only_to_its_own_organisation(
    azc: Office, town: Office, join: Join
) -> None:
    anna, cora = join(azc, "anna"), join(town, "cora")
    anna.once()
    assert _versions(anna) == []
    assert (_publish(azc), _publish(azc, OWN + "\n")) == (1, 2)
    assert _refused(anna) == []
    assert _versions(anna) == [2, 1]
    cora.once()
    assert _versions(cora) == []
    assert _versions(join(azc, "bram")) == []
    late = join(azc, "dirk")
    late.once()
    assert _versions(late) == [2, 1]


def test_a_set_that_the_server_changed_or_lost_is_refused_and_the_rest_of_the_round_goes_on(
    azc: Office, join: Join
) -> None:
    anna, bram = join(azc, "anna"), join(azc, "bram")
    anna.once()
    _publish(azc)
    azc.run(update(CONTENTS).where(CONTENTS.c.organisation == azc.root.card.id).values(document=b"{}"))
    case = anna.open_case()
    anna.answer(case, "Keren")
    assert _refused(anna) == ["content.damaged"]
    azc.run(delete(CONTENTS).where(CONTENTS.c.organisation == azc.root.card.id))
    assert _refused(anna) == ["content.not_fetched"]
    assert _versions(anna) == []
    bram.once()
    assert bram.answers(case) == {"Keren"}


def test_a_server_that_shows_an_old_directory_takes_no_version_away(azc: Office, join: Join) -> None:
    anna = join(azc, "anna")
    _publish(azc)
    old = azc.run(select(DIRECTORIES.c.document).where(DIRECTORIES.c.organisation == azc.root.card.id))[0][0]
    _publish(azc, OWN + "\n")
    anna.once()
    azc.run(update(DIRECTORIES).where(DIRECTORIES.c.organisation == azc.root.card.id).values(document=old))
    anna.once()
    assert _versions(anna) == [2, 1]


def _administer(office: Office, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "OPMAAT_ADMINISTRATOR_PASSPHRASE": "een zin voor de proef"}
    command = [sys.executable, "-m", "server", *arguments, "--database", office.server.database]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)  # noqa: S603  # ours


def test_an_administrator_publishes_a_checked_workbook_and_lists_it(
    own_server: ServerProcess, tmp_path: Path, join: Join
) -> None:
    office = found_office(own_server, tmp_path / "azc", "AZC Dronten", "reception")
    key, workbook, out = tmp_path / "key.json", tmp_path / "regio.md", tmp_path / "set.opmaat-werkboek"
    key.write_bytes(write_key_file(office.root, "een zin voor de proef"))
    publish = ("content", "publish", "--key-file", str(key), "--workbook", str(workbook))
    workbook.write_text(OWN.replace("| B1 | B1 |", "| B9 | B1 |").replace("| mon |", "| ma |"), "utf-8")
    refused = _administer(office, *publish, "--messages", "nl")
    assert refused.returncode == 1
    assert "content.not_published" in refused.stderr
    assert refused.stdout.count("region.value_wrong") > 2
    assert "Blad routes, rij 4" in refused.stdout
    workbook.write_text(OWN, "utf-8")
    done = _administer(office, *publish, "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert "published    version 1" in done.stdout
    listed = _administer(office, "content", "list")
    assert "version 1" in listed.stdout
    again = _administer(
        office, "content", "write", "--organisation", office.root.card.id, "--out", str(tmp_path / "again")
    )
    assert again.returncode == 0
    assert (tmp_path / "again").read_bytes() == out.read_bytes()
    unknown = _administer(
        office,
        "content",
        "write",
        "--organisation",
        office.root.card.id,
        "--version",
        "9",
        "--out",
        str(tmp_path / "c"),
    )
    assert "content.version_unknown" in unknown.stderr
    anna = join(office, "anna")
    anna.once()
    assert _versions(anna) == [1]
