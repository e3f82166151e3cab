"""A laptop without a key to health says that something is there and who may read it, and shows none of it."""

from collections.abc import Callable

import pytest

from desktop.records import HEALTH, HandoverStep
from desktop.services.dossier.authors import context_of
from desktop.ui.kit.typography.text import Text
from desktop.ui.review.review_page import ReviewPage
from desktop.ui.window import MainWindow
from protocol.identifiers import DossierId
from tests.ui.inspection import control, faults, press, settle, wait_until
from tests.ui.settings.test_vault_check import _journal, _on_store, _open_first, _shell
from tests.unit.services.interview_fixture import ref

Close = Callable[[str], DossierId]


@pytest.fixture
def close(practice: MainWindow) -> Close:
    """Let the key to health of the first person go, as if `reader` had received the case; blank for no handover."""

    def closing(reader: str) -> DossierId:
        dossier = _open_first(practice)
        journal = _journal(practice)

        def work() -> None:
            _shell(practice)._context.services.interview.answer(dossier, ref("gezondheid_gesprek"), "given", "nu")
            context = context_of(journal.view(dossier), "Oefenaar")
            if reader:
                journal.append(dossier, HandoverStep("received", reader), context)
            journal.erase(dossier, "health_key", context, HEALTH)

        _on_store(practice, work)
        return dossier

    return closing


def _health(window: MainWindow, dossier: DossierId) -> str:
    view = _shell(window)._context.services.interview.view
    (shown,) = _on_store(window, lambda: view(dossier))
    sections = [section for part in shown.parts for section in part.sections]  # type: ignore[attr-defined]  # a view
    return str(next(section.path for section in sections if section.state == "locked"))


def test_the_interview_tells_what_is_closed_and_who_may_read_it(practice: MainWindow, close: Close) -> None:
    dossier = close("Gemeente Haarlem")
    _shell(practice).navigate("interview", dossier, part=_health(practice, dossier))
    settle(practice)
    said = control(practice, "interview.closed", Text).plain()
    assert "gezondheid" in said
    assert "Gemeente Haarlem" in said.replace("\u2068", "").replace("\u2069", "")
    assert faults(_shell(practice).page("interview")) == []


def test_the_review_keeps_the_closed_section_in_sight(practice: MainWindow, close: Close) -> None:
    dossier = close("")
    _shell(practice).navigate("review", dossier)
    page = _shell(practice).page("review")
    assert isinstance(page, ReviewPage)
    settle(practice)
    wait_until(lambda: page.letter.ready)
    settle(practice)
    said = control(practice, "review.closed.said", Text).plain()
    assert "na de overdracht wie het dossier ontving" in said
    press(practice, "review.filter.open")
    settle(practice)
    assert not [each for each in practice.findChildren(Text, "review.closed.said") if each.isVisible()]
    assert faults(_shell(practice).page("review")) == []
