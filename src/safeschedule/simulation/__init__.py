"""Simulation: a quarter or a year of a team, week by week, with the optimiser in the loop."""

from safeschedule.simulation.assumptions import SimulationAssumptions
from safeschedule.simulation.policies import Policy, Routing, SimulationPolicy
from safeschedule.simulation.reading import SimulationFile, read_simulation
from safeschedule.simulation.replications import Replication
from safeschedule.simulation.results import SimulatedDifference, SimulatedMean, SimulationResults
from safeschedule.simulation.simulation import Simulation

__all__ = [
    "Policy",
    "Replication",
    "Routing",
    "SimulatedDifference",
    "SimulatedMean",
    "Simulation",
    "SimulationAssumptions",
    "SimulationFile",
    "SimulationPolicy",
    "SimulationResults",
    "read_simulation",
]
