"""What an administrator reads at the command line when something is wrong: what happened, and what to do next."""

from collections.abc import Mapping
from types import MappingProxyType

from protocol.errors import OpmaatError

_UNKNOWN = "This did not work. Nothing was changed."

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "content.damaged": "What is stored of this version is damaged. Publish the workbook again.",
        "content.ending": "The workbook is not an xlsx or md file. Save it as one of those, then publish it.",
        "content.logo_wrong": "The logo cannot be used. Save it as a PNG of at most 64 KiB, then publish again.",
        "content.not_published": "Nothing was published. Mend in the workbook what is listed above. Then publish it.",
        "content.too_large": "The workbook is too large. Remove what is not needed: it may have 1 MiB.",
        "content.version_unknown": "This organisation published no such version. See `content list`.",
        "region.unreadable": "The workbook cannot be read. Save it as xlsx, then publish it.",
        "escrow.file_damaged": "This is not a whole request. Ask the person to save and send it again.",
        "escrow.file_newer": "A newer Opmaat made this request. Install the newest opmaat-server.",
        "escrow.other_organisation": "The request is for another organisation. Use the key file of that one.",
        "escrow.request_changed": "The request was changed on its way. Do not answer it; ask for a new one.",
        "escrow.fingerprint_differs": "The person did not make this request. Do not answer it; telephone them again.",
        "server.administrator_exists": "There is such an account already. Remove it first, or choose another name.",
        "server.administrator_name": "This cannot be a name. Use lower-case letters, digits, dots and dashes.",
        "server.administrator_unknown": "There is no such account. See `administrator list`.",
        "server.backup_failed": "The copy could not be made or put back. Check its disk, and that it is a whole copy.",
        "server.commit_unconfirmed": "No standby confirmed it in time. Look whether it runs, then do this again.",
        "server.database_not_empty": "There is a database already. Move it away, or name an empty one.",
        "server.tool_missing": "pg_dump and pg_restore are needed. Install the client programs of PostgreSQL.",
        "server.database_newer": "A newer opmaat-server made this database. Install that version, then start again.",
        "server.database_unknown": "The database is not a path or a postgresql:// URL. Correct --database.",
        "server.database_away": "The database cannot be opened. Check --database, its disk and its rights.",
        "server.device_unknown": "This organisation has no such device. See `device list`.",
        "server.dossier_unknown": "Nobody erased this dossier, or it is forgotten already. See `dossier list`.",
        "server.file_exists": "The file exists and is not overwritten. Choose another name.",
        "server.file_unreadable": "A file cannot be read, or is not what it should be. Check its path.",
        "server.file_unwritable": "The file cannot be written. Check its folder.",
        "server.key_file_older": "This key file is not the newest one. Take the newest copy of it.",
        "server.organisation_unknown": "This server does not serve that organisation. See `organisation show`.",
        "server.page_not_private": "It would cross a network in clear. Listen at 127.0.0.1, or give --admin-origin.",
        "server.passphrase_differs": "The two passphrases differ. Type them again.",
        "server.passphrase_empty": "A passphrase is needed. Type one, or set OPMAAT_ADMINISTRATOR_PASSPHRASE.",
        "server.passphrase_short": "The passphrase is too short. Take 15 to 256 characters, such as five words.",
        "server.port_taken": "This address and port cannot be used. Choose another --port, or stop what uses it.",
        "trust.card_older": "A newer card of this organisation is known already. Ask for the newest one.",
        "trust.document_damaged": "The card is damaged. Ask the other organisation for it again.",
        "trust.key_file_damaged": "The key file is damaged. Take it from its backup.",
        "trust.key_file_newer": "The key file was made by a newer opmaat-server. Install that version.",
        "trust.not_signed": "The card is not signed by its own root. Do not use it; ask for it again.",
        "trust.wrong_passphrase": "The administrator passphrase is not the one of this key file. Try again.",
    }
)


def sentence(error: OpmaatError) -> str:
    """Return what to print about `error`, with its code."""
    return f"{WORDS.get(error.code, _UNKNOWN)} [{error.code}]"
