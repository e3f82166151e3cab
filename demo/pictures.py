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

from demo.desk import Desk
from demo.keeping import backup, own_copy_and_erasing, restoring
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
    desk = Desk(folder, pictures, pace=0.05)
    try:
        _start(desk)
        _interview(desk, tag)
        _plan(desk)
        _rest(desk)
        desk.hands.press("bar.people")
        own_copy_and_erasing(desk, folder, _in_the_dark)
    finally:
        desk.close()


def _two_laptops(folder: Path, pictures: Path, tag: str) -> None:
    """Two colleagues answer one question before they have heard of each other; then the municipality gets the case."""
    office = Office(folder / "office")
    office.folder.mkdir()
    desks: list[Desk] = []
    try:
        office.start()
        office.create_organisation("azc Duinrand (voorbeeld)", "reception")
        for number, person in enumerate(("Marieke", "Thomas"), start=1):
            desks.append(Desk(folder / f"laptop-{number}", pictures, pace=0.05))
            desks[-1].join(office.invite("reception"), person, PASSPHRASE)
        _conflict(desks[0], desks[1], tag)
        backup(desks[0], folder / "stick.opmaatbackup")
        _unlock(desks[0])
        desks.append(Desk(folder / "new-laptop", pictures, pace=0.05))
        restoring(desks[-1], folder / "stick.opmaatbackup")
    finally:
        for desk in desks:
            desk.close()
        office.stop()


def _conflict(first: Desk, second: Desk, tag: str) -> None:
    first.hands.press("people.begin")
    first.hands.type_into("new.name", "Amina")
    first.hands.press(f"new.language.{tag}")
    first.hands.press("new.begin")
    first.hands.find("interview.next")
    first.connect()
    second.connect()
    second.hands.press("people.filter.all")
    for desk in (first, second):
        desk.open_first()
        desk.hands.press("interview.section.opleiding")
        desk.hands.find("interview.answer")
        desk.hands.rest()
    for desk, years in ((first, "9"), (second, "11")):
        desk.hands.type_into("interview.answer", years)
        desk.hands.find("interview.next").setFocus()
        desk.hands.rest()
    first.connect()
    second.connect()
    second.hands.picture("17-people-with-a-choice")
    second.open_first()
    second.hands.find("conflict.keep", QWidget, usable=False)
    second.hands.picture("18-conflict")


def _unlock(desk: Desk) -> None:
    desk.restart()
    desk.hands.find("unlock.open", QWidget, usable=False)
    desk.hands.picture("19-unlock")
    for _ in range(_TOO_MANY):
        desk.hands.type_into("unlock.passphrase", "dit is hem niet")
        desk.hands.press("unlock.open")
        desk.hands.rest()
    desk.hands.picture("20-unlock-waits")
    desk.hands.press("unlock.escrow")
    desk.hands.find("escrow.save")
    desk.hands.picture("21-help-of-the-organisation")


def _start(desk: Desk) -> None:
    hands = desk.hands
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


def _interview(desk: Desk, tag: str) -> None:
    hands = desk.hands
    desk.open_first()
    hands.press("interview.section.opleiding")
    hands.press(f"interview.language.{tag}")
    hands.picture("05-interview-number")
    _in_the_dark(desk, lambda: hands.picture("05-interview-number-dark"))
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
    second = next(top for top in QApplication.topLevelWidgets() if top.isVisible() and top is not desk.window)
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
    _in_the_dark(desk, lambda: hands.picture("22-attachments-dark"))


def _plan(desk: Desk) -> None:
    hands = desk.hands
    hands.press("bar.plan")
    hands.find("plan.route.B1.reason")
    hands.picture("10-plan-routes")
    _in_the_dark(desk, lambda: hands.picture("10-plan-routes-dark"))
    hands.press("plan.step.goals")
    hands.picture("11-plan-goals")
    hands.press("plan.week.print")
    hands.find("preview.next")
    hands.picture("12-preview")
    hands.press("preview.close")
    hands.press("plan.step.sign")
    hands.picture("13-plan-sign")


def _rest(desk: Desk) -> None:
    hands = desk.hands
    hands.press("bar.handover")
    hands.picture("14-handover")
    hands.press("bar.back")
    hands.press("bar.received")
    hands.picture("15-received")
    hands.press("bar.settings")
    hands.picture("16-settings")


def _in_the_dark(desk: Desk, take: Callable[[], object]) -> None:
    desk.window.set_scheme("dark")
    desk.hands.rest()
    take()
    desk.window.set_scheme("light")
    desk.hands.rest()


if __name__ == "__main__":
    sys.exit(main())
