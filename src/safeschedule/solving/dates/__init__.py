"""Weeks of day programmes, date by date: how often everyone comes to what, then each date's times alone."""
