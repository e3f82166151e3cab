"""The fixed lists of the law and of the house: topics of the weighing, statutory parts, domains, legal routes."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.i18n.mark import N_
from desktop.plan.model.support_plan import LegalRoute


@dataclass(frozen=True, slots=True)
class Topic:
    """One row of the weighing table: its name and the article it comes from."""

    key: str
    label: str
    basis: str


TOPICS: tuple[Topic, ...] = (
    Topic("test", N_("Leerbaarheidstoets"), "Wet 14 lid 3 a"),
    Topic("education_work", N_("Opleiding en werk daar"), "Wet 14 lid 3 b"),
    Topic("language", N_("Taalniveau"), "Besluit 5.2 lid 1 a"),
    Topic("self_reliance", N_("Zelfredzaamheid"), "Besluit 5.2 lid 1 c"),
    Topic("child_care", N_("Kind en opvang"), "Wet 14 lid 3 d"),
    Topic("work_options", N_("Werk: mogelijkheden"), "Besluit 5.2 lid 1 b"),
    Topic("wish", N_("Wens om te studeren"), "Wet 8 lid 1"),
    Topic("other", N_("Andere redenen"), "Wet 15"),
)
"""The rows of the weighing, in printed order. `other` holds reasons the caseworker added without a topic."""

TOPIC_KEYS = frozenset(topic.key for topic in TOPICS)

ROUTE_LABELS: Mapping[LegalRoute, str] = {
    "O": N_("Onderwijsroute"),
    "B1": N_("B1-route"),
    "Z": N_("Zelfredzaamheidsroute (Z)"),
}
"""The names of the legal routes; they stay Dutch, with a gloss in the person's language."""

ROUTE_MEANINGS: Mapping[LegalRoute, str] = {
    "O": N_("Nederlands leren om daarna een opleiding te doen"),
    "B1": N_("Nederlands leren tot niveau B1, vaak samen met werk"),
    "Z": N_("Nederlands leren voor het dagelijks leven, met veel oefenen"),
}
"""What each legal route is, in plain words."""

DOMAIN_ICONS: Mapping[str, str] = {
    "language": "book",
    "child": "child",
    "work": "care",
    "learning": "book",
    "money": "money",
    "housing": "home",
    "network": "people",
    "participation": "people",
    "digital": "phone",
    "care": "hand",
}
"""The domains of a goal and the pictogram of each."""

DAYS: tuple[str, ...] = (N_("maandag"), N_("dinsdag"), N_("woensdag"), N_("donderdag"), N_("vrijdag"))
"""The days on which there may be lessons."""

DAY_CODES: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri")
"""The same days as a region workbook writes them."""
