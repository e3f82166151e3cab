"""The colours of print: safe on paper, told apart by lightness and pattern in grey as well."""

INK = "#15232D"
SOFT = "#3E4D56"
PETROL = "#0F4C5C"
PETROL_LIGHT = "#D5E5E9"
MIST = "#F3F6F7"
RUST = "#A63D0A"
APRICOT = "#F4C9A8"
LINE = "#7B8A93"
WHITE = "#FFFFFF"

PRINT_COLOURS: tuple[str, ...] = (INK, SOFT, PETROL, PETROL_LIGHT, MIST, RUST, APRICOT, LINE, WHITE)
"""All of them."""
