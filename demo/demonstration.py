"""The demonstration, step by step."""

import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from demo.administrator import Administrator
from demo.handover import Handover
from demo.interview import PlayedInterview, Questions
from demo.laptop import Laptop
from demo.plan import PlanWork, save_documents
from demo.report import DemoFailedError, Steps
from desktop.plan.region.builtin import EXAMPLE_REGION
from desktop.services.accounts.case_file import Case, read_case
from desktop.ui.app import make_application

PICTURED = ("alleen_verteld", "kind", "schooljaren", "school", "leert_best", "nl_spreken", "gez_algemeen", "droom")
_LONG = 8
"""Characters from which an answer cannot turn up by chance in sealed bytes."""

_CODE = re.compile(r"[a-z0-9_ -]+")
"""Codes and dates: also words of the server itself, such as the day an invitation ends."""

HALF_WAY = "schooljaren"
"""Where the laptop is closed in the middle of the talk, and opened again."""


class Demonstration:
    """Everything the demonstration does, and the report at its end."""

    def __init__(self, steps: Steps, case: bytes, folder: Path, out: Path, *, pace: float) -> None:
        self._steps = steps
        self._out = out
        self._today = datetime.now(UTC).astimezone().date()
        self._case: Case = read_case(case, self._today)
        self._administrator = Administrator(folder / "administrator")
        self._folder = folder
        self._pace = pace
        self._application = make_application()
        self._laptops: list[Laptop] = []
        self._passphrases = {"reception": secrets.token_urlsafe(), "municipality": secrets.token_urlsafe()}

    def run(self) -> None:
        """Do every step, then print the report."""
        reception, municipality = self._set_up()
        self._interview(reception)
        documents = self._plan(reception)
        self._handover(reception, municipality)
        self._report(documents)

    def stop(self) -> None:
        """Close the windows and stop the server."""
        for laptop in self._laptops:
            laptop.close()
        self._administrator.stop()

    def picture_failure(self) -> None:
        """Keep what every window showed when a step failed."""
        for number, laptop in enumerate(self._laptops):
            laptop.driver.picture(f"failed-{number}")

    def _set_up(self) -> tuple[Laptop, Laptop]:
        self._administrator.folder.mkdir(parents=True)
        names = cast("Mapping[str, str]", self._case.extra["organisations"])
        workers = {"reception": self._name("worker"), "municipality": self._name("receiver")}
        with self._steps.step("Start the municipal server with its embedded database") as facts:
            facts.append(self._administrator.start())
        with self._steps.step("Create a reception location and a municipality that know each other"):
            ids = {kind: self._administrator.create_organisation(names[kind], kind) for kind in workers}
            self._administrator.introduce("reception", ids["municipality"])
            self._administrator.introduce("municipality", ids["reception"])
        with self._steps.step("Publish the region workbook of both organisations, marked as an example") as facts:
            facts.extend(f"{kind}: {self._administrator.publish(kind, EXAMPLE_REGION)}" for kind in workers)
        for kind, worker in workers.items():
            with self._steps.step(f"Join a device of the {kind} through invitation file and code"):
                laptop = Laptop(self._folder / kind, self._out / "screens" / kind, pace=self._pace)
                self._laptops.append(laptop)
                laptop.driver.picture("first-start")
                laptop.join(self._administrator.invite(kind, worker), self._passphrases[kind])
                laptop.driver.picture("people-empty")
        return self._laptops[0], self._laptops[1]

    def _interview(self, laptop: Laptop) -> None:
        questions = Questions.read()
        with self._steps.step("Open a dossier and begin the talk in Dutch and the person's language"):
            laptop.driver.press("people.begin" if laptop.driver.sees("people.begin") else "people.new")
            laptop.driver.type_into("new.name", self._case.called)
            laptop.driver.press(f"new.language.{self._case.languages[0]}")
            laptop.driver.picture("new-dossier")
            laptop.driver.press("new.begin")
            laptop.driver.find("interview.next")
        with self._steps.step("Interview, first half") as facts:
            first = PlayedInterview(laptop.driver, questions, self._case, PICTURED)
            first.run(stop_at=HALF_WAY)
            facts.append(f"{first.walk.answered} answers")
        with self._steps.step("Close the program in the middle, open it again, go on at the same question"):
            laptop.driver.rest()
            laptop.restart()
            laptop.driver.picture("unlock")
            laptop.driver.type_into("unlock.passphrase", self._passphrases["reception"])
            laptop.driver.press("unlock.open")
            laptop.open_first()
            laptop.driver.find("interview.next")
        with self._steps.step("Interview, second half, with another language half-way and back") as facts:
            second = PlayedInterview(laptop.driver, questions, self._case, PICTURED)
            second.run()
            facts.append(f"{second.walk.answered} answers, {second.walk.switches} language switches")
            if not second.walk.answered:
                raise DemoFailedError("the interview did not go on")
        with self._steps.step("Look over what was asked"):
            laptop.driver.press("bar.review")
            laptop.driver.rest()
            laptop.driver.picture("review")

    def _plan(self, laptop: Laptop) -> list[Path]:
        work = PlanWork(laptop.driver, self._case)
        with self._steps.step("Weigh the three routes, with a written reason for each") as facts:
            facts.append(f"{work.weigh()} reasons")
            laptop.driver.picture("plan-routes")
        with self._steps.step("Go through goals and week, and ask whether the plan fits"):
            work.goals()
            laptop.driver.picture("plan-goals")
        with self._steps.step("Read the plan aloud and sign it"):
            work.sign()
            laptop.driver.picture("plan-signed")
        with self._steps.step("Look at plan and intake report, and save them as PDF") as facts:
            laptop.driver.press("plan.step.goals")
            laptop.driver.press("plan.week.print")
            saved = save_documents(laptop.driver, self._out)
            facts.extend(str(path) for path in saved)
        return saved

    def _handover(self, reception: Laptop, municipality: Laptop) -> None:
        handover = Handover(reception, municipality, self._case, self._today)
        with self._steps.step("Hand the case over: keys to the municipality, offer to the server"):
            handover.send()
        with self._steps.step("The municipality receives and opens the case"):
            handover.receive()
        with self._steps.step("Plan the talk of three, and hold it"):
            handover.talk()
        with self._steps.step("The municipality accepts; the reception location sees it"):
            handover.accept()
            handover.accepted_here()
        with self._steps.step("The municipality opens the case among its people and exports the plan") as facts:
            municipality.driver.press("bar.received")
            municipality.driver.press("received.export")
            folder = self._out / "municipality"
            folder.mkdir()
            facts.extend(str(path) for path in save_documents(municipality.driver, folder))

    def _report(self, documents: list[Path]) -> None:
        looked = self._canaries()
        laptops = b"".join(path.read_bytes() for laptop in self._laptops for path in laptop.files())
        for where, stored in (("server", self._administrator.stored_bytes()), ("laptops", laptops)):
            readable = [text for text in looked if text.encode() in stored]
            if readable:
                raise DemoFailedError(f"on the {where} these names or answers are readable: {readable}")
        screens = sorted((self._out / "screens").rglob("*.png"))
        self._steps.report("What lies where", [str(path) for path in documents])
        self._steps.report(f"{len(screens)} pictures of screens", [str(path) for path in screens])
        self._steps.report("The server", self._administrator.status())
        found = f"{len(looked)} names and answers were looked for in all bytes of server and laptops: none found"
        self._steps.report("Checked", [found, f"the whole demonstration took {self._steps.took():.0f} s"])

    def _canaries(self) -> list[str]:
        """Return the person's name and every longer answer, without the names of organisations: those it knows."""
        known = " ".join(cast("Mapping[str, str]", self._case.extra["organisations"]).values())
        answers = [
            step.value for step in self._case.steps if len(step.value) > _LONG and not _CODE.fullmatch(step.value)
        ]
        return [self._name("person"), *(each for each in dict.fromkeys(answers) if each not in known)]

    def _name(self, role: str) -> str:
        return cast("Mapping[str, str]", self._case.extra[role])["name"]
