"""Where two answers meet: both in view, one choice.

Imported by `shell` for the page; it shows answers with the controls of `questions`.
"""
