"""Public test kit: hypothesis strategies, and the agreement of encoder and check."""
