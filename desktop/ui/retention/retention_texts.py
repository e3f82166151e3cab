"""The words of retention: why something must go, what goes and what stays, and what kind of source says so."""

from collections.abc import Mapping

from desktop.i18n import N_, Catalogue, format_date
from desktop.services.rights.retention import DueRow
from desktop.ui.kit.controls.chip import ChipKind

WHY: Mapping[str, str] = {
    "health_key": N_("The case was received elsewhere. What is about health may only be used where the case is."),
    "azc_copy": N_("The case was accepted elsewhere 30 days ago or longer. Everything is there."),
    "duty_ended": N_("The civic integration duty ended five years ago or longer."),
    "died": N_("The person has died."),
    "colleague_erased": N_(
        "A colleague erased this case. The server takes nothing of it any more, so this copy must go too."
    ),
}
"""Why, by rule, once its day has come."""

LATER: Mapping[str, str] = {
    "health_key": N_("What is about health may only be used where the case is."),
    "azc_copy": N_("30 days after the case was accepted elsewhere"),
    "duty_ended": N_("Five years after the civic integration duty ended"),
    "died": N_("The person has died."),
    "colleague_erased": N_("A colleague erased this case."),
    "mistake": N_("Made by mistake"),
}
"""Why, by rule, before its day, and of what was erased."""

GOES: Mapping[str, str] = {
    "": N_("Goes: answers, notes, plan, attachments and keys of this case, here and in your backups."),
    "health": N_("Goes: the key to what is about health, here and in your backups."),
}
"""What goes, by compartment."""

STAYS: Mapping[str, str] = {
    "": N_(
        "Stays: the day and the reason, without a name. The server is told, and erases its copy once nobody else has "
        "the case; your colleagues see that they must erase theirs. Paper and saved files are apart."
    ),
    "health": N_("Stays: everything else of this case, and that something about health is there."),
}
"""What stays, by compartment."""

CLAIMED = N_(
    "The other organisation says that this was on {claimed}. That cannot be, so the term is counted from what this "
    "laptop knows. Perhaps a clock is wrong: call your colleague there."
)
"""Where the clock of the other side would shorten or lengthen a term."""

LABELS: Mapping[str, tuple[str, ChipKind, str]] = {
    "law": (N_("Law"), "current", "book"),
    "guidance": (N_("Guidance"), "neutral", "info"),
    "proposal": (N_("Our proposal"), "neutral", "hand"),
}
"""What kind of source a rule has."""


def claimed_words(row: DueRow, texts: Catalogue) -> str:
    """Return that the other side names a day that cannot be, blank where it does not."""
    return "" if row.claimed is None else texts.text(CLAIMED, claimed=format_date(row.claimed))


def later_detail(row: DueRow, texts: Catalogue) -> str:
    """Return when something that is not due yet will be, and why."""
    rule = row.term.rule
    words = (format_date(row.term.day), texts.text(LATER[rule.key]), rule.source, claimed_words(row, texts))
    return " · ".join(word for word in words if word)
