"""The main job, to be watched: `make demo` drives the real screens through one case, end to end.

The case is data (`case_*.json`): answers by question name, so that another case is another file.
"""
