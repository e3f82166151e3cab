"""What an administrator does by hand, with the organisation's key file: the only part of the server that knows keys.

Runs in processes of its own, never in the serving one, and may therefore use the vault
(docs/adr/0019-administrator-imports-vault.md).
"""
