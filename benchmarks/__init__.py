"""Speed, measured side by side with a peer or a physical limit in one run, printed as ratios."""
