"""What is said about a clock that cannot be right."""

from datetime import datetime

from desktop.i18n import Catalogue, format_date, format_time
from desktop.services.sync.clock_check import ClockDoubt, ClockWarning


def clock_text(warning: ClockWarning, texts: Catalogue) -> str:
    """Return why the clock of this laptop is doubted and what to do, with both moments: day, year and time."""
    own, known = _moment(warning.own), _moment(warning.known)
    if warning.doubt is ClockDoubt.DIFFERS:
        return texts.text(
            "The clock of this laptop says {own}, the server says {known}. Set the date and time.", own=own, known=known
        )
    if warning.doubt is ClockDoubt.AHEAD:
        return texts.text(
            "The clock of this laptop says {own}, but the server was last heard on {known}. "
            "Set the date and time if that is wrong.",
            own=own,
            known=known,
        )
    return texts.text(
        "The clock of this laptop says {own}, but it was {known} before. "
        "What you write is saved. Set the date and time.",
        own=own,
        known=known,
    )


def _moment(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{format_date(local.date())} {format_time(local)}"
