"""A log line holds words from the code only."""

import json
import logging

import pytest

from server.log import note


def test_a_log_line_cannot_carry_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="server"):
        note(logging.getLogger("server.test"), "request", device="Semhar uit Keren", status=200, route="/v1/rows")

    assert json.loads(caplog.messages[0]) == {"event": "request", "device": "#", "status": 200, "route": "/v1/rows"}
