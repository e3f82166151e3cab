"""The plan: weighing the three routes, goals with the week, and signing. Nothing on these screens scores or ranks."""
