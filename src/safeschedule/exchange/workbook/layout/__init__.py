"""Which sheets there are, and which columns."""
