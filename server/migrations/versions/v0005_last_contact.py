"""When a device was here last."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("devices", sa.Column("seen", sa.BigInteger(), nullable=True))
