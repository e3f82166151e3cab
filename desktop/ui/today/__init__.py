"""The page of the day: who needs somebody and why, one person beside the reason, and the bar that counts everybody.

May import `design`, `help`, `kit` and `preview`; imported by `shell`.
"""
