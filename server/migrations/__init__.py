"""Alembic's scripts; `server.store.schema` runs them.

Imported by nothing: Alembic finds the scripts by their folder.
"""
