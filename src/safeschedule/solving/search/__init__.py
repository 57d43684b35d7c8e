"""The search for a schedule, phase by phase."""
