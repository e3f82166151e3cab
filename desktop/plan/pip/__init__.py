"""The decision of the municipality on route and support (PIP): what it says, what it lacks, how it is kept. Pure.

Sources: Wet inburgering 2021 art. 15 and 17, Besluit inburgering 2021 art. 3.1, 3.2, 3.14 and 5.3 to 5.5.
May import `derive`, `law` and `model`; imported by `desktop.documents` and `desktop.services`.
"""
