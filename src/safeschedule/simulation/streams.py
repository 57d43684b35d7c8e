"""Random numbers that are common to all policies: a stream for every purpose and every entity.

A generator is made of the seed, the replication, the purpose and whom it is about, never of what was drawn
before. So the same referral has the same fate under every policy, however differently they plan; and the
streams are independent as `numpy.random.SeedSequence` makes those that it spawns.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from zlib import crc32

import numpy as np


class Purpose(IntEnum):
    """What is drawn. Numbers stay: another order would be another course of all weeks."""

    ARRIVALS = 1
    TREATMENT = 2
    ATTENDANCE = 3
    CRISES = 4
    SICKNESS = 5
    LEAVE = 6
    ACUITY = 7
    NOTES = 8


@dataclass(frozen=True)
class Streams:
    """The streams of one replication.

    Parameters
    ----------
    seed, replication
        What all its streams begin with.
    """

    seed: int
    replication: int

    def of(self, purpose: Purpose, entity: str = "", number: int = 0) -> np.random.Generator:
        """Return a stream from its beginning.

        Parameters
        ----------
        purpose
            What is drawn.
        entity
            Whom it is about, by code.
        number
            Which of the entity's, such as the session or the week.
        """
        key = (self.replication, int(purpose), crc32(entity.encode()), number)
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(self.seed, spawn_key=key)))
