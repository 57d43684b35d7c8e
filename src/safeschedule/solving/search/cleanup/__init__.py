"""What is done to a schedule when the search is over: what still fits, what nobody asked for."""
