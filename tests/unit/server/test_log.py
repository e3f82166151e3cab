"""A log line holds words from the code only."""

import json
import logging
import sys

import pytest

from server.log import ForeignLines, note


def test_a_log_line_cannot_carry_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="server"):
        note(logging.getLogger("server.test"), "request", device="Semhar uit Keren", status=200, route="/v1/rows")

    assert json.loads(caplog.messages[0]) == {"event": "request", "device": "#", "status": 200, "route": "/v1/rows"}


def test_what_a_library_says_is_not_repeated() -> None:
    try:
        int("Semhar uit Keren")
    except ValueError:
        arguments = ("uvicorn.error", logging.ERROR, "protocol.py", 7, "it was %s", ("Semhar",), sys.exc_info())

    line = ForeignLines().format(logging.LogRecord(*arguments))

    assert "Semhar" not in line
    facts = json.loads(line)
    assert (facts["event"], facts["place"], facts["line"], facts["kind"]) == (
        "library",
        "uvicorn.error",
        "protocol:7",
        "ValueError",
    )
