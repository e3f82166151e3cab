"""A quiet word when the last backup is too long ago. It never stands in the way of anything."""

from desktop.services.backups import BackupState
from desktop.ui.context import UiContext
from desktop.ui.shell import Shell


def remind(context: UiContext, shell: Shell) -> None:
    """Look at the backups of the open vault, and say once in the banner that it is time for one."""

    def tell(state: BackupState) -> None:
        if state.overdue:
            sentence = context.text("It is time for a backup. It takes a moment, and you can go on working.")
            shell.suggest(sentence, context.text("To the backup"), lambda: context.navigate("settings"))

    context.run(context.services.backups.state, tell, shell)
