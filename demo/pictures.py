"""`make screenshots`: a picture of every screen in Dutch with Tigrinya and with Arabic, for docs/screens.

Everything is taken from the practice environment with its invented people, so it can be made again at any time.
"""

import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from demo.keeping import backup, own_copy_and_erasing, restoring
from demo.laptop import Laptop
from demo.office import Office
from demo.papers import copy, diploma
from demo.report import DemoFailedError
from desktop.ui.app import make_application

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "screens"
PASSPHRASE = secrets.token_urlsafe()
_CARD = "interview.choice.samen"
_MOST_BACK = 20
_TOO_MANY = 5
"""Wrong passphrases after which the next one waits."""

PAIRS = {"nl-ti": "ti", "nl-ar": "ar"}


def main() -> int:
    """Make all pictures again; the exit status is 1 when a screen could not be reached."""
    make_application()
    shutil.rmtree(PICTURES, ignore_errors=True)
    for name, tag in PAIRS.items():
        with tempfile.TemporaryDirectory(prefix="opmaat-pictures-") as folder:
            try:
                _practice(Path(folder) / "practice", PICTURES / name, tag)
                _two_laptops(Path(folder), PICTURES / name, tag)
            except DemoFailedError as error:
                print(f"{name}: {error}", file=sys.stderr)
                return 1
    return 0


def _practice(folder: Path, pictures: Path, tag: str) -> None:
    laptop = Laptop(folder, pictures, pace=0.05)
    try:
        _start(laptop)
        _interview(laptop, tag)
        _plan(laptop)
        _rest(laptop)
        laptop.hands.press("bar.people")
        own_copy_and_erasing(laptop, folder, _in_the_dark)
    finally:
        laptop.close()


def _two_laptops(folder: Path, pictures: Path, tag: str) -> None:
    """Two colleagues answer one question before they have heard of each other; then the municipality gets the case."""
    office = Office(folder / "office")
    office.folder.mkdir()
    laptops: list[Laptop] = []
    try:
        office.start()
        office.create_organisation("azc Duinrand (voorbeeld)", "reception")
        for number, person in enumerate(("Marieke", "Thomas"), start=1):
            laptops.append(Laptop(folder / f"laptop-{number}", pictures, pace=0.05))
            laptops[-1].join(office.invite("reception"), person, PASSPHRASE)
        _conflict(laptops[0], laptops[1], tag)
        backup(laptops[0], folder / "stick.opmaatbackup")
        _unlock(laptops[0])
        laptops.append(Laptop(folder / "new-laptop", pictures, pace=0.05))
        restoring(laptops[-1], folder / "stick.opmaatbackup")
    finally:
        for laptop in laptops:
            laptop.close()
        office.stop()


def _conflict(first: Laptop, second: Laptop, tag: str) -> None:
    first.hands.press("people.begin")
    first.hands.type_into("new.name", "Amina")
    first.hands.press(f"new.language.{tag}")
    first.hands.press("new.begin")
    first.hands.find("interview.next")
    first.connect()
    second.connect()
    second.hands.press("people.filter.all")
    for laptop in (first, second):
        laptop.open_first()
        laptop.hands.press("interview.section.opleiding")
        laptop.hands.find("interview.answer")
        laptop.hands.rest()
    for laptop, years in ((first, "9"), (second, "11")):
        laptop.hands.type_into("interview.answer", years)
        laptop.hands.find("interview.next").setFocus()
        laptop.hands.rest()
    first.connect()
    second.connect()
    second.hands.picture("17-people-with-a-choice")
    second.open_first()
    second.hands.find("conflict.keep", QWidget, usable=False)
    second.hands.picture("18-conflict")


def _unlock(laptop: Laptop) -> None:
    laptop.restart()
    laptop.hands.find("unlock.open", QWidget, usable=False)
    laptop.hands.picture("19-unlock")
    for _ in range(_TOO_MANY):
        laptop.hands.type_into("unlock.passphrase", "dit is hem niet")
        laptop.hands.press("unlock.open")
        laptop.hands.rest()
    laptop.hands.picture("20-unlock-waits")
    laptop.hands.press("unlock.escrow")
    laptop.hands.find("escrow.save")
    laptop.hands.picture("21-help-of-the-organisation")


def _start(laptop: Laptop) -> None:
    hands = laptop.hands
    hands.picture("01-first-start")
    hands.press("first.join")
    hands.picture("02-join")
    hands.press("join.back")
    hands.press("first.practise")
    hands.find("people.new")
    hands.picture("03-people")
    hands.press("people.new")
    hands.picture("04-new-dossier")
    hands.press("new.back")


def _interview(laptop: Laptop, tag: str) -> None:
    hands = laptop.hands
    laptop.open_first()
    hands.press("interview.section.opleiding")
    hands.press(f"interview.language.{tag}")
    hands.picture("05-interview-number")
    _in_the_dark(laptop, lambda: hands.picture("05-interview-number-dark"))
    hands.press("interview.next")
    hands.picture("06-interview-repeat")
    hands.press("interview.section.talenten")
    for _ in range(_MOST_BACK):
        if hands.sees(_CARD):
            break
        hands.press("interview.back")
        hands.rest()
    hands.picture("07-interview-cards")
    hands.press("bar.screen")
    second = next(top for top in QApplication.topLevelWidgets() if top.isVisible() and top is not laptop.window)
    second.resize(1280, 800)
    hands.rest()
    second.grab().save(str(hands.picture("08-newcomer")))
    hands.press("bar.screen")
    hands.press("bar.review")
    hands.picture("09-review")
    hands.press("bar.attachments")
    copy(diploma())
    hands.press("attachments.paste")
    hands.until("the pasted picture", lambda: hands.sees_one_of("attachments.", ".open"))
    hands.picture("22-attachments")
    _in_the_dark(laptop, lambda: hands.picture("22-attachments-dark"))


def _plan(laptop: Laptop) -> None:
    hands = laptop.hands
    hands.press("bar.plan")
    hands.find("plan.route.B1.reason")
    hands.picture("10-plan-routes")
    _in_the_dark(laptop, lambda: hands.picture("10-plan-routes-dark"))
    hands.press("plan.step.goals")
    hands.picture("11-plan-goals")
    hands.press("plan.week.print")
    hands.find("preview.next")
    hands.picture("12-preview")
    hands.press("preview.close")
    hands.press("plan.step.sign")
    hands.picture("13-plan-sign")


def _rest(laptop: Laptop) -> None:
    hands = laptop.hands
    hands.press("bar.handover")
    hands.picture("14-handover")
    hands.press("bar.back")
    hands.press("bar.received")
    hands.picture("15-received")
    hands.press("bar.settings")
    hands.picture("16-settings")


def _in_the_dark(laptop: Laptop, take: Callable[[], object]) -> None:
    laptop.window.set_scheme("dark")
    laptop.hands.rest()
    take()
    laptop.window.set_scheme("light")
    laptop.hands.rest()


if __name__ == "__main__":
    sys.exit(main())
