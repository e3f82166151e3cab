"""The form of the decision (PIP): what an officer fills in, in the order of the letter. What follows is not asked."""

from PySide6.QtWidgets import QVBoxLayout

from desktop.i18n import Catalogue
from desktop.i18n.mark import N_
from desktop.services.pip.pip_parts import PipView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.typography.text import Text
from desktop.ui.pip.fields_card import FieldsCard
from desktop.ui.pip.kept_field import AnyKept, KeptChoice, KeptSpec, KeptWords

_WHO = (
    KeptSpec("pip/college", N_("College that decides")),
    KeptSpec("pip/signer", N_("Who signs for the college: name and function")),
    KeptSpec("pip/mandate", N_("By which mandate")),
    KeptSpec("pip/contact", N_("Contact person")),
    KeptSpec("pip/reach", N_("How to reach the contact person")),
    KeptSpec("pip/dated", N_("Date of the decision (dagtekening)"), "day", N_("The three years begin the day after.")),
    KeptSpec("pip/sent", N_("Sent on"), "day", N_("The six weeks for objection begin the day after.")),
    KeptSpec("pip/duty_began", N_("Duty began, as DUO knows it"), "day"),
)
_HOURS = (
    KeptSpec("pip/route_hours", N_("Estimated hours of the route: language and KNM"), "number"),
    KeptSpec("pip/pvt_hours", N_("Hours of the participation statement (PVT)"), "number", N_("At least 12.")),
    KeptSpec("pip/map_hours", N_("Hours of work and participation (MAP)"), "number", N_("Not in the education route.")),
    KeptSpec("pip/talks", N_("Number of progress talks"), "number"),
)


class DecisionCard(FieldsCard):
    """What an officer fills in; early education has a field for each young child."""

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme, texts, texts.text("What the municipality decides"))
        self._children: tuple[tuple[int, str], ...] | None = None
        hint = texts.text(
            "Route and reasons come from the weighing. Everything else stands here, or is named as missing."
        )
        self.body.addWidget(Text(theme, hint, Role.SMALL, tone=Tone.SOFT))
        self.add_lines(_WHO)
        self.add_field("pip/address", self._words("pip/address", texts.text("Address of the person")))
        for name, choice in self._choices().items():
            self.add_field(name, choice)
        self.add_lines(_HOURS)
        self._vve = QVBoxLayout()
        self._vve.setSpacing(theme.px(Space.MEDIUM))
        nest(self.body, self._vve)
        self._add_texts()

    def show_view(self, view: PipView) -> None:
        """Show what was filled in; a level and literacy that follow are shown as chosen."""
        self._show_children(view)
        follows = {"pip/literacy": view.draft.decision.literacy, "pip/level": view.draft.decision.level}
        self.show_fields({**view.fields, **{name: view.fields.get(name) or value for name, value in follows.items()}})

    def _choices(self) -> dict[str, AnyKept]:
        text, theme = self._texts.text, self._theme
        yes_no = (("", text("not filled in")), ("yes", text("Yes")), ("no", text("No")))
        return {
            "pip/level": KeptChoice(
                theme,
                "pip/level",
                text("Level"),
                (("", text("none")), ("B1", "B1"), ("A2", "A2")),
                text("B1 in the B1 route and the education route. A2 only later, or as an exam in the Z route."),
            ),
            "pip/literacy": KeptChoice(
                theme,
                "pip/literacy",
                text("Literacy lessons"),
                (("", text("not known")), ("A", "A"), ("AA", "AA"), ("NVT", text("not needed"))),
                text("A: learns to read and write. AA: reads another script."),
            ),
            "pip/finish_school": KeptChoice(
                theme, "pip/finish_school", text("May finish a course that runs now, first"), yes_no
            ),
        }

    def _add_texts(self) -> None:
        text = self._texts.text
        self.add_field(
            "pip/support", self._words("pip/support", text("Support and guidance: what, who and when"), lines=4)
        )
        names = text("One decision on each line, with its date. Also the one of art. 56a.")
        self.add_field("pip/participation", self._words("pip/participation", text("Decisions that go along"), names))
        none = (("", text("They are named above")), ("yes", text("There are none")))
        words = text("No decisions under the Participatiewet")
        self.add_field("pip/no_participation", KeptChoice(self._theme, "pip/no_participation", words, none))
        own = text("The wording of your organisation. Opmaat adds the last day.")
        self.add_field("pip/objection", self._words("pip/objection", text("How to object"), own, lines=5))
        late = text("Only where the route changes after a year and a half.")
        self.add_field("pip/exception", self._words("pip/exception", text("Special case"), late, lines=2))
        self.add_lines((KeptSpec("pip/explained", N_("How it was explained: language, interpreter number")),))

    def _show_children(self, view: PipView) -> None:
        if view.children == self._children:
            return
        self._children = view.children
        clear(self._vve)
        for name in [name for name in self._fields if name.startswith("pip/vve/")]:
            del self._fields[name]
        for number, child in view.children:
            label = self._texts.text("Early education (VVE) of {child}: place, start, half-days", child=child)
            self.add_field(f"pip/vve/{number}", self._words(f"pip/vve/{number}", label, lines=2), self._vve)

    def _words(self, field: str, label: str, hint: str = "", *, lines: int = 3) -> KeptWords:
        return KeptWords(self._theme, field, label, hint, lines=lines)
