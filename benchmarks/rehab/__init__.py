"""An outside benchmark: weekly schedules of a rehabilitation clinic, written and solved by others.

The instances are no part of the project; `reading` says what their files look like, `problem` what they
become, and `solution` what is written for a checker that is not part of the project either.
"""
