"""From answers and a region's rules to a support plan: pure, no input or output."""
