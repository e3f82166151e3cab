"""The server's tables and what is done with them, over SQLAlchemy Core; nothing here knows HTTP.

One module per table or question. Imported by `http`, `routes`, `admin` and the application.
"""
