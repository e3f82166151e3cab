"""Bundles on a stick."""
