"""`opmaat form xform` and `opmaat form xlsx`: a form written as another kind of file.

Part of the command line; imported by `cli.form`.
"""
