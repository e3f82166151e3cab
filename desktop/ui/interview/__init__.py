"""The interview screen: one question at a time, in two languages, with one answer across both."""
