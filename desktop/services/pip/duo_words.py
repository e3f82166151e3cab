"""What DUO receives, field by field: the name DUO gives it, what it says, and which words of ours explain it. Pure."""

from dataclasses import dataclass

from desktop.i18n.formatting import format_date
from desktop.plan.pip.duo_message import DuoPip


@dataclass(frozen=True, slots=True)
class DuoLine:
    """One field of the message: DUO's name, the key of its explanation, and its value; blank: it is left out."""

    field: str
    key: str
    value: str


def duo_lines(message: DuoPip) -> tuple[DuoLine, ...]:
    """Return the six fields of `message` in DUO's order."""
    may = {None: "", True: "true", False: "false"}[message.may_finish_school]
    return (
        DuoLine("dagtekeningPip", "dated", format_date(message.dated)),
        DuoLine("leerroute", "route", message.route),
        DuoLine("niveau", "level", message.level or ""),
        DuoLine("geschatteIntensiteitB1Route", "hours", "" if message.hours is None else str(message.hours)),
        DuoLine("indicatorMagOpleidingAfmaken", "school", may),
        DuoLine("indicatorAlfabetiseringsonderwijs", "literacy", message.literacy or ""),
    )
