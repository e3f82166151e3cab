"""The words of both pages about sticks: their steps, and what files are called."""

from collections.abc import Iterator
from datetime import datetime

from desktop.i18n import Catalogue
from desktop.i18n.messages import text_for
from desktop.services.bundles.bundle_files import SUFFIX
from desktop.services.bundles.bundle_log import BundleEntry
from desktop.services.bundles.bundles import StickView
from desktop.services.bundles.incoming_bundles import BundleCard, BundleRead
from desktop.ui.attachments.attachment_texts import apart
from desktop.ui.common_texts import moment_text
from desktop.ui.handover.handover_texts import short_name
from desktop.ui.kit.surfaces.timeline import StepState, TimelineStep
from protocol.errors import UserError


def files_filter(word: str) -> str:
    """Return what a file dialog shows: bundles, called `word`."""
    return f"{word} (*{SUFFIX})"


def bundle_files(entry: BundleEntry, texts: Catalogue) -> str:
    """Return what the file of a bundle is called, or how many files there are."""
    name = apart(f"bundle-{entry.bundle[:8]}{SUFFIX}")
    return name if entry.parts == 1 else texts.plural("{n} file", "{n} files", entry.parts)


def sending_steps(view: StickView, now: datetime, texts: Catalogue) -> tuple[TimelineStep, ...]:
    """Return where a case is: put on the stick, read in there, its receipt back."""
    entry, name = view.entry, short_name(view.partner_name)
    answered = None if entry is None else entry.answered or view.received
    made = "" if entry is None else moment_text(entry.moment, texts)
    under_way = ""
    if entry is not None and answered is None:
        days = (now - entry.moment).days
        under_way = texts.text("under way since today")
        if days > 0:
            under_way = texts.plural("under way, {n} day", "under way, {n} days", days)
    back = "" if answered is None else moment_text(answered, texts)
    states: tuple[StepState, StepState, StepState] = ("now", "later", "later")
    if entry is not None:
        states = ("done", "done", "done") if answered is not None else ("done", "now", "later")
    return (
        _step(texts.text("Put on the stick"), made, states[0], "usb", texts),
        _step(texts.text("Read in at {organisation}", organisation=name), under_way, states[1], "usb", texts),
        _step(texts.text("Receipt back"), back, states[2], "inbox", texts),
    )


def reading_steps(card: BundleCard | None, *, read: bool, texts: Catalogue) -> tuple[TimelineStep, ...]:
    """Return how far reading a stick is: looked at, words compared, receipt on the stick."""
    first: StepState = "now" if card is None else "done"
    second: StepState = "later" if card is None else "done" if read else "now"
    return (
        _step(texts.text("Stick read"), "", first, "usb", texts),
        _step(texts.text("Compare words"), "", second, "shield", texts),
        _step(texts.text("Receipt on the stick"), "", "done" if read else "later", "inbox", texts),
    )


def read_sentences(read: BundleRead, texts: Catalogue) -> Iterator[str]:
    """Yield what reading a bundle came to, in sentences."""
    if read.all_known:
        yield texts.text("All of this was known already. Nothing changed.")
        return
    yield texts.plural("{n} case was read in.", "{n} cases were read in.", len(read.dossiers))
    if read.attachments:
        yield texts.plural("{n} attachment is new.", "{n} attachments are new.", read.attachments)
    if read.waiting:
        yield texts.text("A part waits for an earlier stick: read that one in as well, or ask for everything again.")
    for code in sorted(read.refused):
        yield text_for(UserError(code), texts)


def _step(title: str, moment: str, state: StepState, icon: str, texts: Catalogue) -> TimelineStep:
    words = {"done": texts.text("done"), "now": texts.text("now"), "later": texts.text("later")}
    spoken = ", ".join(part for part in (title, words[state], moment) if part)
    return TimelineStep(title, moment, state, icon, spoken)
