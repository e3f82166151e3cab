"""What the law demands of the broad intake: its parts with the day each was done, and the learnability test."""

from dataclasses import dataclass
from datetime import date

from desktop.i18n.mark import N_
from desktop.plan.derive.facts import PlanFacts
from desktop.plan.derive.profile import SELF_RELIANCE
from desktop.plan.model.edits import as_date
from desktop.plan.model.plan_text import PlanText
from desktop.plan.model.support_plan import LearnabilityTest, StatutoryPart


@dataclass(frozen=True, slots=True)
class _Part:
    """One part: done when every question of `needs` has an answer."""

    key: str
    label: str
    basis: str
    needs: tuple[str, ...]


_PARTS: tuple[_Part, ...] = (
    _Part("test", N_("Leerbaarheidstoets"), "Wet 14 lid 3 a", ("lbt_status",)),
    _Part("education_work", N_("Opleiding en werk"), "Wet 14 lid 3 b", ("schooljaren", "gewerkt")),
    _Part("circumstances", N_("Persoonlijke situatie"), "Wet 14 lid 3 c", ("gezinsvorm", "gezondheid_gesprek")),
    _Part("child", N_("VVE van het kind"), "Wet 14 lid 3 d", ("kind_vve_wens",)),
    _Part(
        "language", N_("Taalniveau"), "Besluit 5.2 lid 1 a", ("nl_luisteren", "nl_spreken", "nl_lezen", "nl_schrijven")
    ),
    _Part("work_options", N_("Kansen op werk"), "Besluit 5.2 lid 1 b", ("beschikbaar_uren",)),
    _Part(
        "self_reliance",
        N_("Zelfredzaamheid"),
        "Besluit 5.2 lid 1 c",
        tuple(f"zr_{domain}" for domain, _label in SELF_RELIANCE),
    ),
    _Part("alone", N_("Recht op gesprek alleen"), "Besluit 5.2 lid 2", ("alleen_verteld",)),
)


def statutory_parts(facts: PlanFacts) -> tuple[StatutoryPart, ...]:
    """Return the eight parts in the order of the law; a part without a date is not done yet."""
    return tuple(_check_part(facts, part) for part in _PARTS)


def _check_part(facts: PlanFacts, part: _Part) -> StatutoryPart:
    applies = part.key != "child" or _has_young_child(facts)
    done = _find_latest_answer(facts, part.needs)
    if part.key == "test":
        taken = facts.value("lbt_status") in {"gedaan", "vrij"}
        done = (as_date(facts.value("lbt_datum")) or done) if taken else None
    if part.key == "alone" and facts.value("alleen_verteld") != "ja":
        done = None
    return StatutoryPart(part.key, PlanText(part.label), part.basis, done if applies else None, applies)


def _find_latest_answer(facts: PlanFacts, names: tuple[str, ...]) -> date | None:
    days = [facts.answered(name) for name in names]
    return max((day for day in days if day), default=None) if all(days) else None


def _has_young_child(facts: PlanFacts) -> bool:
    return any(row.get("kind_vve_wens") or row.get("kind_jong") == "1" for row in facts.rows("kind"))


def learnability_test(facts: PlanFacts) -> LearnabilityTest:
    """Return the learnability test; its ground of exemption is a matter of health and is not in it."""
    return LearnabilityTest(
        taken=as_date(facts.value("lbt_datum")),
        score=facts.value("lbt_score"),
        needed=facts.value("lbt_nodig"),
        outcome=facts.text("lbt_uitkomst").dutch,
        exempt=facts.value("lbt_vrij_wie") if facts.value("lbt_status") == "vrij" else "",
    )
