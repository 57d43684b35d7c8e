"""What people would use instead, written with care: the flat model, and a greedy scheduler."""
