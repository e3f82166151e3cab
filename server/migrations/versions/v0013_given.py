"""How much of a dossier stands in the feed of who left it, so that an offer repeats nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; who left before gets all of a dossier once more where it is offered to it again."""
    op.add_column("members", sa.Column("given", sa.BigInteger(), nullable=False, server_default="0"))
