"""The answer controls: one widget per sort of question. They know neither the store nor the engine."""
