"""What is told about an error, also about one whose code and details a server made up."""

import pytest

from desktop.i18n.catalogue import load_catalogue
from desktop.i18n.messages import text_for
from protocol.errors import EnvironmentProblem


@pytest.mark.parametrize("detail", ["code", "self", "msgid", "template", "values", "error", "{code}"])
def test_an_error_is_told_whatever_its_details_are_called(detail: str) -> None:
    error = EnvironmentProblem("sync.of_a_later_version", {detail: "made up"})

    text = text_for(error, load_catalogue("en", "app"))

    assert "(sync.of_a_later_version)" in text
    assert "made up" not in text


def test_a_detail_stands_at_its_place_and_is_not_interpreted() -> None:
    error = EnvironmentProblem("documents.failed", {"reason": "{code}"})

    text = text_for(error, load_catalogue("en", "app"))

    assert "documents.failed" not in text
    assert "{code}" in text
