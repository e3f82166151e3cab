"""A quiet word when something must be erased, or the last backup is too long ago. It stands in the way of nothing."""

from desktop.services.backups.backups import BackupState
from desktop.ui.context import UiContext
from desktop.ui.shell.shell import Shell


def remind(context: UiContext, shell: Shell) -> None:
    """Look at the open vault, and say once in the banner what it is time for; what the law asks goes first."""
    services = context.services

    def tell(state: BackupState) -> None:
        if state.overdue:
            sentence = context.text("It is time for a backup. It takes a moment, and you can go on working.")
            shell.suggest(sentence, context.text("To the backup"), lambda: context.navigate("settings"))

    def count(due: int) -> None:
        if due:
            sentence = context.catalogue.plural("{n} case must be erased.", "{n} cases must be erased.", due)
            shell.suggest(sentence, context.text("Look at them"), lambda: context.navigate("retention"))
        context.run(services.backups.state, tell, shell)

    context.run(services.retention.due, count, shell)
