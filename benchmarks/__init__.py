"""Speed, measured side by side with a peer or a physical limit in one run, printed as ratios.

Each module is one table of `docs/benchmarks.md`. Nothing imports it; it may import everything.
"""
