"""Scenarios: named, composable, sound changes of a problem."""

from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.changes import changes
from safeschedule.scenarios.scenario import Applied, Scenario, read_scenarios

__all__ = ["Applied", "Scenario", "ScenarioChange", "changes", "read_scenarios"]
