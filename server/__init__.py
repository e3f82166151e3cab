"""The municipal server: keeps and passes on sealed bytes, and can read none of them.

It knows organisations, devices, which dossier belongs to whom, how many bytes there are and when they came. It imports
`protocol` and nothing of `desktop`; only `server.admin`, which an administrator runs by hand, also uses the vault, for
the organisation's key file (docs/adr/0019-administrator-imports-vault.md).
"""
