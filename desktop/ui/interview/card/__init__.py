"""The card of one question or repeat: its words, control, refusal and rows.

Imported by the interview page; imports `kit`, `questions` and `design`.
"""
