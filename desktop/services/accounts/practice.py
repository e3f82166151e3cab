"""Invented people for the practice environment, so that somebody can learn without harm."""

from collections.abc import Iterable, Iterator

from desktop.forms import Form
from desktop.records import Journal
from desktop.records.events.bodies import AnswerGiven, Body, LaterMarked, NoteWritten, RepeatAdded, Status
from desktop.records.events.envelope import EventContext
from desktop.services.accounts.case_file import Case, CaseStep
from desktop.services.dossier.form_places import compartment_of
from protocol.identifiers import InstanceId, new_instance_id

_STATUS: dict[str, Status] = {"answer": "given", "unknown": "unknown", "declined": "declined"}


def fill_practice(journal: Journal, form: Form, cases: Iterable[Case], author: str) -> None:
    """Open a dossier for each case and write its answers, as if they had been given at the table."""
    for case in cases:
        context = EventContext(author, case.languages[0], interpreter=True)
        dossier = journal.create_dossier(case.called, case.languages, context)
        parts: dict[str, list[Body]] = {}
        for ref, body in bodies(case, form):
            parts.setdefault(compartment_of(form, ref), []).append(body)
        for compartment, written in parts.items():
            journal.append_all(dossier, written, context, compartment)


def bodies(case: Case, form: Form) -> Iterator[tuple[str, Body]]:
    """Yield the events of the steps of `case`, each with the address it is about; unknown names are left out."""
    paths = {node.name: node.path for node in form.outline().walk()}
    rows: dict[str, list[InstanceId]] = {}
    for step in case.steps:
        path = paths.get(step.target)
        if path is None:
            continue
        if step.kind == "add":
            rows.setdefault(step.target, []).append(new_instance_id())
            yield path, RepeatAdded(path, rows[step.target][-1])
            continue
        ref = _in_row(path, paths, rows, step)
        yield from ((ref, body) for body in _make_bodies(ref, step))


def _make_bodies(ref: str, step: CaseStep) -> Iterator[Body]:
    if step.kind == "later":
        yield LaterMarked(ref, later=True)
    else:
        yield AnswerGiven(ref, _STATUS[step.kind], step.value)
    if step.note:
        yield NoteWritten(ref, step.note)


def _in_row(path: str, paths: dict[str, str], rows: dict[str, list[InstanceId]], step: CaseStep) -> str:
    if not step.repeat:
        return path
    repeat = paths[step.repeat]
    return f"{repeat}[{rows[step.repeat][step.index - 1]}]{path.removeprefix(repeat)}"
