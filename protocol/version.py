"""The versions both sides agree on, and the names under which they travel in HTTP.

The protocol number says which messages exist and what their fields are; it changes only when an old side could
misunderstand a new one. The path (`/v1`) and `API_VERSION` follow the Dutch rules for government APIs: the major
number is the one in the path, minor and patch grow with additions.
"""

PROTOCOL = 1
"""The protocol spoken by this program.

    1   November 2026   enrolment, rows, wraps, membership and the feed; the first one, spoken by everything released.
"""

OLDEST_PROTOCOL = 1
"""The oldest protocol this program still answers; a laptop below it has to be updated."""

API_VERSION = "1.2.0"
"""What every response says in `API-Version` (semantic versioning)."""

API_VERSION_HEADER = "API-Version"
PROTOCOL_HEADER = "Opmaat-Protocol"
"""Both sides name their protocol in this header, in every message."""

MEDIA_TYPE = "application/json"
ROWS_TYPE = "application/vnd.opmaat.rows"
PIECES_TYPE = "application/vnd.opmaat.pieces"
PAGE_TYPE = "application/vnd.opmaat.page"
"""Bodies with sealed bytes in them are binary, each kind with a type of its own."""

PROBLEM_TYPE = "application/problem+json"
