"""The form of the decision (PIP): what an officer fills in, in the order of the letter. What follows is not asked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.i18n import Catalogue
from desktop.i18n.mark import N_
from desktop.services.pip.pip_parts import PipView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from desktop.ui.pip.kept_field import AnyKept, KeptChoice, KeptLine, KeptSpec, KeptWords

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


class DecisionCard(Card):
    """`written` carries the field that was filled in and its value."""

    written = Signal(str, object)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme)
        self._texts = texts
        self._fields: dict[str, AnyKept] = {}
        self._children: tuple[tuple[int, str], ...] | None = None
        self.body.addWidget(Text(theme, texts.text("What the municipality decides"), Role.CARD))
        hint = texts.text(
            "Route and reasons come from the weighing. Everything else stands here, or is named as missing."
        )
        self.body.addWidget(Text(theme, hint, Role.SMALL, tone=Tone.SOFT))
        self._add_lines(_WHO)
        self._add("pip/address", self._words("pip/address", texts.text("Address of the person")))
        for name, choice in self._choices().items():
            self._add(name, choice)
        self._add_lines(_HOURS)
        self._vve = QVBoxLayout()
        self._vve.setSpacing(theme.px(Space.MEDIUM))
        nest(self.body, self._vve)
        self._add_texts()

    def show_view(self, view: PipView) -> None:
        """Show what was filled in; a level and literacy that follow are shown as chosen."""
        self._show_children(view)
        follows = {"pip/literacy": view.draft.decision.literacy, "pip/level": view.draft.decision.level}
        for name, field in self._fields.items():
            field.show_value(view.fields.get(name) or follows.get(name, ""))

    def focus(self, field: str) -> None:
        """Put the keyboard on `field`, where it is one of these."""
        if field in self._fields:
            self._fields[field].focus()

    def keep(self) -> None:
        """Keep what is being typed."""
        for field in self._fields.values():
            field.keep()

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
        self._add("pip/support", self._words("pip/support", text("Support and guidance: what, who and when"), lines=4))
        names = text("One decision on each line, with its date. Also the one of art. 56a.")
        self._add("pip/participation", self._words("pip/participation", text("Decisions that go along"), names))
        none = (("", text("They are named above")), ("yes", text("There are none")))
        words = text("No decisions under the Participatiewet")
        self._add("pip/no_participation", KeptChoice(self._theme, "pip/no_participation", words, none))
        own = text("The wording of your organisation. Opmaat adds the last day.")
        self._add("pip/objection", self._words("pip/objection", text("How to object"), own, lines=5))
        late = text("Only where the route changes after a year and a half.")
        self._add("pip/exception", self._words("pip/exception", text("Special case"), late, lines=2))
        self._add_lines((KeptSpec("pip/explained", N_("How it was explained: language, interpreter number")),))

    def _show_children(self, view: PipView) -> None:
        if view.children == self._children:
            return
        self._children = view.children
        clear(self._vve)
        for name in [name for name in self._fields if name.startswith("pip/vve/")]:
            del self._fields[name]
        for number, child in view.children:
            label = self._texts.text("Early education (VVE) of {child}: place, start, half-days", child=child)
            field = self._words(f"pip/vve/{number}", label, lines=2)
            self._fields[f"pip/vve/{number}"] = field
            field.written.connect(self.written)
            self._vve.addWidget(field)

    def _words(self, field: str, label: str, hint: str = "", *, lines: int = 3) -> KeptWords:
        return KeptWords(self._theme, field, label, hint, lines=lines)

    def _add_lines(self, specs: tuple[KeptSpec, ...]) -> None:
        for spec in specs:
            self._add(spec.field, KeptLine(self._theme, self._texts, spec))

    def _add(self, name: str, field: AnyKept) -> None:
        self._fields[name] = field
        field.written.connect(self.written)
        self.body.addWidget(field)
