"""The plan of a case at the real screens: weigh, own words, goals, feedback, sign, look at the pages, save them."""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QWidget

from demo.dialogs import answer_next_dialog
from demo.screen_driver import ScreenDriver
from desktop.services.accounts.case_file import Case

Part = Mapping[str, object]


class PlanWork:
    """The plan of one case in one window."""

    def __init__(self, driver: ScreenDriver, case: Case) -> None:
        self._driver = driver
        self._plan = cast("Part", case.extra["plan"])
        self._case = case

    def weigh(self) -> int:
        """Write the person's own words and a reason for each route, and propose one; return how many reasons."""
        driver = self._driver
        driver.press("bar.plan")
        driver.find("plan.route.B1.reason")
        words = cast("Mapping[str, str]", self._plan["own_words"])
        driver.press("plan.own_words.edit")
        driver.type_into("plan.own_words.said", words["other"])
        driver.type_into("plan.own_words.dutch", words["nl"])
        driver.press("plan.own_words.save")
        self._driver.rest()
        reasons = cast("Mapping[str, str]", self._plan["reasons"])
        for route, reason in reasons.items():
            driver.type_into(f"plan.route.{route}.reason", reason)
            driver.find("plan.step.weigh").setFocus()
            self._driver.rest()
        driver.press(f"plan.route.{self._plan['proposed']}.propose")
        self._driver.rest()
        return len(reasons)

    def goals(self) -> int:
        """Change the goals the case changes, and ask the person whether the plan fits; return how many were changed."""
        driver = self._driver
        driver.press("plan.step.goals")
        changed = 0
        for edit in cast("list[Mapping[str, str]]", self._plan["edits"]):
            area, _, key = edit["field"].rpartition("/")
            goal = area.removeprefix("goal/")
            if key == "why" and driver.sees(f"plan.goal.{goal}.edit"):
                driver.press(f"plan.goal.{goal}.edit")
                driver.type_into("plan.goal.edit.why", edit["value"])
                driver.press("plan.goal.edit.save")
                self._driver.rest()
                changed += 1
        driver.press("plan.feedback.yes")
        self._driver.rest()
        return changed

    def sign(self) -> None:
        """Read the plan aloud, and sign it for both."""
        driver = self._driver
        driver.press("plan.step.sign")
        read = cast("Mapping[str, str]", self._plan["read_aloud"])
        driver.press(f"plan.read_aloud.language.{read['language']}")
        if read["interpreter"]:
            driver.type_into("plan.read_aloud.interpreter", read["interpreter"])
        driver.press("plan.read_aloud.done")
        self._driver.rest()
        names = {
            "person": cast("Mapping[str, str]", self._case.extra["person"])["name"],
            "caseworker": cast("Mapping[str, str]", self._case.extra["worker"])["name"],
        }
        for role, name in names.items():
            driver.type_into(f"plan.sign.{role}.name", name)
            driver.tick(f"plan.sign.{role}.agree")
            driver.press(f"plan.sign.{role}")
            driver.find(f"plan.sign.{role}.undo")


def save_documents(driver: ScreenDriver, folder: Path) -> list[Path]:
    """Look at both documents in the preview, save them in `folder`, and go back; return their paths."""
    saved = []
    for kind in ("support_plan", "intake_report"):
        driver.press(f"preview.kind.{kind}")
        target = folder / f"{kind.replace('_', '-')}.pdf"
        driver.find("preview.save", QWidget)
        answer_next_dialog(target)
        driver.press("preview.save")
        driver.until(f"the file {target.name}", lambda target=target: target.exists() or None)  # type: ignore[misc]
        driver.picture(f"preview-{kind.replace('_', '-')}")
        saved.append(target)
    driver.press("preview.close")
    return saved
