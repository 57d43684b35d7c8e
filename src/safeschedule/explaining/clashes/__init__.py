"""Why there is no schedule: the smallest sets of rules and facts that clash, each verified."""
