"""Attachments on the screen: adding, the list of a case or a question, and looking at one from memory."""
