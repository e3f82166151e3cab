"""What several pages say in the same words: what a person is called, a moment, how long nothing happened."""

from datetime import datetime
from functools import cache

from desktop.i18n import Catalogue, format_day, format_time, isolate
from desktop.i18n.catalogue import load_catalogue
from desktop.i18n.formatting import weekdays
from desktop.i18n.messages import text_for
from desktop.plan.law.deadlines import LegalDate
from desktop.plan.model.support_plan import MissingItem
from desktop.services.dossier.step_age import StepAge
from desktop.services.handover.handover_parts import LateEntries
from protocol.errors import UserError


def first_name(name: str) -> str:
    """Return the word by which a person is called in running text."""
    return name.split(maxsplit=1)[0] if name.split() else name


def authored(author: str, organisation: str) -> str:
    """Return who wrote something: the name that was written down, and the organisation of the device that wrote it."""
    return " · ".join(isolate(part) for part in (author, organisation) if part)


def moment_text(moment: datetime, texts: Catalogue) -> str:
    """Return day and time of `moment` at this machine, in words of the interface."""
    return f"{format_day(moment.astimezone().date(), texts.language.tag)} {format_time(moment)}"


def age_words(age: StepAge, texts: Catalogue) -> str:
    """Return how long a handover has stood still, as a sentence."""
    if age.stuck:
        return texts.plural("No step for {n} day.", "No step for {n} days.", age.days)
    if not age.days:
        return texts.text("The last step was today.")
    return texts.plural("The last step was {n} day ago.", "The last step was {n} days ago.", age.days)


def late_words(late: LateEntries, texts: Catalogue) -> str:
    """Return how much an organisation wrote in a case after it had handed it over, as a sentence."""
    return texts.plural(
        "{n} entry that {organisation} wrote after the handover has arrived. It is kept apart and not used.",
        "{n} entries that {organisation} wrote after the handover have arrived. They are kept apart and not used.",
        late.count,
        organisation=late.organisation,
    )


def reasons_of(day: LegalDate, texts: Catalogue) -> str:
    """Return why a date of the law falls where it does, in sentences of the language of `texts`."""
    plan = _plan_texts(texts.language.tag)
    return " ".join(each.in_other(plan.find, rtl=plan.language.is_rtl).text for each in day.why)


@cache
def _plan_texts(tag: str) -> Catalogue:
    return load_catalogue(tag, "plan")


def missing_text(item: MissingItem, texts: Catalogue) -> str:
    """Return what to tell about something missing in a plan; its detail `weekday` counts from 0 for Monday."""
    details = dict(item.details)
    if "weekday" in details:
        details["weekday"] = weekdays(texts.language.tag)[int(details["weekday"])]
    return text_for(UserError(item.code, details), texts)
