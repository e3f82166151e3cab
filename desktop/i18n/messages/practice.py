"""Messages of the practice environment."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "practice.case_broken": N_(
        "The invented person could not be read, so the practice environment is empty. Add a person yourself."
    ),
}
