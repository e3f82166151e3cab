"""What the administrator does at the command line: the page shows the commands and carries out none."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from server.web.texts import N_, PageTexts

_ON_SERVER = N_("On this server")
_WITH_KEY = N_("With the key file, which is not on this server")


class _Instruction(NamedTuple):
    """A task: its anchor on the page, its name, where it is done, what to know of it, and the command."""

    anchor: str
    task: str
    where: str
    what: str
    command: str


_INSTRUCTIONS = (
    _Instruction(
        "organisation",
        N_("Add an organisation"),
        _ON_SERVER,
        N_("Makes the organisation and its key file. Take the key file off the server afterwards."),
        'opmaat-server organisation create --name "…" --kind municipality --key-file sleutel.key',
    ),
    _Instruction(
        "partner",
        N_("Let two organisations hand cases over"),
        _WITH_KEY,
        N_("Compare the fingerprint by telephone first. Both organisations add each other."),
        "opmaat-server partner add --key-file sleutel.key --partner …",
    ),
    _Instruction(
        "invitation",
        N_("Invite a device"),
        _WITH_KEY,
        N_("Give the file and the code apart. An invitation enrols one device."),
        "opmaat-server invitation create --key-file sleutel.key --server https://…"
        ' --person "Anna de Boer" --out anna.opmaat-invitation',
    ),
    _Instruction(
        "revoke",
        N_("Withdraw a device"),
        _WITH_KEY,
        N_("It is refused at once. What it sent before stays. Withdraw a stolen device without delay."),
        "opmaat-server device revoke --key-file sleutel.key --device …",
    ),
    _Instruction(
        "directory",
        N_("Sign a directory again"),
        _WITH_KEY,
        N_("Do it at least every three months. A laptop hands nothing over with a directory of over 180 days."),
        "opmaat-server directory sign --key-file sleutel.key",
    ),
    _Instruction(
        "escrow",
        N_("Help a colleague who lost every key"),
        _WITH_KEY,
        N_("Telephone first, on a number you know, and compare the fingerprint."),
        'opmaat-server escrow answer --key-file sleutel.key --request … --fingerprint "…" --out …',
    ),
    _Instruction(
        "backup",
        N_("Make a copy"),
        _ON_SERVER,
        N_("Copies while the server runs. Plan it every night, and keep the copies apart."),
        "opmaat-server backup --out /backup/opmaat-…",
    ),
    _Instruction(
        "restore",
        N_("Practise putting a copy back"),
        _ON_SERVER,
        N_("Into an empty database, beside the real one: then you know that a copy is whole."),
        "opmaat-server restore --database /tmp/proef.db --from /backup/opmaat-…",
    ),
    _Instruction(
        "restored",
        N_("After a database came back, or entries are damaged"),
        _ON_SERVER,
        N_("Laptops then send again what they have. Nothing is lost that is still on a laptop."),
        "opmaat-server restored",
    ),
    _Instruction(
        "administrator",
        N_("Let a colleague sign in to this page"),
        _ON_SERVER,
        N_("The passphrase is asked for. Remove an account with: administrator remove."),
        "opmaat-server administrator create --name …",
    ),
)


def instructions(texts: PageTexts) -> Sequence[Mapping[str, str]]:
    """Return every task, in the language of `texts`, by the names of its parts."""
    return [
        {
            "anchor": each.anchor,
            "task": texts.text(each.task),
            "where": texts.text(each.where),
            "what": texts.text(each.what),
            "command": each.command,
        }
        for each in _INSTRUCTIONS
    ]
