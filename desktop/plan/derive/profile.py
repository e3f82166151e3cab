"""What the person told about learning, work, talents and wishes, as sentences of the plan.

Reads the built-in interview by question name; a question that another interview does not have is blank and skipped.
"""

from collections.abc import Iterator, Mapping

from desktop.i18n.formatting import format_date
from desktop.i18n.mark import N_
from desktop.plan.derive.facts import PlanFacts, brief
from desktop.plan.model.edits import PlanEdits, as_date
from desktop.plan.model.plan_text import NO_TEXT, PlanText, free
from desktop.plan.model.support_plan import Competence, LanguageSkill, Point, SelfReliance

MOST_COMPETENCES = 6
"""Cards; more of them say less."""

NOT_ASKED = PlanText(N_("niet gevraagd"))
"""In the place of a level that nobody asked for."""

_FAMILY: Mapping[tuple[str, str], str] = {
    ("gezinsvorm", "alleen"): N_("Ik ben hier alleen."),
    ("gezinsvorm", "paar"): N_("Ik ben hier met mijn partner."),
    ("gezinsvorm", "paar_kind"): N_("Ik ben hier met mijn partner en kinderen."),
    ("gezinsvorm", "ouder"): N_("Ik zorg alleen voor mijn gezin."),
    ("gezinsvorm", "familie"): N_("Ik ben hier met mijn ouders, broers of zussen."),
    ("partner_plek", "buitenland"): N_("Mijn man, vrouw of partner is in een ander land."),
    ("alleen_gekomen", "ja"): N_("Ik kwam als kind alleen naar Nederland."),
}
NO_CODE = "mis"
"""A language that is not in the list, in ISO 639: two of these may be two languages."""

_TALENTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "ouderen": ("care", ("zorg",)),
    "kinderen": ("child", ("zorg", "onderwijs")),
    "luisteren": ("talk", ("zorg",)),
    "uitleggen": ("talk", ("onderwijs",)),
    "samenwerken": ("people", ()),
    "verkopen": ("money", ("handel",)),
    "koken": ("hand", ("horeca",)),
    "schoonmaken": ("home", ("schoonmaak",)),
    "bouwen": ("home", ("bouw",)),
    "repareren": ("hand", ("techniek",)),
    "naaien": ("hand", ("creatief",)),
    "planten": ("star", ("groen",)),
    "rekenen": ("money", ("handel", "administratie")),
    "plannen": ("clock", ()),
    "schrijven": ("book", ()),
    "computer": ("phone", ("ict", "administratie")),
    "talen": ("talk", ()),
    "ideeen": ("star", ()),
}
_SKILLS: tuple[tuple[str, str, str], ...] = (
    ("kan_op_tijd", "clock", N_("Op tijd komen")),
    ("kan_samen", "people", N_("Samenwerken")),
    ("kan_zelfstandig", "person", N_("Alleen werken")),
    ("kan_hulp_vragen", "talk", N_("Hulp vragen")),
    ("kan_opdracht", "book", N_("Een opdracht begrijpen")),
    ("kan_drukte", "care", N_("Werken als het druk is")),
)
SELF_RELIANCE: tuple[tuple[str, str], ...] = (
    ("geld", N_("Geld")),
    ("werk_leren", N_("Werk en leren")),
    ("dag", N_("Dag invullen")),
    ("wonen", N_("Wonen")),
    ("gezin", N_("Gezin")),
    ("zelfzorg", N_("Zelfzorg")),
    ("huishouden", N_("Huishouden")),
    ("netwerk", N_("Netwerk")),
    ("meedoen", N_("Meedoen")),
)
"""The domains of self-reliance in the shared plan. Health, addiction and justice are not among them."""


def story(facts: PlanFacts, edits: PlanEdits) -> tuple[PlanText, ...]:
    """Return the story about learning and working, one sentence each; the caseworker's words replace all of it."""
    own = edits.text("story")
    if own is not None:
        return (free(own, edits.words("story/other")),)
    return tuple(_sentences(facts))


