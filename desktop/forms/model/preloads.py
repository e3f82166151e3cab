"""What a form knows of itself when it is first opened (ODK XForms "Preload Attributes")."""

from collections.abc import Iterable, Iterator, Mapping

from desktop.forms.document.definition import Action, Bind
from desktop.forms.model.form import Trigger
from desktop.forms.model.places import CellKind, Place
from desktop.forms.xpath.code import Context, Run
from desktop.forms.xpath.library.texts import new_uuid
from desktop.forms.xpath.moments import moment_now, today
from desktop.forms.xpath.tree import string_value

FIRST_LOAD = "odk-instance-first-load"
"""The event of a new record."""

LOAD = "odk-instance-load"
"""The event of every opening of a record."""

END = "xforms-revalidate"
"""The event of closing a record: everything in it was looked at once more."""

NO_DEVICE = "not supported"
"""What stands for the id of a device that has none: it may not be blank (ODK XForms "Metadata")."""


def preloads(binds: Iterable[Bind], places: Mapping[str, Place]) -> Iterator[Trigger]:
    """Yield a trigger for every bind with a known `jr:preload`, and for the id of the record.

    All are of first load, except the end of a timestamp. The id of the record is also filled in at the end, when it is
    blank then. Where there is a calculation as well, it has the last word.
    """
    for bind in binds:
        if "jr:preload" not in bind.attributes:
            continue
        kind, parameter = bind.attributes["jr:preload"], bind.attributes.get("jr:preloadParams", "").lower()
        place = places.get(bind.path)
        run = _run(kind, "".join(parameter.split()))
        if run is not None and place is not None and CellKind.VALUE not in place.cells:
            yield _at(END if (kind, parameter) == ("timestamp", "end") else FIRST_LOAD, place, run)
    for place in places.values():
        if place.name == "instanceID" and place.parent is not None and place.parent.name == "meta":
            yield _at(FIRST_LOAD, place, _identify)
            yield _at(END, place, _identify)


def _at(event: str, place: Place, run: Run) -> Trigger:
    return Trigger(Action(frozenset({event}), place.path, None, "", ""), place, run)


def _identify(c: Context) -> str:
    return string_value(c.node) or f"uuid:{new_uuid(c.environment)}"


def _run(kind: str, parameter: str) -> Run | None:
    if kind == "uid":
        return lambda c: f"uuid:{new_uuid(c.environment)}"
    if kind == "timestamp" and parameter in {"start", "end"}:
        return lambda c: moment_now(c.environment.now(), c.environment.zone).text
    if kind == "date" and parameter == "today":
        return lambda c: today(c.environment.now(), c.environment.zone).text
    if kind == "property":
        return lambda c: _property(c, parameter)
    return None


def _property(c: Context, name: str) -> str:
    return c.environment.property(name) or (NO_DEVICE if name == "deviceid" else "")
