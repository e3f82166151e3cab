"""Rights of the person and duties of the keeper: own copy, audit, retention and erasure.

Imports every other package of use cases.
"""
