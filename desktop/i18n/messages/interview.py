"""Messages of the interview, of conflicts and of the review."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "interview.conflict_gone": N_(
        "Somebody has already chosen between these answers. "
        "Look at the answer that stands now; you can still change it."
    ),
    "interview.nothing_to_ask": N_("This form has no questions. Choose another form, or ask your administrator."),
}
