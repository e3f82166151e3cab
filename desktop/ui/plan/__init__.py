"""The plan: weighing the three routes, goals with the week, and signing. Nothing on these screens scores or ranks.

One package per step: `routes` and `goals`. Imported by `shell` for the page, and by `handover` for the list of goals.
"""
