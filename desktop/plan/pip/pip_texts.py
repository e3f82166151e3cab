"""What a decision says, in Dutch: msgids of the catalogue `plan` with their places."""

from collections.abc import Mapping

from desktop.i18n.mark import N_
from desktop.plan.model.support_plan import LegalRoute

LABELS: Mapping[str, str] = {
    "route": N_("Leerroute"),
    "level": N_("Niveau"),
    "literacy": N_("Lezen en schrijven"),
    "hours": N_("Intensiteit"),
    "pvt": N_("Participatieverklaring (PVT)"),
    "map": N_("Arbeidsmarkt en participatie (MAP)"),
    "self_reliance": N_("Uren van de Z-route"),
    "child": N_("Voorschool (VVE)"),
    "support": N_("Hulp en begeleiding"),
    "talks": N_("Voortgangsgesprekken"),
    "participation": N_("Besluiten Participatiewet"),
    "school": N_("Opleiding die u nu volgt"),
    "exception": N_("Bijzonder geval"),
}

ARTICLES: Mapping[str, str] = {
    "route": "Wet inburgering 2021, art. 15 lid 1 a",
    "level": "Wet, art. 7, 8 en 17 lid 3; Besluit inburgering 2021, art. 3.14 lid 7 en 5.5",
    "literacy": "Besluit inburgering 2021, art. 3.14 lid 2 en 5.5",
    "hours": "Wet, art. 15 lid 2",
    "pvt": "Wet, art. 15 lid 1 c; Besluit, art. 3.1",
    "map": "Wet, art. 15 lid 1 c; Besluit, art. 3.2",
    "self_reliance": "Besluit, art. 3.14",
    "child": "Wet, art. 15 lid 1 d",
    "support": "Wet, art. 15 lid 1 b",
    "talks": "Besluit, art. 5.3 lid 4",
    "participation": "Wet, art. 15 lid 3",
    "school": "DUO, PIP: indicatorMagOpleidingAfmaken",
    "exception": "Besluit, art. 5.4 lid 2",
    "reason": "Wet, art. 8, 9 en 15; ECLI:NL:RVS:2024:5413",
    "deviation": "Wet, art. 14 lid 5",
}

ROUTE_DECIDED: Mapping[LegalRoute, str] = {
    "B1": N_("Uw leerroute is de B1-route."),
    "O": N_("Uw leerroute is de onderwijsroute."),
    "Z": N_("Uw leerroute is de zelfredzaamheidsroute (Z-route)."),
}

LITERACY_DECIDED: Mapping[str, str] = {
    "A": N_("U krijgt les om te leren lezen en schrijven (alfabetisering A)."),
    "AA": N_("U krijgt les om te lezen en te schrijven in ons alfabet (alfabetisering AA)."),
    "NVT": N_("U hebt geen aparte les in lezen en schrijven nodig."),
}

CHILD = N_("Voorschool (VVE) van ${kind}")
LEVEL_DECIDED = N_("U leert Nederlands tot niveau ${niveau}.")
LEVEL_Z = N_("U mag examens Nederlands doen op niveau A2.")
HOURS_DECIDED = N_("Ongeveer ${uren} uur les in taal en KNM.")
STARTS = N_("De lessen beginnen op ${datum}: ${weken} weken, ${dagdelen} dagdelen per week, bij ${school}.")
PVT_DECIDED = N_("${uren} uur. U tekent daarna de participatieverklaring.")
MAP_DECIDED = N_("${uren} uur over acht thema's. Daarna hebt u een eindgesprek met de gemeente.")
MAP_NOT = N_("De MAP hoort niet bij de onderwijsroute.")
Z_LESSONS = N_("800 uur les in taal en KNM, en een eindgesprek met de gemeente.")
Z_ACTIVITIES = N_("800 uur meedoen en oefenen in het Nederlands. De uren van de PVT en de MAP tellen daarvoor mee.")
TALKS_DECIDED = N_("${aantal} gesprekken over hoe het gaat.")
NO_PARTICIPATION = N_("Er zijn nu geen besluiten op grond van de Participatiewet.")
MAY_FINISH = N_("U mag de opleiding die u nu volgt eerst afmaken.")
MAY_NOT_FINISH = N_("U begint met deze leerroute en wacht niet tot uw opleiding klaar is.")
DEVIATES = N_("Waarom wij afwijken van de leerbaarheidstoets")
