"""Reaching a PostgreSQL server that may be on several machines, and telling what it means when it does not answer.

Imported by `store.engine`, the application and `admin`; imports nothing of the store.
"""
