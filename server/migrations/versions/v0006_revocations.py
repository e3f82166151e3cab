"""How far each revoked device is trusted."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of revocations."""
    op.create_table(
        "revocations",
        sa.Column("device", sa.String(length=32), primary_key=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
    )
