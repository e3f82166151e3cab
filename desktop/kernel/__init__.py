"""The ground floor: standard library and `protocol` only, imported by every other floor."""
