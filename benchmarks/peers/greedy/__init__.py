"""The greedy peer stands for a careful person with a large calendar: blocks first, then sessions by value."""

from benchmarks.peers.greedy.scheduler import Greedy

__all__ = ["Greedy"]
