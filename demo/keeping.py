"""Pictures of keeping and letting go: the person's own copy, a backup, another laptop, what must be erased."""

import json
from collections.abc import Callable
from pathlib import Path

from demo.dialogs import answer_next_dialog
from demo.laptop import Laptop

Dark = Callable[[Laptop, Callable[[], object]], None]


def own_copy_and_erasing(laptop: Laptop, folder: Path, in_the_dark: Dark) -> None:
    """Save the copy of the first person, then note a duty that ended years ago; `laptop` shows the list of people."""
    hands = laptop.hands
    laptop.open_first()
    hands.press("bar.handover")
    path = folder / "copy" / "mijn-gegevens.pdf"
    path.parent.mkdir()
    answer_next_dialog(path)
    hands.press("copy.save")
    hands.until("the copy", lambda: path.with_suffix(".json").is_file() and hands.can_use("copy.save"))
    hands.scroll_to("copy.saved")
    hands.picture("23-own-copy")
    number = json.loads(path.with_suffix(".json").read_bytes())["case"]
    hands.press("bar.back")
    hands.press("bar.settings")
    hands.press("backup.retention")
    hands.type_into("duty.number", number)
    hands.type_into("duty.day", "02-03-2020")
    hands.press("duty.note")
    hands.find("retention.due.0.open")
    hands.scroll_to("retention.back")
    hands.picture("24-what-must-be-erased")
    in_the_dark(laptop, lambda: hands.picture("24-what-must-be-erased-dark"))


def backup(laptop: Laptop, stick: Path) -> None:
    """Make a backup at `stick`; `laptop` stands at the list of people, and at the settings afterwards."""
    hands = laptop.hands
    hands.press("bar.settings")
    answer_next_dialog(stick)
    hands.press("backup.make")
    hands.until("the backup", lambda: stick.is_file() and hands.can_use("backup.make"))
    hands.scroll_to("backup.retention")
    hands.picture("25-backup")


def restoring(laptop: Laptop, stick: Path) -> None:
    """Look at the backup at `stick` on a laptop without a vault."""
    hands = laptop.hands
    hands.press("first.restore")
    answer_next_dialog(stick)
    hands.press("restore.file")
    hands.find("restore.passphrase")
    hands.picture("26-restore")
