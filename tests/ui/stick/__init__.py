"""Screens about sticks."""
