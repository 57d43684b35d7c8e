"""One check a rule, by the rule's name; each is written from the rule's statement alone.

A check is a pure function ``check(week, setting)`` that yields findings. It is found by its file's name.
"""
