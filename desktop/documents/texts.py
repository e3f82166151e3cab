"""The fixed texts of the printed documents, in Dutch; every one is a msgid of the catalogue `plan`."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

PLAN: Mapping[str, str] = {
    "title": N_("Ondersteuningsplan"),
    "of": N_("van"),
    "in_short": N_("Dit plan in het kort"),
    "mine": N_("Dit plan is van mij."),
    "mine_more": N_(
        "Ik mag nee zeggen op een vraag. Ik mag het plan lezen, verbeteren en een kopie krijgen. "
        "Dit plan is geen besluit. Het besluit (PIP) krijg ik apart van de gemeente."
    ),
    "who": N_("Wie ben ik?"),
    "story": N_("Mijn verhaal over leren en werken"),
    "important": N_("Wat voor mij belangrijk is"),
    "can": N_("Wat kan ik?"),
    "strong": N_("Hier ben ik sterk in"),
    "experience": N_("Mijn ervaring en de waarde hier"),
    "languages": N_("Mijn talen"),
    "language": N_("Taal"),
    "listening": N_("luisteren"),
    "speaking": N_("spreken"),
    "reading": N_("lezen"),
    "writing": N_("schrijven"),
    "myself": N_("Wat lukt mij zelf?"),
    "goes_well": N_("Dit gaat goed"),
    "wants_help": N_("Hier wil ik hulp bij"),
    "scale": N_(
        "1 = nu snel hulp nodig, 3 = een deel lukt, 5 = het lukt helemaal zelf. Gezondheid staat apart, niet hier."
    ),
    "web_now": N_("nu"),
    "web_target": N_("mijn doel"),
    "need": N_("Wat heb ik nodig?"),
    "need_intro": N_(
        "Bij elk doel staat wat wij doen en wie de leiding heeft. De leiding gaat stap voor stap naar mij."
    ),
    "goal": N_("Doel ${nummer}."),
    "why": N_("Waarom:"),
    "done_when": N_("Klaar als:"),
    "lead": N_("Wie heeft de leiding?"),
    "lead_other": N_("begeleider"),
    "lead_municipality": N_("gemeente"),
    "lead_partner": N_("organisatie"),
    "lead_together": N_("samen"),
    "lead_person": N_("ik zelf"),
    "number": N_("nr"),
    "action": N_("Actie"),
    "who_pays": N_("Wie, betaald uit"),
    "ready": N_("Klaar op"),
    "routes": N_("Welke route past bij mij?"),
    "routes_intro": N_(
        "Elke route is apart bekeken. Er is geen score. De gemeente besluit. Hier staat wat ervoor en ertegen is."
    ),
    "for": N_("voor"),
    "against": N_("tegen"),
    "neutral": N_("neutraal"),
    "conclusion": N_("Conclusie"),
    "proposed": N_("voorstel"),
    "no_reason": N_("nog geen reden opgeschreven"),
    "week_year": N_("Mijn week en mijn jaar"),
    "week": N_("Mijn week"),
    "week_from": N_("Mijn week vanaf ${datum}"),
    "morning": N_("ochtend"),
    "afternoon": N_("middag"),
    "year": N_("Mijn jaar: ${weken} lesweken"),
    "may_change": N_("Ik mag van route wisselen"),
    "talk": N_("Voortgangsgesprek"),
    "holiday": N_("Vakantie: geen les"),
    "closed": N_("Feestdag, geen les:"),
    "words": N_("Woorden in dit plan"),
    "word": N_("woord"),
    "meaning": N_("betekenis"),
    "agreements": N_("Onze afspraken"),
    "helpers": N_("Wie helpt mij?"),
    "own_words": N_("Wat ik zelf nog wil zeggen"),
    "reaction": N_("Wat ik van dit plan vind"),
    "agrees_yes": N_("Ik ben het eens met dit plan."),
    "agrees_partly": N_("Ik ben het voor een deel eens met dit plan."),
    "agrees_no": N_("Ik ben het niet eens met dit plan."),
    "sign": N_("Wij spreken dit zo af"),
    "read_aloud": N_("Dit plan is aan mij voorgelezen in het ${taal} op ${datum}."),
    "read_aloud_interpreter": N_("Tolk: nummer ${nummer}."),
    "not_read_aloud": N_("Dit plan is nog niet aan mij voorgelezen."),
    "changed": N_("Wat is er anders dan in het plan dat ik tekende?"),
    "sign_person": N_("Ik"),
    "sign_caseworker": N_("Begeleider azc"),
    "sign_municipality": N_("Gemeente"),
    "page": N_("pagina ${nummer} van ${totaal}"),
    "web_alt": N_("Zelf regelen, van 1 tot 5."),
}
"""Texts of the support plan by their place."""

DUTCH: Mapping[str, str] = {
    "translation_machine": N_("Vertaling: door een machine, nog niet nagekeken"),
    "translation_reviewed": N_("Vertaling: nagekeken"),
    "translation_gaps": N_("NL = nog niet vertaald"),
    "draft": N_("Concept: nog niet ondertekend"),
    "working_copy": N_("Kopie om in te werken: wat geldt, is het plan dat ondertekend is."),
    "version": N_("versie ${nummer}"),
    "sealed": N_("zegel ${zegel}"),
    "letter": N_("teken"),
    "case": N_("Dossier"),
    "now": N_("nu"),
    "from": N_("vanaf"),
    "starts": N_("start"),
    "paid_from": N_("uit"),
    "done": N_("gedaan"),
}
"""Texts that stand in Dutch only, for the professionals who use the page."""

REPORT: Mapping[str, str] = {
    "title": N_("Intakeverslag brede intake"),
    "weighing": N_("Afweging van de drie leerroutes"),
    "for_whom": N_("Voor"),
    "test": N_("Leerbaarheidstoets"),
    "outcome": N_("Uitkomst"),
    "talked_on": N_("Gesproken op"),
    "no_score": N_("Elke route is apart bekeken. Er is geen score. De gemeente besluit."),
    "legal": N_("ECLI:NL:RVS:2024:5413; Wet, art. 8, 9 en 15"),
    "source": N_("Bron"),
    "conclusion": N_("Conclusie per route"),
    "preference": N_("Voorkeur en reactie van ${naam}"),
    "advice": N_("Advies"),
    "decision": N_("Besluit"),
    "parts": N_("Wettelijke onderdelen van de intake"),
    "part": N_("Onderdeel"),
    "done": N_("Gedaan"),
    "basis": N_("Grondslag"),
    "core": N_("Deel kern · bevat geen gezondheidsgegevens"),
    "no_reason": N_("Nog geen conclusie opgeschreven."),
    "deviation": N_("Reden om af te wijken van de toets"),
    "score": N_("${score}, nodig is ${nodig}"),
    "not_needed": N_("niet nodig (${wie})"),
    "not_taken": N_("nog niet gedaan"),
    "unknown": N_("nog niet bekend"),
    "prefers": N_("Voorkeur: ${route}."),
    "wants_study": N_("Wil studeren: ${antwoord}."),
    "report_yes": N_("Dit verslag klopt volgens mij."),
    "report_partly": N_("Dit verslag klopt volgens mij voor een deel."),
    "report_no": N_("Dit verslag klopt volgens mij niet."),
    "reacts": N_("Reactie: ${reactie}"),
    "told_in": N_("Besproken in het ${taal} op ${datum}."),
    "not_asked": N_("Nog niet gevraagd."),
    "advised_by": N_("${naam}, ${datum}:"),
    "adviser": N_("De begeleider"),
    "no_advice": N_("nog geen advies"),
    "decided": N_(
        "Dit verslag is geen besluit. Het college van de gemeente besluit over de route, in het PIP. "
        "Daartegen staat bezwaar open."
    ),
    "not_yet": N_("nog niet"),
    "not_applicable": N_("niet van toepassing"),
    "no_argument": N_("geen reden genoemd"),
}
"""Texts of the intake report, which is in Dutch."""

RECOVERY: Mapping[str, str] = {
    "title": N_("Herstelsleutel"),
    "lead": N_("Hiermee opent u Opmaat als u uw wachtzin niet meer weet."),
    "warning": N_("Wie dit blad en de laptop heeft, kan alle dossiers in deze kluis lezen."),
    "warning_more": N_("Bewaar het in de kluis van uw organisatie, nooit bij de laptop."),
    "of": N_("Van"),
    "organisation": N_("Organisatie"),
    "made": N_("Gemaakt op"),
    "check": N_("Controlecode"),
    "words": N_("De ${aantal} woorden, van links naar rechts"),
    "use": N_("Zo gebruikt u de sleutel"),
    "lost": N_("Kwijt of gezien door een ander?"),
    "lost_more": N_("Open Opmaat en maak bij Instellingen een nieuwe herstelsleutel. Dan opent dit blad niets meer."),
    "code_alt": N_("QR-code met dezelfde woorden als hierboven"),
    "keep": N_("Bewaren: vul in met pen"),
    "safe": N_("Plaats van de kluis"),
    "put_in": N_("In de kluis gelegd door, datum"),
    "taken_out": N_("Uit de kluis gehaald door, datum"),
    "fold": N_(
        "Vouw hier naar binnen en plak dicht. Zet uw naam over de plakrand: zo ziet u of iemand het blad heeft geopend."
    ),
    "secret": N_("Geheim: niet mailen of fotograferen"),
    "sheet": N_("Sleutelblad 1 van 1"),
}
"""Texts of the recovery sheet, which is in Dutch."""

RECOVERY_STEPS: tuple[str, ...] = (
    N_("Start Opmaat, kies uw naam en dan: Open met uw herstelsleutel op papier."),
    N_("Typ de woorden over, van links naar rechts. Hoofdletters maken niet uit."),
    N_("Het laatste woord, ${code}, is een controle: klopt een ander woord niet, dan zegt Opmaat dat."),
    N_("Kies een nieuwe wachtzin. Maak daarna bij Instellingen een nieuw blad: dan opent dit blad niets meer."),
)
"""How to use the recovery sheet, step by step."""
