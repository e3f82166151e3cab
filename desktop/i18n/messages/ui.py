"""Messages of the screens themselves."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "ui.font_missing": N_("A letter type of Opmaat ({file}) is missing. Install Opmaat again."),
    "ui.icon_missing": N_("A picture of Opmaat ({name}) is missing. Install Opmaat again."),
    "ui.unexpected": N_(
        "Something went wrong in Opmaat ({type}). What was saved stays saved. Close the vault, open it again and "
        "tell your administrator when it happens again."
    ),
}
