"""Two workers of one organisation: what one erases on the page, the other is asked to erase, in words."""

from collections.abc import Callable
from datetime import date

import pytest

from desktop.i18n.messages import all_messages
from desktop.records import AnswerGiven
from desktop.services.caseload.summary import DIED
from desktop.services.suite import Services
from desktop.ui.retention.retention_texts import LATER, WHY
from protocol.errors import UserError
from protocol.identifiers import case_number
from tests.sync.machines import AT_THE_TABLE, Office
from tests.sync.membership.laptops import exchange, filled_case, in_step

SitDown = Callable[[Office, str], Services]


def test_a_colleague_is_told_and_erases_what_the_server_takes_no_more(town: Office, sit_down: SitDown) -> None:
    sanne, karim = sit_down(town, "Sanne"), sit_down(town, "Karim")
    case = filled_case(sanne)
    in_step(sanne, karim)
    karim.journal.append(case, AnswerGiven("/intake/later", "given", "niet verstuurd"), AT_THE_TABLE)
    sanne.retention.note(case, DIED, date(2026, 1, 2))
    in_step(sanne)
    assert [row.term.rule.key for row in sanne.retention.erase(case, "died", case_number(case)).view.rows] == []
    in_step(sanne)

    assert exchange(karim) == {"sync.dossier_erased"}
    notices = {notice.code for notice in karim.synchronise.state().notices}
    assert {"sync.dossier_erased", "records.erased_elsewhere"} <= notices
    assert all("What must be erased" in all_messages()[code] for code in notices)
    (row,) = (row for row in karim.retention.view().due if row.term.rule.key == "colleague_erased")
    assert (row.unsent, row.term.rule.label, row.term.rule.compartment) == (False, "proposal", "")
    assert all("A colleague erased this case" in texts[row.term.rule.key] for texts in (WHY, LATER))
    with pytest.raises(UserError, match=r"retention\.not_confirmed"):
        karim.retention.erase(case, "colleague_erased", "OP-0000-0000")

    done = karim.retention.erase(case, "colleague_erased", case_number(case))
    assert (done.view.rows, [stone.reason for stone in done.view.erased]) == ((), ["colleague_erased"])
    assert exchange(karim) == set()
    assert karim.journal.erasure_reports.waiting() == ()
    assert karim.caseload.people().people == ()
