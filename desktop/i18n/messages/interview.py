"""Messages of the interview and of the screens around it."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "interview.conflict_gone": N_(
        "Somebody has already chosen between these answers. "
        "Look at the answer that stands now; you can still change it."
    ),
    "interview.conflict_changed": N_(
        "Another answer to this question came in meanwhile. Look at all of them, then choose."
    ),
    "interview.nothing_to_ask": N_("This form has no questions. Choose another form, or ask your administrator."),
    "ui.font_missing": N_("A letter type of Opmaat ({file}) is missing. Install Opmaat again."),
    "ui.icon_missing": N_("A picture of Opmaat ({name}) is missing. Install Opmaat again."),
    "ui.unexpected": N_(
        "Something went wrong in Opmaat ({type}). What was saved stays saved. Close the vault, open it again and "
        "tell your administrator when it happens again."
    ),
}
