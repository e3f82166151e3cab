"""The tables. Every large one is keyed by organisation first, so that PostgreSQL can partition by it.

Sealed bytes, wrapped keys, signatures, counters and times; no table has a column for anything a person said or is.
Times are whole seconds since 1970 in UTC.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table, UniqueConstraint

METADATA = MetaData()

_ID = String(32)
_WORD = String(16)

STATE = Table(
    "state",
    METADATA,
    Column("name", _WORD, primary_key=True),
    Column("value", _ID, nullable=False),
)

ORGANISATIONS = Table(
    "organisations",
    METADATA,
    Column("organisation", _ID, primary_key=True),
    Column("name", String(200), nullable=False),  # of a municipality or a reception location, never of a person
    Column("kind", _WORD, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("card", LargeBinary, nullable=False),
    Column("feed_position", BigInteger, nullable=False),  # the last number given out in the organisation's feed
    Column("created", BigInteger, nullable=False),
)

DIRECTORIES = Table(
    "directories",
    METADATA,
    Column("organisation", _ID, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("document", LargeBinary, nullable=False),
)

CONTENTS = Table(
    "contents",
    METADATA,
    Column("organisation", _ID, primary_key=True),
    Column("digest", String(64), primary_key=True),  # of the document
    Column("version", BigInteger, nullable=False),
    Column("stored", BigInteger, nullable=False),
    Column("document", LargeBinary, nullable=False),  # signed by the root: workbook and logo of the organisation
)

DEVICES = Table(
    "devices",
    METADATA,
    Column("device", _ID, primary_key=True),
    Column("organisation", _ID, nullable=False),
    Column("invitation", _ID, nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("enrolled", BigInteger, nullable=False),
    Column("revoked", BigInteger, nullable=True),
    Column("seen", BigInteger, nullable=True),  # when a request of it came last, give or take an hour
    Column("wrapping", LargeBinary, nullable=True),  # its public wrapping key, signed by itself
    UniqueConstraint("organisation", "invitation"),  # the first device of an invitation only
)

REVOCATIONS = Table(
    "revocations",
    METADATA,
    Column("device", _ID, primary_key=True),
    Column("document", LargeBinary, nullable=False),  # signed by the root: how far the device is trusted
)

RENEWALS = Table(
    "renewals",
    METADATA,
    Column("device", _ID, primary_key=True),
    Column("document", LargeBinary, nullable=False),  # signed by the root: the organisation's keys, for this device
)

NONCES = Table(
    "nonces",
    METADATA,
    Column("device", _ID, primary_key=True),
    Column("nonce", String(64), primary_key=True),
    Column("expires", BigInteger, nullable=False, index=True),
)

DOSSIERS = Table(
    "dossiers",
    METADATA,
    Column("dossier", _ID, primary_key=True),
    Column("last_number", BigInteger, nullable=False),  # counts the segments and wraps that came, in their order
    Column("created", BigInteger, nullable=False),
    Column("forgotten", BigInteger, nullable=True),  # when it was erased here: from then on nothing of it is taken
)

MEMBERS = Table(
    "members",
    METADATA,
    Column("organisation", _ID, primary_key=True),
    Column("dossier", _ID, primary_key=True),
    Column("standing", _WORD, nullable=False),  # see `members`
    Column("attached", BigInteger, nullable=False, server_default="0"),  # bytes of the pieces that it sent
    Column("changed", BigInteger, nullable=False, server_default="0"),  # since when it has this standing
    Column("given", BigInteger, nullable=False, server_default="0"),  # of the dossier's counter, when it left
    Index("members_by_dossier", "dossier"),
)

STREAMS = Table(
    "streams",
    METADATA,
    Column("organisation", _ID, primary_key=True),
    Column("dossier", _ID, primary_key=True),
    Column("device", _ID, primary_key=True),
    Column("last", BigInteger, nullable=False),
    Column("octets", BigInteger, nullable=False, server_default="0"),  # bytes of its sealed rows
)

ROWS = Table(
    "rows",
    METADATA,
    Column("organisation", _ID, primary_key=True),  # of the device that wrote it
    Column("dossier", _ID, primary_key=True),
    Column("device", _ID, primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("compartment", _WORD, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

SEGMENTS = Table(
    "segments",
    METADATA,
    Column("organisation", _ID, primary_key=True),
    Column("dossier", _ID, primary_key=True),
    Column("device", _ID, primary_key=True),
    Column("last", BigInteger, primary_key=True, autoincrement=False),
    Column("first", BigInteger, nullable=False),
    Column("octets", BigInteger, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("number", BigInteger, nullable=False),  # of the dossier's counter
    Column("stored", BigInteger, nullable=False),
    Index("segments_by_dossier", "dossier", "number"),
)

PIECES = Table(
    "pieces",
    METADATA,
    Column("dossier", _ID, primary_key=True),  # asked for by name, so the dossier is what to partition by
    Column("blob", _ID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("organisation", _ID, nullable=False),  # of the device that sent it
    Column("sealed", LargeBinary, nullable=False),
)

WRAP_SETS = Table(
    "wrap_sets",
    METADATA,
    Column("organisation", _ID, primary_key=True),  # the recipient
    Column("dossier", _ID, primary_key=True),
    Column("device", _ID, primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("number", BigInteger, nullable=False),  # of the dossier's counter
    Column("document", LargeBinary, nullable=False),
)

STATEMENTS = Table(
    "statements",
    METADATA,
    Column("dossier", _ID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("step", _WORD, nullable=False),
    Column("organisation", _ID, nullable=False),  # who took the step
    Column("recipient", _ID, nullable=False),  # whom the transfer is to
    Column("moment", BigInteger, nullable=False),  # by the clock of who took it
    Column("document", LargeBinary, nullable=False),
)

ERASURES = Table(
    "erasures",
    METADATA,
    Column("dossier", _ID, primary_key=True),
    Column("organisation", _ID, primary_key=True),  # that erased it on its laptops
    Column("device", _ID, nullable=False),
    Column("stored", BigInteger, nullable=False),
    Column("document", LargeBinary, nullable=False),
)

READING_ENDS = Table(  # steps that are under way: the entries are still to be blanked
    "reading_ends",
    METADATA,
    Column("organisation", _ID, primary_key=True),  # who reads nothing of the dossier any more
    Column("dossier", _ID, primary_key=True),
    Column("position", BigInteger, nullable=False),  # up to this number of its feed
)

FORGETTINGS = Table(  # steps that are under way: rows and pieces are still to be removed
    "forgettings",
    METADATA,
    Column("dossier", _ID, primary_key=True),
)

DAMAGED = Table(
    "damaged",
    METADATA,
    Column("organisation", _ID, primary_key=True),  # whose feed the entry is in
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", _WORD, nullable=False),
    Column("subject", _ID, nullable=False),
    Column("device", _ID, nullable=False, index=True),  # that wrote it, and can send it again
    Column("place", String(64), nullable=False),
    Column("mended", BigInteger, nullable=True),
)

ADMINISTRATORS = Table(
    "administrators",
    METADATA,
    Column("name", String(64), primary_key=True),  # of an account of the administrator's page
    Column("salt", LargeBinary, nullable=False),
    Column("cost", Integer, nullable=False),  # binary logarithm of scrypt's N
    Column("digest", LargeBinary, nullable=False),
    Column("created", BigInteger, nullable=False),
)

FEED = Table(
    "feed",
    METADATA,
    Column("organisation", _ID, primary_key=True),  # who reads it
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", _WORD, nullable=False),  # rows, wraps, membership or erasure; gone, once it was blanked
    Column("author", _ID, nullable=False),  # the organisation whose rows, wraps or statement these are
    Column("subject", _ID, nullable=False),  # a dossier
    Column("device", _ID, nullable=False),
    Column("place", String(64), nullable=False),  # last sequence, digest of the wraps, or number
    Column("octets", BigInteger, nullable=False),
    Column("mark", BigInteger, nullable=False, server_default="0"),  # random: the same number never has it twice
)
