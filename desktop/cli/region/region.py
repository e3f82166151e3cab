"""`opmaat region …`: the commands and what they share."""

import argparse

from desktop.cli.region import region_check, region_new, region_show, region_try


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands."""
    parser = commands.add_parser("region", help="for who keeps the workbook of a region")
    region = parser.add_subparsers(dest="region_command", required=True)
    for command in (region_new, region_check, region_show, region_try):
        command.add(region)
