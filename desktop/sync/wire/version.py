"""The versions and limits both sides agree on.

The protocol number says which messages exist and what their fields are; it changes only when an old side could
misunderstand a new one. The path (`/v1`) and `API_VERSION` follow the Dutch rules for government APIs: the major
number is the one in the path, minor and patch grow with additions.
"""

PROTOCOL = 1
"""The protocol spoken by this program.

    1   November 2026   enrolment, rows, wraps, offers and the feed; the first one, spoken by everything released.
"""

OLDEST_PROTOCOL = 1
"""The oldest protocol this program still answers; a laptop below it has to be updated."""

API_VERSION = "1.1.0"
"""What every response says in `API-Version` (semantic versioning)."""

API_VERSION_HEADER = "API-Version"
PROTOCOL_HEADER = "Opmaat-Protocol"
"""Both sides name their protocol in this header, in every message."""

MEDIA_TYPE = "application/json"
PROBLEM_TYPE = "application/problem+json"

SIGNATURE_TAG = "opmaat-1"
"""The `tag` of every request signature (RFC 9421, section 2.3): a signature made for another purpose never fits."""

COVERED = ("@method", "@target-uri", "content-digest", "date")
"""What a request signature covers; the server refuses less. Requests without content cover the digest of nothing."""

GREATEST_AGE_SECONDS = 300
"""How old a request may be. The same allowance holds for laptops whose clock runs ahead."""

MOST_BODY_BYTES = 4 * 1024 * 1024
"""The longest body of a request."""

MOST_ANSWER_BYTES = 8 * 1024 * 1024
"""The longest body of an answer: a page may hold more than one batch when it starts just below the limit."""

MOST_ROWS = 500
"""The most rows in one batch and, unless a single batch holds more, in one page."""

MOST_SEALED_BYTES = 2 * 1024 * 1024
"""The longest single sealed event."""

MOST_SEALED_PIECE_BYTES = 1 + 12 + 256 * 1024 + 16
"""The longest sealed piece of an attachment: version, nonce, 256 KiB, tag."""

MOST_PIECES = 200
"""The highest number of a piece: 50 MiB of content."""

MOST_PIECES_AT_ONCE = 8
"""The most pieces in one message: 2 MiB, so that with its framing it stays under `MOST_BODY_BYTES`."""

PAGE_BODY_BYTES = 3 * 1024 * 1024
"""Where a batch or page is closed, so that with its framing it stays under `MOST_BODY_BYTES`."""
