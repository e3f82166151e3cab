"""How many bytes each stream and each member's attachments take, kept so that nobody has to add them up."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, and add up once what is there."""
    op.add_column("streams", sa.Column("octets", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("members", sa.Column("attached", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute(
        "update streams set octets = (select coalesce(sum(length(sealed)), 0) from rows"
        " where rows.organisation = streams.organisation and rows.dossier = streams.dossier"
        " and rows.device = streams.device)"
    )
    op.execute(
        "update members set attached = (select coalesce(sum(length(sealed)), 0) from pieces"
        " where pieces.dossier = members.dossier and pieces.organisation = members.organisation)"
    )
