"""`opmaat form …`: for who writes forms. One module per command."""

import argparse

from desktop.cli import form_check, form_eval, form_export, form_run, form_show
from desktop.cli.form_writing import form_xform, form_xlsx


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands."""
    form = commands.add_parser("form", help="for who writes forms").add_subparsers(dest="form_command", required=True)
    for command in (form_check, form_show, form_run, form_eval, form_xform, form_xlsx, form_export):
        command.add(form)
