"""An index by which all segments of a dossier are found, however many there are of others."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("segments_by_dossier", "segments", ["dossier", "number"])
