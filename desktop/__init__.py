"""Opmaat: the offline-first desktop tool for the broad intake (brede intake)."""
