import logging

import pytest

from desktop.kernel.log import note


def test_anything_but_a_safe_word_is_not_written(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    note(logging.getLogger("desktop.test"), "sync.pushed", rows=12, who="Luwam Voorbeeld", said="ሰላም", dossier="ab12")
    assert caplog.messages == ["sync.pushed rows=12 who=# said=# dossier=ab12"]
