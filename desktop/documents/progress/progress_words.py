"""The fixed texts of the overview of the progress, in Dutch; every one is a msgid of the catalogue `plan`."""

from collections.abc import Mapping

from desktop.i18n.mark import N_
from desktop.plan.progress.progress import ExamState, Measure, ModuleMarkState

OVERVIEW: Mapping[str, str] = {
    "title": N_("Uw voortgang"),
    "words": N_("Wat u zelf zei"),
    "route": N_("Uw route"),
    "hours": N_("Uren"),
    "levels": N_("Niveau van uw Nederlands"),
    "exams": N_("Examens"),
    "talks": N_("Gesprekken over de voortgang"),
    "law": N_("Wat de wet nu vraagt of toestaat"),
    "own": N_("Een niveau zegt waar u nu staat. Het is geen cijfer voor een mens."),
    "right": N_("Klopt iets niet? Zeg het. U mag uw gegevens zien en laten verbeteren."),
    "page": N_("pagina ${nummer} van ${totaal}"),
}
"""Texts by their place."""

OVERVIEW_DUTCH: Mapping[str, str] = {"name": N_("Overzicht voortgang"), "made": N_("stand van ${datum}")}
"""Texts that stand in Dutch only, for the professionals who use the page."""

MODULE = N_("Module ${nummer}: ${naam}")
WEEKS = N_("${van} tot en met ${tot}: ${stand}")
MODULE_STATES: Mapping[ModuleMarkState, str] = {
    "later": N_("nog niet begonnen"),
    "now": N_("nu bezig"),
    "done": N_("klaar"),
    "not_done": N_("niet klaar"),
    "skipped": N_("overgeslagen"),
    "repeated": N_("nog een keer"),
    "past": N_("voorbij"),
}
FOLLOWED = N_("${uren} uur gevolgd")
OF: Mapping[Measure, str] = {
    "needed": N_("${uren} van ${aantal} uur die de wet vraagt"),
    "estimated": N_("${uren} van ${aantal} uur, geschat in het besluit"),
    "planned": N_("${uren} van ${aantal} uur die de route plant"),
    "agreed": N_("${uren} van ${aantal} uur, afgesproken in het besluit"),
}
CLOSED = N_("Afgesloten op ${datum}")
ABSENT = N_("Niet geweest")
HALF_DAYS = N_("Dagdelen met bericht: ${met}. Dagdelen zonder bericht: ${zonder}.")
AT_INTAKE = N_("Bij de intake: ${niveau}")
NOW = N_("Nu: ${niveau} (${datum})")
AIM = N_("Doel in het plan: ${niveau}")
EXAM_STATES: Mapping[ExamState, str] = {
    "not_yet": N_("nog niet"),
    "registered": N_("aangemeld voor ${datum}"),
    "passed": N_("gehaald op ${datum}"),
    "again": N_("opnieuw, na ${datum}"),
    "exempt": N_("niet nodig, besluit van ${datum}"),
}
TALK = N_("Gesprek ${nummer}")
HELD = N_("Gehouden op ${datum}")
PLANNED = N_("Gepland op ${datum}")
