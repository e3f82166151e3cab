"""What organisations erased, since when each has its standing, and the steps of forgetting that are under way."""

import time

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ID = sa.String(length=32)


def upgrade() -> None:
    """Make the tables and columns; terms of those who left before begin now."""
    op.add_column("dossiers", sa.Column("forgotten", sa.BigInteger(), nullable=True))
    op.add_column("members", sa.Column("changed", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute(f"update members set changed = {int(time.time())}")  # noqa: S608  # a number of our own
    op.create_table(
        "erasures",
        sa.Column("dossier", _ID, nullable=False),
        sa.Column("organisation", _ID, nullable=False),
        sa.Column("device", _ID, nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("dossier", "organisation"),
    )
    op.create_table(
        "reading_ends",
        sa.Column("organisation", _ID, nullable=False),
        sa.Column("dossier", _ID, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "dossier"),
    )
    op.create_table("forgettings", sa.Column("dossier", _ID, primary_key=True))
