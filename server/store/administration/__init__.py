"""What the database keeps for administrators: who may sign in to their page, and when a copy was made last.

Imported by the administrator's commands and their page. May import what is below the store; laptops never reach it.
"""
