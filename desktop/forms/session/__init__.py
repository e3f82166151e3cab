"""A running interview: answers in, outcomes out, recomputation between; its record as an ODK instance document.

Pure: clock, random source and properties are passed in.
Imported by `script`; imports `model`, `document` and `xpath`.
"""
