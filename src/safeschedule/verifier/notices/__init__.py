"""What a reader has to know of a week that no finding says: one module a kind, found by its name.

Each has a function ``tell`` from a `safeschedule.verifier.week.Week` to notices. A notice breaks no rule.
"""
