"""The screens: the only floor that knows Qt. Pages show what services return and hand work to the executor.

One package per page, and `kit`, `design` and `questions` for all pages. Imported by `cli` alone, which starts them.
"""
