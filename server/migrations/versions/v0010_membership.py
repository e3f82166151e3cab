"""The membership log of every dossier, in place of offers: a chain of signed statements."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new table of statements; offers of before cannot be turned into statements that nobody signed."""
    op.execute("drop table if exists statements")
    op.execute("drop table if exists offers")
    op.execute("delete from feed where kind = 'offer'")
    op.create_table(
        "statements",
        sa.Column("dossier", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("organisation", sa.String(length=32), nullable=False),
        sa.Column("recipient", sa.String(length=32), nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("dossier", "number"),
    )
