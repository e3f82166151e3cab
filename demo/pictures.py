"""`make screenshots`: a picture of every screen in Dutch with Tigrinya and with Arabic, for docs/screens.

Everything is taken from the practice environment with its invented people, so it can be made again at any time.
"""

import io
import json
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from demo.administrator import Administrator
from demo.demonstration import Demonstration
from demo.laptop import Laptop
from demo.report import DemoFailedError, Steps
from demo.retention_pictures import backup, own_copy_and_erasing, restoring
from demo.sample_documents import copy, diploma
from desktop.ui.app import make_application

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "screens"
PASSPHRASE = secrets.token_urlsafe()
_CARD = "interview.choice.samen"
_MOST_BACK = 20
_TOO_MANY = 5
"""Wrong passphrases after which the next one waits."""

_CASE = Path(__file__).resolve().parent / "case_haarlem.json"
_FIRST_OF_HANDOVER = 27
_OF_HANDOVER = (
    ("reception", "handover-talk"),
    ("municipality", "received-open"),
    ("municipality", "received-accepted"),
)
"""Pictures of the demonstration: at whose laptop, and their names."""

PAIRS = {"nl-ti": "ti", "nl-ar": "ar"}


def main() -> int:
    """Make all pictures again; the exit status is 1 when a screen could not be reached."""
    make_application()
    for name, tag in PAIRS.items():
        shutil.rmtree(PICTURES / name, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix="opmaat-pictures-") as folder:
            try:
                _practice(Path(folder) / "practice", PICTURES / name, tag)
                _two_laptops(Path(folder), PICTURES / name, tag)
                _handover(Path(folder) / "handover", PICTURES / name, tag)
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
        laptop.driver.press("bar.people")
        own_copy_and_erasing(laptop, folder, _in_the_dark)
    finally:
        laptop.close()


def _two_laptops(folder: Path, pictures: Path, tag: str) -> None:
    """Two colleagues answer one question before they have heard of each other; then the municipality gets the case."""
    administrator = Administrator(folder / "administrator")
    administrator.folder.mkdir()
    laptops: list[Laptop] = []
    try:
        administrator.start()
        administrator.create_organisation("azc Duinrand (voorbeeld)", "reception")
        for number, person in enumerate(("Marieke", "Thomas"), start=1):
            laptops.append(Laptop(folder / f"laptop-{number}", pictures, pace=0.05))
            laptops[-1].join(administrator.invite("reception", person), PASSPHRASE)
        _conflict(laptops[0], laptops[1], tag)
        backup(laptops[0], folder / "stick.opmaatbackup")
        _unlock(laptops[0])
        laptops.append(Laptop(folder / "new-laptop", pictures, pace=0.05))
        restoring(laptops[-1], folder / "stick.opmaatbackup")
    finally:
        for laptop in laptops:
            laptop.close()
        administrator.stop()


def _handover(folder: Path, pictures: Path, tag: str) -> None:
    """Play the demonstration where its invented person speaks the language, and keep both sides of the handover."""
    case = _CASE.read_bytes()
    if json.loads(case)["languages"][0] != tag:
        return
    play = Demonstration(Steps(io.StringIO()), case, folder, folder / "out", pace=0.0)
    try:
        play.run()
    finally:
        play.stop()
    for number, (side, name) in enumerate(_OF_HANDOVER, start=_FIRST_OF_HANDOVER):
        shutil.copy(folder / "out" / "screens" / side / f"{name}.png", pictures / f"{number}-{name}.png")


def _conflict(first: Laptop, second: Laptop, tag: str) -> None:
    first.driver.press("people.begin")
    first.driver.type_into("new.name", "Amina")
    first.driver.press(f"new.language.{tag}")
    first.driver.press("new.begin")
    first.driver.find("interview.next")
    first.connect()
    second.connect()
    second.driver.press("people.filter.all")
    for laptop in (first, second):
        laptop.open_first()
        laptop.driver.press("interview.section.opleiding")
        laptop.driver.find("interview.answer")
        laptop.driver.rest()
    for laptop, years in ((first, "9"), (second, "11")):
        laptop.driver.type_into("interview.answer", years)
        laptop.driver.find("interview.next").setFocus()
        laptop.driver.rest()
    first.connect()
    second.connect()
    second.driver.picture("17-people-with-a-choice")
    second.open_first()
    second.driver.find("conflict.keep", QWidget, usable=False)
    second.driver.picture("18-conflict")


