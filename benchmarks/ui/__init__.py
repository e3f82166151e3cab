"""What a person waits for on screen, beside a bare Qt form of as many widgets, and the memory it takes.

`python -m benchmarks.ui`.
"""
