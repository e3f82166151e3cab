"""Messages of retention duties and of erasing."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "retention.future": N_("This day has yet to come. Choose the day it really happened, or wait until then."),
    "retention.handed_on": N_(
        "Somebody else has something of this case: another organisation, or the person has a copy. So it is no mistake "
        "and stays until its term has passed. Call your colleague there if it must go."
    ),
    "retention.no_such_case": N_("No case in this vault has this number. Look at the people list."),
    "retention.signed": N_(
        "A plan was signed in this case, so it is no mistake and stays until its term has passed. "
        "Is it about the wrong person? Ask your administrator what to do."
    ),
    "retention.not_confirmed": N_(
        "Nothing was erased: what you typed is not the case number. Type {number} to erase this case for good."
    ),
    "retention.not_due": N_("This case does not have to be erased now. Look at the list again; it may have changed."),
    "retention.not_sent": N_(
        "Something of this case has not reached the server yet and would be lost. Connect first, then erase."
    ),
    "records.erased": N_(
        "A key came in for a case that was erased on this laptop, and was turned away. "
        "Nothing needs to be done. If the case must come back, ask for a new vault."
    ),
    "records.erased_elsewhere": N_(
        "A colleague erased a case that is on this laptop too. "
        "Open Settings, What must be erased, and erase it here as well."
    ),
    "vault.not_certified": N_(
        "This vault was restored from a backup and has not joined its organisation again. What you write is safe here. "
        "Ask your administrator for a new invitation, and open it in Settings."
    ),
}
