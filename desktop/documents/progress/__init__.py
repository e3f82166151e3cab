"""The progress of a person on paper: own words, route, hours, levels, exams, talks and what the law asks or allows.

May import nothing beside it but what every document shares; imported by `desktop.documents` alone.
"""
