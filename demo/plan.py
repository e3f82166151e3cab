"""The plan of a case at the real screens: weigh, own words, goals, feedback, sign, look at the pages, save them."""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QWidget

from demo.dialogs import answer_next_dialog
from demo.hands import Hands
from desktop.services.accounts.case_file import Case

Part = Mapping[str, object]


class PlanWork:
    """The plan of one case in one window."""

    def __init__(self, hands: Hands, case: Case) -> None:
        self._hands = hands
        self._plan = cast("Part", case.extra["plan"])
        self._case = case

    def weigh(self) -> int:
        """Write the person's own words and a reason for each route, and propose one; return how many reasons."""
        hands = self._hands
        hands.press("bar.plan")
        hands.find("plan.route.B1.reason")
        words = cast("Mapping[str, str]", self._plan["own_words"])
        hands.press("plan.own_words.edit")
        hands.type_into("plan.own_words.said", words["other"])
        hands.type_into("plan.own_words.dutch", words["nl"])
        hands.press("plan.own_words.save")
        self._hands.rest()
        reasons = cast("Mapping[str, str]", self._plan["reasons"])
        for route, reason in reasons.items():
            hands.type_into(f"plan.route.{route}.reason", reason)
            hands.find("plan.step.weigh").setFocus()
            self._hands.rest()
        hands.press(f"plan.route.{self._plan['proposed']}.propose")
        self._hands.rest()
        return len(reasons)

    def goals(self) -> int:
        """Change the goals the case changes, and ask the person whether the plan fits; return how many were changed."""
        hands = self._hands
        hands.press("plan.step.goals")
        changed = 0
        for edit in cast("list[Mapping[str, str]]", self._plan["edits"]):
            area, _, key = edit["field"].rpartition("/")
            goal = area.removeprefix("goal/")
            if key == "why" and hands.sees(f"plan.goal.{goal}.edit"):
                hands.press(f"plan.goal.{goal}.edit")
                hands.type_into("plan.goal.edit.why", edit["value"])
                hands.press("plan.goal.edit.save")
                self._hands.rest()
                changed += 1
        hands.press("plan.feedback.yes")
        self._hands.rest()
        return changed

    def sign(self) -> None:
        """Read the plan aloud, and sign it for both."""
        hands = self._hands
        hands.press("plan.step.sign")
        read = cast("Mapping[str, str]", self._plan["read_aloud"])
        hands.press(f"plan.read_aloud.language.{read['language']}")
        if read["interpreter"]:
            hands.type_into("plan.read_aloud.interpreter", read["interpreter"])
        hands.press("plan.read_aloud.done")
        self._hands.rest()
        names = {
            "person": cast("Mapping[str, str]", self._case.extra["person"])["name"],
            "caseworker": cast("Mapping[str, str]", self._case.extra["worker"])["name"],
        }
        for role, name in names.items():
            hands.type_into(f"plan.sign.{role}.name", name)
            hands.tick(f"plan.sign.{role}.agree")
            hands.press(f"plan.sign.{role}")
            hands.find(f"plan.sign.{role}.undo")


def save_documents(hands: Hands, folder: Path) -> list[Path]:
    """Look at both documents in the preview, save them in `folder`, and go back; return their paths."""
    saved = []
    for kind in ("support_plan", "intake_report"):
        hands.press(f"preview.kind.{kind}")
        target = folder / f"{kind.replace('_', '-')}.pdf"
        hands.find("preview.save", QWidget)
        answer_next_dialog(target)
        hands.press("preview.save")
        hands.until(f"the file {target.name}", lambda target=target: target.exists() or None)  # type: ignore[misc]
        hands.picture(f"preview-{kind.replace('_', '-')}")
        saved.append(target)
    hands.press("preview.close")
    return saved
