"""Terms and dates of the Wet inburgering 2021 and of retention law, as arithmetic on calendar dates. Pure.

May import `model`; imported by `derive` and `desktop.services`.
"""
