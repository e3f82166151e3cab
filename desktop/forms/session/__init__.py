"""A running interview: answers in, outcomes out, recomputation between; its record as an ODK instance document.

Pure: clock, random source and properties are passed in.
May import `model`, `document` and `xpath`; imported by `script` and by users of the engine.
"""
