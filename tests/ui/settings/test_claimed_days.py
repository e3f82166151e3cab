"""Where another organisation names a day that cannot be, the page of what must be erased says so."""

from datetime import date

import pytest

from desktop.i18n import load_catalogue
from desktop.plan.law.retention import RULES, RetentionDeadline
from desktop.services.rights.retention import DueRow
from desktop.ui.design.theme import Theme
from desktop.ui.kit.typography.text import Text
from desktop.ui.retention.due_card import DueCard
from desktop.ui.retention.retention_texts import later_detail
from protocol.identifiers import DossierId

DAY = date(2026, 12, 1)


def _row(claimed: date | None) -> DueRow:
    rule = next(rule for rule in RULES if rule.key == "azc_copy")
    term = RetentionDeadline(rule, DAY)
    return DueRow(DossierId("0" * 32), "Selam", "OP-0000-0000", term, due=True, unsent=False, claimed=claimed)


@pytest.mark.parametrize(("claimed", "told"), [(date(2099, 1, 1), True), (None, False)])
def test_a_claim_that_cannot_be_is_told_on_the_card_and_in_the_list(
    theme: Theme, claimed: date | None, *, told: bool
) -> None:
    texts = load_catalogue("en", "app")
    card = DueCard(theme, texts, _row(claimed), "due")
    words = " ".join(text.plain() for text in card.findChildren(Text))
    for said in (words, later_detail(_row(claimed), texts)):
        assert ("The other organisation says that this was on" in said) is told
        assert ("01-01-2099" in said) is told