def _sentences(facts: PlanFacts) -> Iterator[PlanText]:
    if facts.value("geboorteland"):
        yield PlanText(N_("Ik kom uit ${land}."), (("land", facts.text("geboorteland")),))
    years = facts.value("schooljaren")
    if years:
        text = N_("Ik ging ${jaren} jaar naar school.") if years != "0" else N_("Ik ging niet naar school.")
        yield PlanText(text, (("jaren", years),))
    for job in facts.rows("baan"):
        if job.get("baan_naam"):
            yield _job_sentence(facts, job)
    yield from (PlanText(said) for (name, answer), said in _FAMILY.items() if facts.value(name) == answer)
    if facts.value("trots"):
        yield PlanText(N_("Ik ben trots op: ${trots}"), (("trots", facts.text("trots")),))


def _job_sentence(facts: PlanFacts, job: Mapping[str, str]) -> PlanText:
    values = (
        ("werk", job["baan_naam"]),
        ("jaren", _years(job, "baan_jaren")),
        ("land", _country(facts, job)),
    )
    if _years(job, "baan_jaren") and job.get("baan_land"):
        return PlanText(N_("Ik werkte ${jaren} jaar in ${land}: ${werk}."), values)
    return PlanText(N_("Ik deed dit werk: ${werk}."), values)


def _country(facts: PlanFacts, job: Mapping[str, str]) -> PlanText:
    """Return where a job was: the words of the row itself for a country that is not in the list."""
    return free(job.get("baan_land_other", "")) or facts.label("baan_land", job.get("baan_land", ""))


def _years(row: Mapping[str, str], question: str) -> str:
    """Return how many years it lasted; blank when unknown or no whole year, which the interview both counts as 0."""
    return "" if row.get(question) in {None, "", "0"} else row[question]


def important(facts: PlanFacts) -> tuple[Point, ...]:
    """Return what is important to the person, in the person's own words."""
    wishes = (
        ("dream", "star", "droom_nl", "droom"),
        ("year", "care", "over_1_jaar", ""),
        ("help", "hand", "wat_helpt", ""),
    )
    points = (
        Point(name, icon, _own_words(facts, dutch, own), facts.refs(dutch) or facts.refs(own))
        for name, icon, dutch, own in wishes
    )
    return tuple(point for point in points if point.text)


def own_words(facts: PlanFacts, edits: PlanEdits) -> PlanText:
    """Return what the person wants to add."""
    typed, other = edits.text("own_words"), edits.words("own_words/other")
    if typed is not None or other:
        return free(typed or "", other)
    return _own_words(facts, "gemeente_weten_nl", "gemeente_weten")


def _own_words(facts: PlanFacts, dutch: str, own: str) -> PlanText:
    return free(facts.value(dutch), facts.value(own) if own else "")


def competences(facts: PlanFacts) -> tuple[Competence, ...]:
    """Return what the person is good at, with where that was seen: in a job, or told in the talk."""
    jobs = facts.rows("baan")
    chosen = [
        (question, code)
        for question in ("talent_mensen", "talent_handen", "talent_hoofd")
        for code in facts.value(question).split()
        if code in _TALENTS
    ]
    skills = [
        Competence(icon, PlanText(label), PlanText(N_("dat lukt altijd")))
        for question, icon, label in _SKILLS
        if facts.value(question) == "altijd"
    ]
    talents = [
        Competence(_TALENTS[code][0], facts.label(question, code), _describe_work(jobs, _TALENTS[code][1]))
        for question, code in chosen
    ]
    named = {card.name.dutch for card in talents}
    fresh = [card for card in skills if card.name.dutch not in named]
    room = MOST_COMPETENCES - len(fresh[:2])
    return tuple((talents[:room] + fresh)[:MOST_COMPETENCES])


def _describe_work(jobs: tuple[Mapping[str, str], ...], sectors: tuple[str, ...]) -> PlanText:
    for job in jobs:
        if job.get("baan_sector") in sectors and job.get("baan_naam"):
            years = _years(job, "baan_jaren")
            template = N_("${jaren} jaar: ${werk}") if years else N_("in mijn werk: ${werk}")
            return PlanText(template, (("werk", job["baan_naam"]), ("jaren", years)))
    return PlanText(N_("verteld in het gesprek"))


