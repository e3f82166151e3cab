"""A working day with the installed program, run by its own interpreter: `walk.py FOLDER`; prints `walked` at the end.

A vault is made from an invitation, a case begun and answered, a picture and a PDF are cleaned and drawn, the plan is
printed; then everything is locked, opened again, and found as it was.
"""

import io
import sys
from datetime import timedelta
from pathlib import Path

from PIL import Image

from desktop.bootstrap import Config, build
from desktop.bootstrap.content import read_content
from desktop.bootstrap.opening import open_services
from desktop.media import clean, render
from desktop.services.accounts.accounts import Accounts, NewColleague
from desktop.services.plan.documents import SUPPORT_PLAN
from desktop.services.suite import Services
from desktop.vault.trust.invitation import make_invitation
from desktop.vault.trust.organisation import create_organisation
from protocol.hardening import harden
from protocol.times import SystemClock

_PASSPHRASE = "een lange zin om mee te lopen"  # noqa: S105  # of this walk alone
_SHORTEST_PLAN = 20_000


def _report(step: str) -> None:
    print(step, flush=True)


def _look_at_files(plan: bytes) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(picture, "JPEG")
    for content in (picture.getvalue(), plan):
        cleaned = clean(content)
        drawn = render(cleaned.data, cleaned.kind)
        assert len(drawn.rgb) == 3 * drawn.width * drawn.height
    _report("a picture and a PDF cleaned and drawn")


def _work(services: Services, folder: Path) -> int:
    dossier, _changes = services.caseload.begin("Selam", ("nl", "ti"))
    services.interview.open(dossier)
    services.fill_practice()
    rows = services.caseload.people().people
    plan = folder / "plan.pdf"
    for row in rows:
        services.documents.export(SUPPORT_PLAN, row.dossier, row.languages[-1], plan)
    assert plan.stat().st_size > _SHORTEST_PLAN
    _report("plans printed")
    _look_at_files(plan.read_bytes())
    return len(rows)


def main(folder: Path) -> None:
    """Walk through the day in `folder`."""
    harden()
    clock = SystemClock()
    root = create_organisation("AZC Proef", "reception")
    data, code = make_invitation(root, server="", expires=clock.now() + timedelta(days=1))
    invitation = folder / "proef.opmaat-invitation"
    invitation.write_bytes(data)
    home = folder / "data"
    build(Config(home, home / "cache"))
    accounts, content = Accounts(home / "vaults", clock), read_content(home / "cache")
    vault = accounts.join(invitation, code, NewColleague("Anna", _PASSPHRASE)).vault
    _report("a vault made")
    services = open_services(vault, content, clock)
    worked = _work(services, folder)
    services.close()
    opened = open_services(accounts.open(accounts.accounts()[0].vault, _PASSPHRASE), content, clock)
    found = len(opened.caseload.people().people)
    opened.close()
    assert found == worked > 1, (found, worked)
    _report("walked")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
