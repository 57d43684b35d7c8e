"""Simulation: a quarter or a year of a team, week by week, with the optimiser in the loop."""

from typing import TYPE_CHECKING

from safeschedule.lazily import loader
from safeschedule.simulation.assumptions import SimulationAssumptions
from safeschedule.simulation.policies import Policy, Routing, SimulationPolicy
from safeschedule.simulation.replication import Replication
from safeschedule.simulation.results import SimulatedDifference, SimulatedMean, SimulationResults

if TYPE_CHECKING:
    from safeschedule.simulation.reading import SimulationFile, read_simulation
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

# What simulates needs the engines, what is read of it does not.
__getattr__ = loader(
    __name__, {"Simulation": "simulation", "SimulationFile": "reading", "read_simulation": "reading"}
)
