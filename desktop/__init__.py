"""Opmaat: the offline-first desktop tool for the broad intake (brede intake).

One package per floor; docs/architecture.md has their order, and the import contract holds it.
Nothing outside imports it but the demonstration, the benchmarks and the tests.
"""
