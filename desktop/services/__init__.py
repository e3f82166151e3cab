"""Use cases, one file each: no Qt; called on the store thread only, except where a function says network thread.

One package per part of the job; `suite` holds them all. Imported by `ui`, `cli` and `bootstrap`.
"""
