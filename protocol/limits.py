"""How much and how large: the limits both sides agree on. What can be derived from another limit is."""

MOST_BODY_BYTES = 4 * 1024 * 1024
"""The longest body of a request."""

MOST_ANSWER_BYTES = 8 * 1024 * 1024
"""The longest body of an answer: a page may hold more than one batch when it starts just below the limit."""

PAGE_BODY_BYTES = 3 * 1024 * 1024
"""Where a batch or page is closed, so that with its framing it stays under `MOST_BODY_BYTES`."""

MOST_ROWS = 2500
"""The most rows in one batch and, unless a single batch holds more, in one page."""

MOST_SEALED_BYTES = 2 * 1024 * 1024
"""The longest single sealed event."""

MOST_WRAPS = 64
"""The most wraps in one set."""

MOST_SETS = 1000
"""The most sets of wraps in one message."""

MOST_WRAPPED_BYTES = 16 * 1024
"""The longest single wrap, with signature and chain of its giver."""

PIECE_BYTES = 64 * 1024
"""How an attachment is cut: every piece but the last is this long, before it is sealed.

It is the least that travels: two seconds on a line of 256 kbit/s.
"""

LARGEST_ATTACHMENT = 50 * 1024 * 1024
"""The largest attachment, in bytes. It is held in memory while it is cleaned and while it is shown."""

MOST_SEALED_PIECE_BYTES = 1 + 12 + PIECE_BYTES + 16
"""The longest sealed piece: version, nonce, content, tag."""

MOST_PIECES = -(-LARGEST_ATTACHMENT // PIECE_BYTES)
"""The highest number of a piece: what the largest attachment needs."""

MOST_PIECES_AT_ONCE = 32
"""The most pieces in one message: 2 MiB, so that with its framing it stays under `MOST_BODY_BYTES`."""

LONGEST_PERSON_NAME = 60
"""The most characters of what colleagues call somebody."""

LARGEST_NUMBER = 2**53 - 1
"""The largest number of a row, an entry or a count: what every reader of JSON takes whole."""

MOST_EPOCH = 2**31 - 1
"""The highest epoch of a key."""

GREATEST_AGE_SECONDS = 300
"""How old a request may be. The same allowance holds for laptops whose clock runs ahead."""

DIRECTORY_DAYS = 180
"""The greatest age of a directory, in days, at which a laptop gives keys to an organisation it gave none before."""

MOST_BUNDLE_PARTS = 1000
"""The most files that one bundle on sticks consists of."""

MOST_HELD = 20_000
"""The most dossiers, streams or contents that one message of a bundle names."""

MOST_STATEMENTS = 1000
"""The most statements about one dossier."""

LONGEST_HANDOVER = 4
"""The most statements that an offer leads to: offered, received, returned, and fresh keys for what came back."""

MOST_STATEMENTS_AT_ONCE = 200
"""The most statements in one request."""

MOST_ERASURES = 200
"""The most erasures that are told in one request."""

MOST_HEADS = 1000
"""The most streams, one per device, of which a statement tells the last row."""

MOST_WORKBOOK_BYTES = 1024 * 1024
"""The longest region workbook that an organisation publishes."""

MOST_LOGO_BYTES = 64 * 1024
"""The longest logo: it goes onto the first page of every document."""

MOST_CONTENT_PARTS = 8
"""The most parts of a set that an organisation publishes."""

MOST_CONTENT_BYTES = 2 * 1024 * 1024
"""The longest file of such a set: its parts as text, and the manifest."""

MOST_CONTENTS = 64
"""The most sets that a directory names: the newest ones. Older ones stay where they are."""
