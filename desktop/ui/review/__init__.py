"""Looking the interview over before the plan is made."""
