"""Looking at a document before it is made."""