def _unlock(laptop: Laptop) -> None:
    laptop.restart()
    laptop.driver.find("unlock.open", QWidget, usable=False)
    laptop.driver.picture("19-unlock")
    for _ in range(_TOO_MANY):
        laptop.driver.type_into("unlock.passphrase", "dit is hem niet")
        laptop.driver.press("unlock.open")
        laptop.driver.rest()
    laptop.driver.picture("20-unlock-waits")
    laptop.driver.press("unlock.escrow")
    laptop.driver.find("escrow.save")
    laptop.driver.picture("21-help-of-the-organisation")


def _start(laptop: Laptop) -> None:
    driver = laptop.driver
    driver.picture("01-first-start")
    driver.press("first.join")
    driver.picture("02-join")
    driver.press("join.back")
    driver.press("first.practise")
    driver.find("people.new")
    driver.picture("03-people")
    driver.press("people.new")
    driver.picture("04-new-dossier")
    driver.press("new.back")


def _interview(laptop: Laptop, tag: str) -> None:
    driver = laptop.driver
    laptop.open_first()
    driver.press("interview.section.opleiding")
    driver.press(f"interview.language.{tag}")
    driver.picture("05-interview-number")
    _in_the_dark(laptop, lambda: driver.picture("05-interview-number-dark"))
    driver.press("interview.next")
    driver.picture("06-interview-repeat")
    driver.press("interview.section.talenten")
    for _ in range(_MOST_BACK):
        if driver.sees(_CARD):
            break
        driver.press("interview.back")
        driver.rest()
    driver.picture("07-interview-cards")
    driver.press("bar.screen")
    second = _other_window(laptop)
    second.resize(1280, 800)
    driver.rest()
    second.grab().save(str(driver.picture("08-newcomer")))
    driver.press("bar.screen")
    driver.press("bar.review")
    driver.picture("09-review")
    driver.press("bar.attachments")
    copy(diploma())
    driver.press("attachments.paste")
    driver.until("the pasted picture", lambda: driver.sees_one_of("attachments.", ".open"))
    driver.picture("22-attachments")
    _in_the_dark(laptop, lambda: driver.picture("22-attachments-dark"))


def _other_window(laptop: Laptop) -> QWidget:
    return next(top for top in QApplication.topLevelWidgets() if top.isVisible() and top is not laptop.window)


def _plan(laptop: Laptop) -> None:
    driver = laptop.driver
    driver.press("bar.plan")
    driver.find("plan.route.B1.reason")
    driver.picture("10-plan-routes")
    _in_the_dark(laptop, lambda: driver.picture("10-plan-routes-dark"))
    driver.press("plan.step.goals")
    driver.picture("11-plan-goals")
    driver.press("plan.week.print")
    driver.find("preview.next")
    driver.picture("12-preview")
    driver.press("preview.close")
    driver.press("plan.step.sign")
    driver.picture("13-plan-sign")


def _rest(laptop: Laptop) -> None:
    driver = laptop.driver
    driver.press("bar.handover")
    driver.picture("14-handover")
    driver.press("bar.back")
    driver.press("bar.received")
    driver.picture("15-received")
    driver.press("bar.settings")
    driver.picture("16-settings")
    driver.press("bar.today")
    driver.find("today.open")
    driver.picture("30-today")
    _in_the_dark(laptop, lambda: driver.picture("30-today-dark"))
    driver.press("bar.people")
    driver.press("people.documents")
    driver.find("documents.save")
    _other_window(laptop).grab().save(str(driver.picture("31-documents-of-several-people")))
    driver.press("documents.cancel")


def _in_the_dark(laptop: Laptop, take: Callable[[], object]) -> None:
    laptop.window.set_scheme("dark")
    laptop.driver.rest()
    take()
    laptop.window.set_scheme("light")
    laptop.driver.rest()


if __name__ == "__main__":
    sys.exit(main())
