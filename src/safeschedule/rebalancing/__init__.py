"""Who carries too much, and the smallest set of transfers that mends it."""

from typing import TYPE_CHECKING

from safeschedule.lazily import loader
from safeschedule.rebalancing.answers import (
    CarriedLoad,
    HeldClients,
    MissingCapacity,
    Rebalancing,
    Transfer,
    TransferSet,
)
from safeschedule.rebalancing.confirming import transfer_statements

if TYPE_CHECKING:
    from safeschedule.rebalancing.proposing import rebalance

__all__ = [
    "CarriedLoad",
    "HeldClients",
    "MissingCapacity",
    "Rebalancing",
    "Transfer",
    "TransferSet",
    "rebalance",
    "transfer_statements",
]

__getattr__ = loader(__name__, {"rebalance": "proposing"})
