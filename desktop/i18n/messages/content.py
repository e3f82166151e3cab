"""Messages of what an organisation publishes: its region workbook and its logo."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "content.damaged": N_(
        "This workbook is not whole, so it was not used and the one before stays. Ask your administrator for it again."
    ),
    "content.ending": N_("This is not a workbook that can be published. Save it as xlsx or md, then try again."),
    "content.invented_name": N_(
        "Sheet {sheet}: there is a name with “(voorbeeld)” behind it. Those are invented, for practice. Write your own."
    ),
    "content.logo_wrong": N_("The logo cannot be used. Save it as a PNG of at most 64 KiB, then try again."),
    "content.none": N_(
        "There is no workbook of your organisation on this laptop. Synchronise, or read it from a file under Settings."
    ),
    "content.not_fetched": N_(
        "The newest workbook of your organisation did not come along. The one before stays; the next synchronisation "
        "fetches it."
    ),
    "content.not_published": N_("Nothing was published. Mend what is listed, then publish again."),
    "content.not_signed": N_(
        "This workbook is not signed by your organisation, so it was not used. Ask your administrator where it is from."
    ),
    "content.older": N_(
        "This is version {version} of the workbook, and version {newer} is here already. Ask your administrator for "
        "the newest file."
    ),
    "content.other_organisation": N_(
        "This workbook is of another organisation, so it was not used. Ask your administrator for the file of your own."
    ),
    "content.too_large": N_(
        "This file is larger than a workbook may be, so it was not read. Ask your administrator for the right file."
    ),
    "content.version_unknown": N_("This version was never published. See which there are, then choose one of those."),
}
