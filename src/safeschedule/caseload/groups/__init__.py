"""Groups: where there are seats, for whom, and what it does to the weeks of those who lead them."""
