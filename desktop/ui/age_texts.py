"""How long a handover has stood still, in words."""

from desktop.i18n import Catalogue
from desktop.services.dossier.step_age import StepAge


def age_words(age: StepAge, texts: Catalogue) -> str:
    """Return the age as a sentence."""
    if age.stuck:
        return texts.plural("No step for {n} day.", "No step for {n} days.", age.days)
    if not age.days:
        return texts.text("The last step was today.")
    return texts.plural("The last step was {n} day ago.", "The last step was {n} days ago.", age.days)
