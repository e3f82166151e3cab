"""The entries of feeds whose content was found damaged."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "damaged",
        sa.Column("organisation", sa.String(length=32), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("mended", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "position"),
    )
    op.create_index(op.f("ix_damaged_device"), "damaged", ["device"], unique=False)
