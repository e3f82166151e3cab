"""Pictures of the administrator's page for docs/screens/server: `python -m tests.sync.page.pictures`."""

import os
import tempfile
from pathlib import Path

from tests.places import ROOT
from tests.sync.page.browser import Browser, running_browser
from tests.sync.page.invented import NAME, PASSPHRASE, invent_region, new_administrator
from tests.sync.page.visiting import address_of, server_with_page

FOLDER = ROOT / "docs" / "screens" / "server"


def take_all(folder: Path = FOLDER) -> None:
    """Take every picture, in the fonts that ship with the program."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        Path(place, "fonts").symlink_to(ROOT / "desktop" / "assets" / "fonts")
        os.environ["XDG_DATA_HOME"] = place
        server = server_with_page(str(Path(place, "server.db")), Path(place, "log"))
        new_administrator(server.database)
        invent_region(server.database)
        with running_browser() as browser:
            browser.speaks("nl")
            _take(browser, address_of(server), folder)
        server.stop()


def _take(browser: Browser, address: str, folder: Path) -> None:
    browser.looks()
    browser.visit(f"{address}/sign-in")
    browser.painted()
    browser.picture(folder / "20-admin-sign-in.png")
    browser.fill("#name", NAME)
    browser.fill("#passphrase", PASSPHRASE)
    browser.submit("button")
    browser.picture(folder / "21-admin-page.png")
    browser.looks(theme="dark")
    browser.picture(folder / "21-admin-page-dark.png")
    browser.looks(scale=2)
    browser.picture(folder / "21-admin-page-200.png", whole=True)
    browser.looks()
    for name, path in (("22-admin-handovers", "/handovers"), ("23-admin-devices", "/devices")):
        browser.visit(address + path)
        browser.picture(folder / f"{name}.png")


if __name__ == "__main__":
    take_all()
