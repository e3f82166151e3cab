"""What was recorded on the way, beside plan, decision and law. Pure; nothing is judged or predicted.

Sources: Wet inburgering 2021 art. 11, 12, 15 and 17, Besluit inburgering 2021 art. 3.1, 3.2, 3.14, 4.4, 4.5 and 5.3 to
5.5. May import `pip`, `derive`, `region`, `law` and `model`; imported by `desktop.documents` and `desktop.services`.
"""
