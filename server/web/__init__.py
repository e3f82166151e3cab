"""The administrator's page: what the server knows, shown in a browser at an address of its own, and nothing to change.

Imported by `serving` alone, and only where the page was asked for. May import `store` and `http`; never `admin`, for it
is part of the serving process and has no keys (docs/adr/0019-administrator-imports-vault.md).
"""
