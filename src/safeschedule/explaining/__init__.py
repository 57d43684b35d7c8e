"""Why not: reasons for what was left out, and for weeks that cannot be."""
