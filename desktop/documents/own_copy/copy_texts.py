"""The fixed texts of a person's own copy, in Dutch; every one is a msgid of the catalogue `plan`.

What must be told with it is in AVG art. 15 lid 1 and art. 20; the complaint in art. 77.
"""

from collections.abc import Mapping

from desktop.i18n.mark import N_

COPY: Mapping[str, str] = {
    "title": N_("Mijn gegevens"),
    "subtitle": N_("Alles wat over mij is opgeschreven"),
    "of": N_("van"),
    "unsealed": N_("Let op: dit blad is niet beveiligd. Wie het heeft, kan alles lezen. Bewaar het goed."),
    "rights": N_("Dit zijn mijn rechten"),
    "answers": N_("Mijn antwoorden"),
    "notes": N_("Wat mijn begeleider erbij schreef"),
    "plan": N_("Wat in mijn plan is veranderd"),
    "steps": N_("Wat er met mijn dossier is gebeurd"),
    "attachments": N_("Bestanden in mijn dossier"),
    "nothing": N_("Hier is niets opgeschreven."),
    "health": N_("Dit deel gaat over gezondheid. Het staat apart en alleen de gemeente mag het gebruiken."),
    "hidden": N_("Over gezondheid staat er meer. Deze laptop kan dat niet lezen; vraag het aan de gemeente."),
    "declined": N_("Dit wilde ik niet zeggen."),
    "unknown": N_("Dit wist ik niet."),
    "cleared": N_("Dit is weggehaald."),
    "replaced": N_("eerder:"),
    "conflict": N_("er staan twee antwoorden:"),
    "file_away": N_("Dit bestand zit niet bij deze kopie: het is nog niet op deze laptop. Vraag er later naar."),
    "file_closed": N_("Dit bestand zit niet bij deze kopie: deze laptop mag het niet lezen. Vraag het de gemeente."),
    "file_damaged": N_("Dit bestand zit niet bij deze kopie: het is beschadigd of niet te lezen."),
    "page": N_("pagina ${nummer} van ${totaal}"),
}
"""Texts by their place."""

COPY_DUTCH: Mapping[str, str] = {
    "document": N_("uit een document"),
    "coa": N_("van COA"),
    "observation": N_("gezien door de begeleider"),
    "interpreter": N_("met tolk"),
}
"""Texts of the quiet line of who, when and how, in Dutch only: for the professional who is asked about it."""

RIGHTS: tuple[str, ...] = (
    N_("Ik mag zien wat over mij is opgeschreven, en een kopie krijgen."),
    N_("Ik mag zeggen dat iets niet klopt. Dan wordt het verbeterd."),
    N_("Ik mag vragen om iets te wissen. Soms moet de gemeente het van de wet bewaren; dan krijg ik de reden."),
    N_("De gemeente gebruikt dit om mij te helpen met inburgeren. Dat is haar taak volgens de wet."),
    N_("Het azc en mijn gemeente kunnen dit lezen. De taalschool krijgt alleen wat nodig is voor de les."),
    N_("Het azc wist zijn kopie 30 dagen nadat de gemeente mijn dossier heeft aangenomen."),
    N_("De gemeente wist mijn gegevens 5 jaar nadat mijn inburgering klaar is."),
    N_("Geen computer beslist over mij. Een mens beslist."),
    N_("Ben ik het niet eens? Ik praat met mijn begeleider, of ik klaag bij de Autoriteit Persoonsgegevens."),
)
"""What a person must be told with the copy, each with its ground in `GROUNDS`."""

GROUNDS: tuple[str, ...] = (
    "AVG art. 15",
    "AVG art. 16",
    "AVG art. 17",
    "Wet inburgering 2021, art. 14",
    "AVG art. 15 lid 1 c",
    "voorstel van Opmaat",
    "Besluit inburgering 2021, art. 9.9",
    "AVG art. 22",
    "AVG art. 77",
)
"""The grounds of `RIGHTS`, in Dutch as in the law; what is not law says so."""

PLAN_PARTS: Mapping[str, str] = {
    "route": N_("Leerroute"),
    "argument": N_("Reden voor of tegen een route"),
    "goal": N_("Doel"),
    "week": N_("Mijn week"),
    "child": N_("Mijn kind"),
    "story": N_("Mijn verhaal over leren en werken"),
    "own_words": N_("Wat ik zelf nog wil zeggen"),
    "feedback": N_("Wat ik van dit plan vind"),
    "self_reliance": N_("Wat lukt mij zelf?"),
    "agreement": N_("Afspraak"),
    "helper": N_("Wie helpt mij?"),
    "read_aloud": N_("Het plan is voorgelezen"),
    "signature": N_("Handtekening"),
    "duty": N_("Einde van de inburgering"),
    "term": N_("Termijnen van de inburgering"),
    "pip": N_("Besluit van de gemeente (PIP)"),
    "workbook": N_("Welk werkboek van de organisatie dit plan volgt"),
}
"""The parts of a plan, by the first word of their field (`desktop.plan.model.edits`)."""

STEPS: Mapping[str, str] = {
    "dossier_opened": N_("Mijn dossier is begonnen"),
    "conversation_started": N_("Er was een gesprek"),
    "plan_frozen": N_("Een plan is vastgelegd om te ondertekenen"),
    "pip_issued": N_("De gemeente heeft een besluit genomen (PIP)"),
    "document_made": N_("Er is een document gemaakt"),
    "progress_talk": N_("Er is een gesprek over de voortgang opgeschreven"),
    "progress_hours": N_("Er zijn uren opgeschreven die ik volgde"),
    "progress_absence": N_("Er is opgeschreven dat ik er niet was"),
    "progress_module": N_("Er is opgeschreven hoe het met een module ging"),
    "progress_level": N_("Er is een niveau van mijn Nederlands opgeschreven"),
    "progress_exam": N_("Er is iets over een examen opgeschreven"),
    "progress_exemption": N_("Er is een vrijstelling of ontheffing opgeschreven"),
    "progress_milestone": N_("Er is opgeschreven dat een deel van de inburgering klaar is"),
    "progress_withdrawn": N_("Iets over mijn voortgang is teruggenomen"),
    "translation_flagged": N_("De tolk zei: deze vertaling klopt niet"),
    "key_dropped": N_("Het azc kan het deel over gezondheid niet meer lezen"),
    "case_viewed": N_("Iemand heeft mijn dossier geopend"),
    "attachment_added": N_("Er is een bestand toegevoegd"),
    "attachment_removed": N_("Er is een bestand weggehaald"),
    "contact_named": N_("Er is een contactpersoon opgeschreven"),
    "message_written": N_("Er is een bericht over mij geschreven"),
    "task_kept": N_("Iemand beloofde iets te doen, of deed het"),
    "chosen": N_("Er is een gemeente gekozen"),
    "prepared": N_("Mijn dossier is klaargemaakt voor de gemeente"),
    "offered": N_("Mijn dossier is naar de gemeente gestuurd"),
    "withdrawn": N_("Mijn dossier is teruggehaald"),
    "received": N_("De gemeente heeft mijn dossier gekregen"),
    "talk_planned": N_("Er is een gesprek met z'n drieën afgesproken"),
    "talk_held": N_("Het gesprek met z'n drieën is geweest"),
    "accepted": N_("De gemeente heeft mijn dossier aangenomen"),
    "returned": N_("De gemeente heeft mijn dossier teruggestuurd met een vraag"),
}
"""What happened, by kind of event or step."""
