"""The caseload around the schedule: points, panels, intake, waitlist (still to come)."""
