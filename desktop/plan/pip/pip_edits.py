"""What an officer fills in for the decision: the fields `pip/…` of the plan, read from the valid edits."""

from dataclasses import dataclass

from desktop.plan.model.edits import PlanEdits


@dataclass(frozen=True, slots=True)
class PipEdits:
    """The fields by their short names; blank, 0 or None where nothing was filled in."""

    edits: PlanEdits

    def words(self, name: str) -> str:
        """Return the text of a field."""
        return self.edits.words(f"pip/{name}").strip()

    def lines(self, name: str) -> tuple[str, ...]:
        """Return the lines of a field that say something."""
        return tuple(line.strip() for line in self.words(name).splitlines() if line.strip())

    def number(self, name: str) -> int | None:
        """Return the whole number of a field; None where there is none."""
        return self.edits.number(f"pip/{name}")

    def flag(self, name: str) -> bool | None:
        """Return the yes or no of a field; None where neither was chosen."""
        return {"yes": True, "no": False}.get(self.words(name))
