"""Messages of retention and erasure."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "records.erased": N_(
        "A key came in for a case that was erased on this laptop, and was turned away. "
        "Nothing needs to be done. If the case must come back, ask for a new vault."
    ),
    "vault.not_certified": N_(
        "This vault was restored from a backup and has not joined its organisation again. What you write is safe here. "
        "Ask your administrator for a new invitation, and open it in Settings."
    ),
}
