"""Going on after a lock: the same page and case, and what was half typed.

The place is remembered in this window only, as keys and ids; texts are sealed in the vault (`OwnVault.keep_draft`).
"""

from dataclasses import dataclass

from desktop.i18n import format_date, format_time
from desktop.services.accounts.own_vault import Draft, OwnVault
from desktop.ui.context import UiContext
from desktop.ui.lock.drafts import half_typed, put_back
from desktop.ui.shell.pages import KeepsHalfTyped
from desktop.ui.shell.shell import Shell
from protocol.identifiers import DossierId, VaultId, is_id


@dataclass(frozen=True, slots=True)
class ResumePoint:
    """Where somebody was when their vault locked."""

    vault: VaultId
    page: str
    dossier: DossierId | None
    part: str


def place_of(vault: OwnVault, shell: Shell) -> ResumePoint:
    """Return where one is."""
    return ResumePoint(vault.vault_id, shell.current, shell.dossier, shell.part)


def draft_of(shell: Shell) -> Draft:
    """Return what stands half typed on the page in sight, and what pages out of sight keep of what was typed."""
    texts = half_typed(shell.page(shell.current)) | shell.half_typed()
    return Draft(shell.current, shell.dossier, shell.part, texts)


def go_back(context: UiContext, shell: Shell, draft: Draft) -> None:
    """Go where `draft` was taken, in a shell that was made anew, and put back what was half typed, without a word."""
    shell.navigate(draft.page, draft.dossier, part=draft.part)

    def loaded(_none: None) -> None:
        _fill(shell, draft)

    context.run(lambda: None, loaded, shell)


def go_on(context: UiContext, shell: Shell, place: ResumePoint | None) -> None:
    """Open the page where one was, else the people; tell what was tried in vain, and put back what was half typed.

    A place in another vault is nobody's business here and is left.
    """
    vault = context.services.own_vault
    if place is not None and place.vault == vault.vault_id:
        shell.navigate(place.page, place.dossier, part=place.part)
    else:
        shell.navigate("people")
    warning = _warning(context, vault) if vault.failures.count else ""
    if warning:
        shell.show_notice("asks", warning)

    def taken(draft: Draft | None) -> None:
        if draft is not None:
            _put_back(context, shell, draft, warning)

    context.run(vault.take_draft, taken, shell)


def _put_back(context: UiContext, shell: Shell, draft: Draft, warning: str) -> None:
    if (shell.current, shell.dossier, shell.part) != (draft.page, draft.dossier, draft.part):
        shell.navigate(draft.page, draft.dossier, part=draft.part)

    def loaded(_none: None) -> None:
        """Fill the fields, now that what the page asked for has come home."""
        messages = [warning] if warning else []
        changed, homeless = _fill(shell, draft)
        if homeless:
            texts = " · ".join(draft.texts[name] for name in sorted(homeless))
            messages.append(context.text("This was half typed and has no place here now: {text}", text=texts))
        elif changed:
            messages.append(context.text("What you were typing is back. Look at it before you go on."))
        if messages:
            shell.show_notice("asks" if warning or homeless else "neutral", " ".join(messages))

    context.run(lambda: None, loaded, shell)


def _fill(shell: Shell, draft: Draft) -> tuple[set[str], set[str]]:
    """Put everything back; return the names of what changed a field or an answer, and of what has no place."""
    answers = {name: text for name, text in draft.texts.items() if _is_address(name)}
    interview: object = shell.page("interview") if answers else None
    if isinstance(interview, KeepsHalfTyped):
        interview.put_back(answers)
    fields = {name: text for name, text in draft.texts.items() if name not in answers}
    changed, homeless = put_back(shell.page(draft.page), fields)
    return changed | set(answers), homeless


def _is_address(name: str) -> bool:
    """Tell whether a text is of a question, with its dossier or in the one of the draft; else it is of a field."""
    dossier, slash, _rest = name.partition("/")
    return bool(slash) and (not dossier or is_id(dossier))


def _warning(context: UiContext, vault: OwnVault) -> str:
    failures = vault.failures
    sentence = context.catalogue.plural(
        "{n} wrong attempt to open this vault since you were here.",
        "{n} wrong attempts to open this vault since you were here.",
        failures.count,
    )
    if failures.last is None:
        return sentence
    when = f"{format_date(failures.last.astimezone().date())} {format_time(failures.last)}"
    more = context.text("The last one: {moment}. If that was not you, tell your administrator.", moment=when)
    return f"{sentence} {more}"
