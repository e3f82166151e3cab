"""Where two answers meet: both in view, one choice."""
