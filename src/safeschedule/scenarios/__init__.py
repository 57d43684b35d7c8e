"""Scenarios: named, composable, sound changes of a problem."""

from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.changes import changes
from safeschedule.scenarios.scenario import ChangedProblem, Scenario, read_scenarios

__all__ = ["ChangedProblem", "Scenario", "ScenarioChange", "changes", "read_scenarios"]
