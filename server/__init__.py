"""The municipal server: keeps and passes on sealed bytes, and can read none of them.

It knows organisations, devices, which dossier belongs to whom, how many bytes there are and when they came. It imports
`desktop.sync.wire` and nothing else of `desktop`; only `server.admin`, which an administrator runs by hand, also uses
the vault (docs/adr/0019-administrator-imports-vault.md).
"""
