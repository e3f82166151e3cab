"""Terms and dates of the Wet inburgering 2021 and of retention law, as arithmetic on calendar dates.

Pure.
Imported by `derive` and the services; imports `model`.
"""