def experience(facts: PlanFacts) -> tuple[Point, ...]:
    """Return schools and jobs and what they are worth here."""
    points = [
        Point(f"school{number}", "book", _describe_school(facts, row))
        for number, row in enumerate(facts.rows("school"), start=1)
        if row.get("school_soort") and row.get("school_afloop")
    ]
    points += [
        Point(f"job{number}", _sector_icon(row.get("baan_sector", "")), _job_worth(facts, row))
        for number, row in enumerate(facts.rows("baan"), start=1)
        if row.get("baan_naam")
    ]
    return tuple(points)


def _describe_school(facts: PlanFacts, row: Mapping[str, str]) -> PlanText:
    years = _years(row, "school_jaren")
    values = (
        ("school", facts.label("school_soort", row["school_soort"])),
        ("jaren", years),
        ("afloop", facts.label("school_afloop", row["school_afloop"])),
    )
    return PlanText(N_("${school}, ${jaren} jaar. ${afloop}.") if years else N_("${school}. ${afloop}."), values)


def _job_worth(facts: PlanFacts, row: Mapping[str, str]) -> PlanText:
    proofs = [code for code in row.get("baan_bewijs", "").split() if code != "niets"]
    values = (
        ("werk", row["baan_naam"]),
        ("jaren", _years(row, "baan_jaren")),
        ("bewijs", facts.label("baan_bewijs", proofs[0]) if proofs else NO_TEXT),
    )
    if not _years(row, "baan_jaren"):
        return PlanText(N_("${werk}: telt als werkervaring."), values)
    if proofs:
        return PlanText(N_("${werk}, ${jaren} jaar. Bewijs: ${bewijs}."), values)
    return PlanText(N_("${werk}, ${jaren} jaar: telt als werkervaring."), values)


def _sector_icon(sector: str) -> str:
    return {"zorg": "care", "handel": "money", "onderwijs": "book", "horeca": "hand"}.get(sector, "star")


def language_skills(facts: PlanFacts) -> tuple[LanguageSkill, ...]:
    """Return Dutch first, then the mother tongue, then the other languages."""
    mother, other = facts.value("moedertaal"), facts.value("andere_talen").split()
    rows = [_dutch(facts)] if any(facts.value(f"nl_{skill}") for skill in ("luisteren", "spreken")) else []
    if mother:
        own = PlanText(N_("moedertaal"))
        rows.append(
            LanguageSkill(
                facts.label("moedertaal", mother),
                NO_TEXT,
                own,
                own,
                facts.text("lezen_eigen"),
                facts.text("schrijven_eigen"),
            )
        )
    speaks = PlanText(N_("spreek ik"))
    rows += [
        LanguageSkill(facts.label("andere_talen", code), NO_TEXT, speaks, speaks, NOT_ASKED, NOT_ASKED)
        for code in other
        if code not in {mother, "nl"} - {NO_CODE}
    ]
    return tuple(rows)


def _dutch(facts: PlanFacts) -> LanguageSkill:
    levels = [level(facts.text(f"nl_{skill}")) for skill in ("luisteren", "spreken", "lezen", "schrijven")]
    tested = as_date(facts.value("nl_toets_datum"))
    note = PlanText(N_("toets ${datum}"), (("datum", format_date(tested)),)) if tested else facts.text("nl_bron")
    return LanguageSkill(PlanText(N_("Nederlands")), note, levels[0], levels[1], levels[2], levels[3])


def level(text: PlanText) -> PlanText:
    """Return the official name of a language level, which is the part of its label before ` · ` and stays Dutch."""
    return brief(text) if text else NOT_ASKED


def self_reliance(facts: PlanFacts, edits: PlanEdits) -> tuple[SelfReliance, ...]:
    """Return the scores 1 to 5 that were given, with the target the person and the caseworker agreed on."""
    rows = []
    for domain, label in SELF_RELIANCE:
        now, target = facts.value(f"zr_{domain}"), edits.words(f"self_reliance/{domain}")
        if now in set("12345"):
            rows.append(SelfReliance(domain, PlanText(label), int(now), int(target or 0)))
    return tuple(rows)
