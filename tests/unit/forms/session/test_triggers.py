"""What a changed answer sets elsewhere (XLSForm `trigger`), and whose answers it leaves alone."""

import pytest

from desktop.forms import Session
from tests.unit.forms.forms_for_tests import answers_and_instances, form_of, hold

TRIGGERS = """
| survey |
| | type | name | label | relevant | trigger | calculation |
| | text | dag | Dag |
| | select_one yn | meer | Meer? |
| | begin_repeat | kind | Kind |
| | text | naam | Naam | ${meer} != 'nee' |
| | text | roepnaam | Roepnaam | | ${naam} | concat('de ', ${naam}) |
| | text | gezien | Gezien | | ${dag} | ${dag} |
| | end_repeat |
| choices |
| | list_name | name | label |
| | yn | ja | Ja |
| | yn | nee | Nee |
"""


@pytest.fixture
def session() -> Session:
    held = hold(form_of(TRIGGERS))
    for name in ("Amina", "Biniam"):
        row = held.add_repeat("/data/kind")[0]
        held.answer(f"{row}/naam", name)
    return held


def _column(session: Session, name: str) -> list[str]:
    return [session.state(f"{row}/{name}").value for row in session.instances("/data/kind")]


def test_in_a_row_only_the_row_itself_is_set(session: Session) -> None:
    first, second = session.instances("/data/kind")
    session.answer(f"{first}/roepnaam", "Mina")

    session.answer(f"{second}/naam", "Bini")

    assert _column(session, "roepnaam") == ["Mina", "de Bini"]


def test_from_outside_every_row_is_set(session: Session) -> None:
    session.answer("/data/dag", "2026-11-30")

    assert _column(session, "gezien") == ["2026-11-30", "2026-11-30"]


def test_what_is_hidden_and_shown_again_overwrites_nothing(session: Session) -> None:
    first, _ = session.instances("/data/kind")
    session.answer(f"{first}/roepnaam", "Mina")

    session.answer("/data/meer", "nee")
    session.answer("/data/meer", "ja")

    assert _column(session, "roepnaam") == ["Mina", "de Biniam"]


def test_a_record_that_is_opened_again_has_what_was_typed_and_what_was_set(session: Session) -> None:
    first, _ = session.instances("/data/kind")
    session.answer(f"{first}/roepnaam", "Mina")
    answers, instances = answers_and_instances(session)
    typed = {ref: text for ref, text in answers.items() if not text.startswith("de ")}
    other = hold(form_of(TRIGGERS))

    other.restore(typed, instances)

    assert _column(other, "roepnaam") == ["Mina", "de Biniam"]

    other.answer(f"{first}/naam", "Aminata")
    assert _column(other, "roepnaam") == ["de Aminata", "de Biniam"]
