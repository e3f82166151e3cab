"""What an administrator reads when a command fails."""

import pytest

from protocol.errors import OpmaatError
from server.error_texts import WORDS, sentence


@pytest.mark.parametrize("code", sorted(WORDS))
def test_an_administrator_reads_what_happened_and_what_to_do(code: str) -> None:
    told = sentence(OpmaatError(code))

    assert told.endswith(f"[{code}]")
    assert told.count(". ") >= 1


def test_an_unknown_code_still_says_something() -> None:
    assert "Nothing was changed" in sentence(OpmaatError("somewhere.else"))
