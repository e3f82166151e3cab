"""A random mark for every entry of a feed, by which a database that was put back is noticed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; entries of before have no mark."""
    op.add_column("feed", sa.Column("mark", sa.BigInteger(), nullable=False, server_default="0"))
