"""Rights of the person and duties of the keeper: own copy, audit trail, retention and erasure.

May import every other use case; none of them imports it.
"""
