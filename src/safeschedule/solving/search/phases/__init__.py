"""What a search does, one phase after the other, each in a module of its own."""
