"""The commands about what is kept no longer. Without `--yes` they say what would go, and change nothing."""

import argparse
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from protocol.times import SystemClock
from server.admin import organisations
from server.store.engine import ServerStore
from server.store.keeping.forgetting import ForgettingPlan, erased_dossiers, forget, plan
from server.store.keeping.retention import RetentionReport, RetentionTerms, carry_out, preview

_DAY = 24 * 3600


def list_dossiers(arguments: argparse.Namespace, store: ServerStore) -> None:
    """Print every dossier that an organisation erased and that is still here, with who erased it and who has it."""
    now, terms = _now(), RetentionTerms(former=arguments.former_days)
    names = _names(store)
    found = store.run(
        lambda connection: [
            plan(connection, dossier, terms.left_by(now), terms.former * _DAY)
            for dossier in erased_dossiers(connection)
        ]
    )
    for planned in found:
        _print_plan(planned, names)
    if not found:
        print("Nothing that was erased is still here.")


def forget_dossier(arguments: argparse.Namespace, store: ServerStore) -> None:
    """Forget one dossier as far as nobody else may read it; raises UserError `server.dossier_unknown`."""
    now, terms = _now(), RetentionTerms(former=arguments.former_days)
    term = terms.former * _DAY
    if arguments.yes:
        done = forget(store, arguments.dossier, terms.left_by(now), term, now)
    else:
        done = store.run(lambda connection: plan(connection, arguments.dossier, terms.left_by(now), term))
    _print_plan(done, _names(store))
    verb = "goes   " if not arguments.yes else "went   "
    if done.is_whole:
        print(f"  {verb}      {done.rows} events, {done.octets} bytes; attachments, {done.attached} bytes")
    print(f"  {verb}      {done.wraps} sets of wrapped keys, and what is in the feeds of who erased it")
    if not done.is_whole:
        print("  stays        all else, for who may still read it")
    if not arguments.yes:
        print("Nothing was changed. Say --yes to do it; it cannot be undone.")


def run_retention(arguments: argparse.Namespace, store: ServerStore) -> None:
    """Remove what has no term left."""
    terms = RetentionTerms(arguments.erased_days, arguments.former_days)
    act: Callable[[ServerStore, RetentionTerms, int], RetentionReport] = carry_out if arguments.yes else preview
    for line in _lines(act(store, terms, _now())):
        print(line)
    if not arguments.yes:
        print("Nothing was changed. Say --yes to do it; it cannot be undone.")


def _lines(report: RetentionReport) -> tuple[str, ...]:
    return (
        f"dossiers      {report.forgotten} forgotten, {report.kept} kept for others that did not erase them",
        f"of these      {report.rows} events, {report.octets} sealed bytes, {report.wraps} sets of wrapped keys",
        f"former        {report.accesses} accesses of organisations that left a dossier",
        f"devices       {report.renewals} documents with keys for revoked devices",
        f"other         {report.nonces} old nonces, {report.marks} marks of what is mended",
    )


def _print_plan(planned: ForgettingPlan, names: Mapping[str, str]) -> None:
    print(f"dossier {planned.dossier}")
    for organisation, stored in planned.erased.items():
        print(f"  erased by    {names.get(organisation, organisation)}, told {_day(stored)}")
    for organisation in planned.members:
        print(f"  kept for     {names.get(organisation, organisation)}, which has it and did not erase it")
    for organisation, until in planned.waiting.items():
        print(f"  waits for    {names.get(organisation, organisation)}, which left it, until {_day(until)}")


def _names(store: ServerStore) -> Mapping[str, str]:
    return {str(one.card.id): one.card.name for one in organisations.served_organisations(store)}


def _day(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"


def _now() -> int:
    return int(SystemClock().now().timestamp())
