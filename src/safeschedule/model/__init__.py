"""Problem to CP-SAT: rows of placements, variables, penalties by rule, encoders one file a rule."""
