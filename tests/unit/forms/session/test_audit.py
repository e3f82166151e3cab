"""The log of who changed what (ODK XForms "Client Audit Logs"; ODK documentation "Form Audit Log")."""

import csv
import io
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.forms.model.state import identity_at
from desktop.forms.session.audit_log import AuditSettings, Kind, Operation, audit_csv, audit_path, audit_settings
from tests.unit.forms.forms_for_tests import form_of

_START = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
_ZERO = 1795345200000
_ALL = AuditSettings()


def _did(kind: Kind, second: float, ref: str = "", value: str = "", *, user: str = "W", laptop: str = "d") -> Operation:
    return Operation(kind, _START + timedelta(seconds=second), user, laptop, ref, value)


def _lines(*operations: Operation, settings: AuditSettings = _ALL) -> list[str]:
    return audit_csv(operations, settings).decode().replace(str(_ZERO)[:7], "~").split("\n")


def test_the_header_has_what_the_form_asks_for() -> None:
    """Header Column Names: four always, the others when they are configured."""
    plain = AuditSettings(track_changes=False, identify_user=False)
    assert audit_csv((), plain) == b"event,node,start,end\n"
    assert audit_csv((), _ALL) == b"event,node,start,end,old-value,new-value,user\n"
    everything = AuditSettings(reasons=True, location=True)
    assert audit_csv((), everything) == (
        b"event,node,start,end,latitude,longitude,accuracy,old-value,new-value,user,change-reason\n"
    )


def test_a_view_of_a_question_ends_with_its_answer_or_with_what_follows() -> None:
    """Event types: question has start, end, node, and old and new value when it was changed."""
    assert _lines(
        _did("start", 0),
        _did("look", 1, "/data/a"),
        _did("answer", 4, "/data/a", "John"),
        _did("look", 5, "/data/b"),
        _did("look", 7, "/data/a"),
        _did("answer", 9, "/data/a", "John Smith"),
        _did("answer", 10, "/data/a", "John Smith"),
        _did("finalise", 11),
    ) == [
        "event,node,start,end,old-value,new-value,user",
        "form start,,~200000,,,,W",
        "question,/data/a,~201000,~204000,,John,W",
        "question,/data/b,~205000,~207000,,,W",
        "question,/data/a,~207000,~209000,John,John Smith,W",
        "question,/data/a,~210000,~210000,,,W",
        "form finalize,,~211000,,,,W",
        "",
    ]


def test_two_laptops_do_not_end_each_others_views() -> None:
    assert _lines(
        _did("look", 0, "/data/a", laptop="1", user="A"),
        _did("look", 1, "/data/b", laptop="2", user="B"),
        _did("answer", 2, "/data/b", "x", laptop="2", user="B"),
        _did("answer", 3, "/data/a", "y", laptop="1", user="A"),
        _did("look", 4, "/data/c", laptop="1", user="A"),
        settings=AuditSettings(track_changes=False),
    )[1:] == [
        "question,/data/a,~200000,~203000,A",
        "question,/data/b,~201000,~202000,B",
        "question,/data/c,~204000,~204000,A",
        "",
    ]


def test_an_answer_elsewhere_ends_the_view() -> None:
    assert _lines(_did("look", 0, "/data/a"), _did("answer", 2, "/data/b", "x"))[1:] == [
        "question,/data/a,~200000,~202000,,,W",
        "question,/data/b,~202000,~202000,,x,W",
        "",
    ]


def test_rows_of_a_repeat_are_counted_among_those_that_are_there() -> None:
    """Event types: add repeat and delete repeat have a node; nodes are paths, with the place of each instance."""
    lines = _lines(
        _did("add", 0, "/data/r[aa]"),
        _did("add", 1, "/data/r[bb]"),
        _did("add", 2, "/data/r[bb]/s[cc]"),
        _did("answer", 3, "/data/r[bb]/s[cc]/q", "1"),
        _did("remove", 4, "/data/r[aa]"),
        _did("answer", 5, "/data/r[bb]/s[cc]/q", "2"),
        _did("add", 6, "/data/r[aa]"),
        _did("answer", 7, f"/data/n[{identity_at('/data/n', 2)}]/q", "3"),
        settings=AuditSettings(track_changes=False, identify_user=False),
    )
    assert [",".join(line.split(",")[:2]) for line in lines[1:-1]] == [
        "add repeat,/data/r[1]",
        "add repeat,/data/r[2]",
        "add repeat,/data/r[2]/s[1]",
        "question,/data/r[2]/s[1]/q",
        "delete repeat,/data/r[1]",
        "question,/data/r[1]/s[1]/q",
        "add repeat,/data/r[1]",
        "question,/data/n[3]/q",
    ]


def test_a_value_is_quoted_as_the_specification_says_and_not_otherwise() -> None:
    """CSV Format: wrapped for commas or newlines; quotes doubled "only if a value … also contains double quotes"."""
    values = ['plain "x"', "a, b", 'a, "b"', "a\nb", "é"]
    lines = audit_csv([_did("answer", 0, f"/d/q{i}", value) for i, value in enumerate(values)], _ALL).decode()
    cells = [line.split(",,", 1)[1].removesuffix(",W") for line in lines.removesuffix("\n").split("\nquestion")[1:]]
    assert cells == ['plain "x"', '"a, b"', '"a, ""b"""', '"a\nb"', "é"]


@given(st.lists(st.text(st.characters(exclude_characters='"', exclude_categories=["Cs"])), max_size=5))
def test_a_reader_of_csv_gets_back_every_value(values: list[str]) -> None:
    data = audit_csv([_did("answer", at, f"/d/q{at}", value) for at, value in enumerate(values)], _ALL)
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    assert [row["new-value"] for row in rows] == values


def test_what_a_form_asks_of_its_log_is_read_from_its_bind() -> None:
    """Audit Attributes; XLSForm type audit with its parameters."""
    table = "| survey |\n| | type | name | label | parameters |\n| | text | a | A | |\n| | audit | audit | | {} |\n"
    assert audit_settings(form_of(table.split("| | audit", maxsplit=1)[0])) is None
    form = form_of(table.format("track-changes=true identify-user=true"))
    assert audit_path(form) == "/data/meta/audit"
    assert audit_settings(form) == AuditSettings()
    assert audit_settings(form_of(table.format(""))) == AuditSettings(track_changes=False, identify_user=False)
    located = "location-priority=balanced location-min-interval=60 location-max-age=120 "
    assert audit_settings(form_of(table.format(f"{located} track-changes-reasons=on-form-edit"))) == AuditSettings(
        track_changes=False, identify_user=False, reasons=True, location=True
    )
