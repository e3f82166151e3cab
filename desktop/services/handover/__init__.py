"""The warm handover: letting a case go (`handover`) and taking one on (`received`).

May import `plan`, `interview`, `sync` and `dossier`; imported by `rights`, which erases what was handed over.
"""
