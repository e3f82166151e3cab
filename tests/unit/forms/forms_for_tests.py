"""Small forms for the tests, written as the tables people write, and sessions that stand still in time."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from desktop.forms import INTERVIEW, Conventions, Form, Session, read_workbook
from desktop.forms.document.xml_reader import read_xml
from desktop.forms.model.build import read_form
from desktop.forms.model.state import DataNode, Range, node_ref, range_ref
from desktop.services.dossier.form_locale import FORM_LOCALE
from protocol.identifiers import InstanceId
from protocol.times import SettableClock

NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")

State = Mapping[str, tuple[str, str, bool, bool, bool] | tuple[str, ...]]
"""Everything a session holds: nodes by ref, and the instances of every repeat."""


def same(text: str) -> str | None:
    """Translate nothing."""
    return text


def form_of(markdown: str) -> Form:
    """Return the form in a Markdown workbook."""
    return read_workbook(markdown, "md", locale=FORM_LOCALE)


def xform(model: str, body: str = "") -> Form:
    """Return the form with this content of the model and the body."""
    text = (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
        'xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">'
        f"<h:head><h:title>Test</h:title><model>{model}</model></h:head><h:body>{body}</h:body></h:html>"
    )
    return read_form(read_xml(text.encode()))


def hold(form: Form, *, seed: int = 1, conventions: Conventions = INTERVIEW) -> Session:
    """Return a session of `form` at noon on 22 November 2026 in Amsterdam."""
    clock = SettableClock(NOON)
    source = random.Random(seed)  # noqa: S311  # a test repeats itself
    return Session(form, clock=clock, random=source, zone=AMSTERDAM, conventions=conventions)


def recompute(session: Session) -> None:
    """Compute everything from the answers, as if nothing had been computed."""
    model = session._model
    model._queue.add_frame(model.root, model.form.root)
    model.settle()


def everything(session: Session) -> State:
    """Return the whole state of a session, the record's own id left out."""
    found: dict[str, tuple[str, str, bool, bool, bool] | tuple[str, ...]] = {}
    for node in session._model.root.top.walk():
        if not isinstance(node, DataNode) or "/meta" in node.place.path:
            continue
        found[node_ref(node)] = (node.raw, node.text, node.relevant, node.readonly, node.required)
        for place in node.place.children:
            inside = node.frame.nodes[place.range_slot] if place.is_repeat else None
            if isinstance(inside, Range):
                found[range_ref(inside) + "#"] = tuple(frame.identity for frame in inside.frames)
    return found


def answers_and_instances(session: Session) -> tuple[dict[str, str], dict[str, list[InstanceId]]]:
    """Return what a record of this session would hold."""
    answers: dict[str, str] = {}
    instances: dict[str, list[InstanceId]] = {}
    for ref, state in everything(session).items():
        if ref.endswith("#"):
            instances[ref[:-1]] = [InstanceId(str(identity)) for identity in state]
        elif state[0]:
            answers[ref] = str(state[0])
    return answers, instances
