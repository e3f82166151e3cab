"""Exchange with the municipal server: the messages (`wire`) and the laptop's side of the conversation (`client`).

The only floor that imports HTTP. Imported by `services` and `bootstrap`.
"""
