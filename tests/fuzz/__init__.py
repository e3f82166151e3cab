"""Broken input for every reader of forms: mutated, in great number, and repeatable by its seed."""
