"""What the columns of a region workbook are for, as notes on their headers."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

_NOTES: Mapping[str, str] = {
    "settings.region": N_("The id of the region: small letters, digits and _."),
    "settings.interview": N_("The interview that the workbook is laid over. Leave it as it is."),
    "settings.interview_version": N_("The version of that interview. Leave it as it is."),
    "settings.talks": N_("In which weeks of the route progress is talked about, such as 13 26 39."),
    "letterhead.logo_text": N_("What the logo shows, for people who cannot see it."),
    "letterhead.colour": N_("The colour of headings as #RRGGBB, dark enough for white paper."),
    "letterhead.footer": N_("One line at the bottom of each page, such as an address."),
    "name": N_("A short name that other cells use: small letters, digits and _."),
    "label": N_("What people read, in Dutch."),
    "legal_route": N_("Which route of the law this carries out: B1, O or Z."),
    "start_dates": N_("When a group starts: dates as 2027-01-11, with a space between."),
    "capacity": N_("How many places a group has."),
    "half_days": N_("How many half-days a week."),
    "switch_to": N_("Routes one may change to after this module, with a space between. Empty means none."),
    "when": N_("When it holds. ${name} = 'ja' means: when the answer to name is ja. Empty means always."),
    "goal": N_("The goal in the first person, in Dutch: Ik …"),
    "lead": N_("Who leads first: caseworker, municipality, or the name of a partner."),
    "who": N_("Who takes the step: person, caseworker, municipality or the name of a partner, with ; between."),
    "term_weeks": N_("Ready so many weeks after the start of the route; below 0 is before it."),
    "starts": N_("Write ja where the step begins then."),
    "funding": N_("What pays for it."),
    "phone": N_("A partner without a telephone number is not printed under who helps."),
    "week.kind": N_("What the half-day is for. Half-days that are not named are free."),
    "child": N_("Where a child below school age is then."),
    "from": N_("The first day of the holiday, as 2027-07-10."),
    "to": N_("The last day of the holiday, as 2027-08-22."),
}


def region_notes() -> Mapping[str, str]:
    """Return the English note of each column, by `sheet.column` or by column."""
    return _NOTES
