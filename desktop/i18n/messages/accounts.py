"""Messages of accounts and caseload: joining, practising, beginning a dossier."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "accounts.name_missing": N_(
        "There is no name, or it is too long. Fill in how colleagues call you, in at most {count} characters."
    ),
    "caseload.name_missing": N_(
        "There is no name, or it is too long. Fill in how the person wants to be called, in at most {count} characters."
    ),
}
