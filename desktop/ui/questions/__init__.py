"""The answer controls: one widget per sort of question. They know neither the store nor the engine.

`registry` finds the control of a question. Imported by `interview`, `newcomer` and `conflict`.
"""
