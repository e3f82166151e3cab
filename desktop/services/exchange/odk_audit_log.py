"""What happened in a dossier, as the operations of an audit log: from the events this device can read."""

from collections.abc import Iterable, Iterator
from typing import Any

from desktop.forms import Form
from desktop.forms.session.audit_log import Operation
from desktop.kernel.ref import Ref, parse_address
from desktop.records import (
    AnswerGiven,
    ConflictSettled,
    ConversationStarted,
    Event,
    PlaceKept,
    RepeatAdded,
    RepeatRemoved,
)
from desktop.services.dossier.form_places import is_repeat


def operations(events: Iterable[Event], form: Form) -> tuple[Operation, ...]:
    """Return who did what to the questions of `form`, in the order of the events, closed by the last one's author.

    A value chosen between two is an answer like any other; a declined or unknown one has no value. Notes, flags, plan
    and handover are no part of the interview.
    """
    done = [operation for event in events for operation in _operations(event, form)]
    if done:
        last = done[-1]
        done.append(Operation("finalise", last.moment, last.user, last.device))
    return tuple(done)


def path_of(ref: str) -> str:
    """Return the path in the form of a ref of a session: without the identities of instances."""
    return Ref.parse(ref).path


def _operations(event: Event, form: Form) -> Iterator[Operation]:
    for kind, ref, value in _operation_of(event.body, form):
        yield Operation(kind, event.time, event.author, str(event.device), ref, value)


def _operation_of(body: Any, form: Form) -> Iterator[tuple[Any, str, str]]:  # noqa: ANN401  # any of the bodies
    if isinstance(body, ConversationStarted):
        yield ("start" if body.number == 1 else "resume"), "", ""
    elif isinstance(body, PlaceKept) and _asks(form, body.ref):
        yield "look", body.ref, ""
    elif isinstance(body, AnswerGiven) and not is_repeat(form, body.ref):
        yield "answer", body.ref, body.value
    elif (
        isinstance(body, ConflictSettled)
        and isinstance(parse_address(body.address), Ref)
        and isinstance(body.value, str)
    ):
        yield "answer", body.address, body.value
    elif isinstance(body, RepeatAdded):
        yield "add", Ref.parse(body.repeat).instance_of(body.instance).text, ""
    elif isinstance(body, RepeatRemoved):
        yield "remove", Ref.parse(body.repeat).instance_of(body.instance).text, ""


def _asks(form: Form, ref: str) -> bool:
    node = form.nodes.get(path_of(ref))
    return node is not None and node.kind == "question"
