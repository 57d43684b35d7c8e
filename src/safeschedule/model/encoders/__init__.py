"""The CP-SAT side of each rule, one file a rule."""
