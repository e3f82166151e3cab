"""The server's tables and what is done with them, over SQLAlchemy Core; nothing here knows HTTP."""
