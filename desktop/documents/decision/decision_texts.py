"""The fixed texts of the decision (PIP), in Dutch; every one is a msgid of the catalogue `plan`.

What the municipality decides, its wording of objection and its mandate are not here: they are filled in.
"""

from collections.abc import Mapping

from desktop.i18n.mark import N_
from desktop.plan.law.deadlines import DateKey

DECISION: Mapping[str, str] = {
    "title": N_("Besluit: uw persoonlijk plan inburgering en participatie (PIP)"),
    "draft": N_("Concept: dit is nog geen besluit."),
    "dated": N_("Datum van dit besluit (dagtekening)"),
    "reference": N_("Ons kenmerk"),
    "v_number": N_("V-nummer"),
    "contact": N_("Contactpersoon"),
    "talked": N_("Wij hebben met u gesproken op ${dagen}."),
    "letter": N_("U moet inburgeren. In deze brief staat wat wij besluiten. Uw plan hoort erbij: dat is deel 2."),
    "decide": N_("Wij besluiten"),
    "doing": N_("Wat u gaat doen"),
    "part": N_("Onderdeel"),
    "basis": N_("Grondslag"),
    "why": N_("Waarom deze leerroute"),
    "weighed": N_("Wij hebben alle drie de leerroutes bekeken."),
    "term": N_("Uw termijn"),
    "unchanged": N_("Wordt dit plan later aangepast? Dan verandert het begin van uw termijn niet."),
    "asked": N_("Wat wij van u vragen"),
    "asked_more": N_(
        "U volgt de lessen en komt naar de gesprekken. Kunt u niet komen? Zeg het ons op tijd. "
        "Werkt u niet of te weinig mee, dan legt de gemeente een boete op (Wet, art. 23)."
    ),
    "objection": N_("Bent u het niet eens met dit besluit?"),
    "objection_until": N_("U kunt bezwaar maken tot en met ${datum}."),
    "data": N_("Uw gegevens"),
    "data_more": N_(
        "U mag uw gegevens zien en laten verbeteren. DUO krijgt van ons de datum, de leerroute, het niveau en de "
        "geschatte uren. De school krijgt alleen uw naam, adres, leerroute, intensiteit en termijn (Besluit, art. 9.2)."
    ),
    "explained": N_("Zo is dit besluit uitgelegd: ${hoe}."),
    "on_behalf": N_("Namens het college,"),
    "attachments": N_("Bijlagen"),
    "attached_plan": N_("Uw plan (deel 2), versie ${nummer}, zegel ${zegel}"),
    "attached_plan_draft": N_("Uw plan (deel 2)"),
    "receipt": N_("Uw handtekening voor ontvangst is geen akkoord en geen voorwaarde voor dit besluit."),
    "page": N_("pagina ${nummer} van ${totaal}"),
}
"""Texts of the letter by their place."""

DECISION_DUTCH: Mapping[str, str] = {
    "name": N_("Besluit PIP, deel 1"),
    "reference": N_("Kenmerk"),
    "version": N_("besluit ${nummer}"),
    "mandate": N_("Mandaat: ${mandaat}"),
}
"""Texts that stand in Dutch only, for the professionals who use the page."""

DATE_TITLES: Mapping[DateKey, str] = {
    "term_start": N_("Eerste dag"),
    "route_change": N_("Laatste dag om van leerroute te wisselen"),
    "extension": N_("Eerste dag om bij DUO verlenging te vragen"),
    "term_end": N_("Laatste dag om klaar te zijn"),
}
"""The dates of the term that stand in the letter."""
