"""The plan: weighing the three routes, goals with the week, signing, and the decision. Nothing on these screens ranks.

One package per step: `routes` and `goals`, and `pip` beside this one. Imported by `shell` for the page, and by
`handover` for the list of goals.
"""
