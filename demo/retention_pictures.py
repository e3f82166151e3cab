"""Pictures of keeping and letting go: the person's own copy, a backup, another laptop, what must be erased."""

import json
from collections.abc import Callable
from pathlib import Path

from demo.dialogs import answer_next_dialog
from demo.laptop import Laptop

Dark = Callable[[Laptop, Callable[[], object]], None]


def own_copy_and_erasing(laptop: Laptop, folder: Path, in_the_dark: Dark) -> None:
    """Save the copy of the first person, then note a duty that ended years ago; `laptop` shows the list of people."""
    driver = laptop.driver
    laptop.open_first()
    driver.press("bar.handover")
    path = folder / "copy" / "mijn-gegevens.pdf"
    path.parent.mkdir()
    answer_next_dialog(path)
    driver.press("copy.save")
    driver.until("the copy", lambda: path.with_suffix(".json").is_file() and driver.can_use("copy.save"))
    driver.scroll_to("copy.saved")
    driver.picture("23-own-copy")
    number = json.loads(path.with_suffix(".json").read_bytes())["case"]
    driver.press("bar.back")
    driver.press("bar.settings")
    driver.press("backup.retention")
    driver.type_into("duty.number", number)
    driver.type_into("duty.day", "02-03-2020")
    driver.press("duty.note")
    driver.find("retention.due.0.open")
    driver.scroll_to("retention.back")
    driver.picture("24-what-must-be-erased")
    in_the_dark(laptop, lambda: driver.picture("24-what-must-be-erased-dark"))


def backup(laptop: Laptop, stick: Path) -> None:
    """Make a backup at `stick`; `laptop` stands at the list of people, and at the settings afterwards."""
    driver = laptop.driver
    driver.press("bar.settings")
    answer_next_dialog(stick)
    driver.press("backup.make")
    driver.until("the backup", lambda: stick.is_file() and driver.can_use("backup.make"))
    driver.scroll_to("backup.retention")
    driver.picture("25-backup")


def restoring(laptop: Laptop, stick: Path) -> None:
    """Look at the backup at `stick` on a laptop without a vault."""
    driver = laptop.driver
    driver.press("first.restore")
    answer_next_dialog(stick)
    driver.press("restore.file")
    driver.find("restore.passphrase")
    driver.picture("26-restore")
