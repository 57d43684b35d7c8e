"""What would mend a week that is impossible: the cheapest repairs, each applied, solved and verified."""
