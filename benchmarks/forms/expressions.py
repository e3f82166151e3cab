"""One expression: ours compiled for a form, against lxml's compiled XPath over the same instance as XML."""

from collections.abc import Callable
from pathlib import Path

from lxml import etree

from benchmarks.forms.engines import Ours
from benchmarks.forms.figures import Figure, SpeedTarget
from benchmarks.forms.making import converted, workbook, written
from benchmarks.measure import seconds

EXPRESSIONS = (
    "{root}/g50/i50 > 17",
    "{root}/g50/h50 = 'ja' and {root}/g50/i50 < 99",
    "{root}/g50/i50 * 52 + {root}/g51/i51",
    "concat({root}/g50/h50, ' ', {root}/g51/h51)",
    "string-length({root}/g50/h50) > 1 or {root}/g51/i51 = 5",
)
"""XPath 1.0 that means the same to both: comparison, logic, arithmetic and text, with one or two paths."""

ROUNDS = 200
EACH = 100
"""Evaluations of one repetition: one alone is too short for the clock."""


def measured(folder: Path) -> Figure:
    """Evaluate each of `EXPRESSIONS` on a form of 1,000 questions with answers, both sides turn by turn."""
    path = written(folder, "expressions", converted(workbook(1_000, chained=False)))
    ours = Ours()
    ours.load(path)
    for section in (50, 51):
        for name, value in (("start", "ja"), (f"h{section}", "ja"), (f"i{section}", str(section))):
            ours.set(name, value)
    session = ours.session
    root = session.form.root
    compiled = [session.form.compile(each.format(root=root.path)) for each in EXPRESSIONS]
    tree = _xml(ours)
    finders = [etree.XPath(each.format(root=f"/{root.name}")) for each in EXPRESSIONS]
    if [session.evaluate(each) for each in compiled] != [find(tree) for find in finders]:
        raise ValueError
    figure = Figure("One expression", other_name="lxml", target=SpeedTarget(faster=5))
    model = session._model  # noqa: SLF001  # the closure is measured as a recomputation runs it, not a conversation
    top, at = model.root.top, model.at
    for _ in range(ROUNDS):
        figure.ours.append(_each([lambda run=each.code.run: run(at(top)) for each in compiled]))  # type: ignore[misc]
        figure.other.append(_each([lambda find=find: find(tree) for find in finders]))  # type: ignore[misc]
    return figure


def _each(evaluations: list[Callable[[], object]]) -> float:
    def work() -> None:
        for _ in range(EACH):
            for evaluate in evaluations:
                evaluate()

    return seconds(work) / EACH / len(evaluations)


def _xml(ours: Ours) -> etree._Element:
    """Return the instance as lxml's tree."""
    session = ours.session
    root = etree.Element(session.form.root.name)
    made = {session.form.root.path: root}
    for path, place in session.form.places.items():
        if place.parent is not None:
            made[path] = etree.SubElement(made[place.parent.path], place.name)
            if not place.children:
                made[path].text = session.state(path).value
    return root
