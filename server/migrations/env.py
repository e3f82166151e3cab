"""Runs the migrations on the connection, and in the transaction, that `server.store.schema` hands over."""

from alembic import context

from server.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
