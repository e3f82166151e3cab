"""`opmaat region …`: for who keeps the workbook of a region. One module per command.

Part of the command line; `region_check` is also used by `cli.form_check`.
"""
