"""The own wrapping key of each device, and the documents that bring it the organisation's keys."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and make the table."""
    op.add_column("devices", sa.Column("wrapping", sa.LargeBinary(), nullable=True))
    op.create_table(
        "renewals",
        sa.Column("device", sa.String(length=32), primary_key=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
    )
