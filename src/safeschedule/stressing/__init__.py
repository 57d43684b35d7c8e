"""Stress tests: whether a planned week still holds when urgent cases come and somebody is ill."""

from safeschedule.stressing.outcome import HalfDay, Method, Stress, Verdict
from safeschedule.stressing.stress import stress
from safeschedule.stressing.urgent import Within
from safeschedule.stressing.worst import Absence, Lost, Obstacle, WorstCase

__all__ = [
    "Absence",
    "HalfDay",
    "Lost",
    "Method",
    "Obstacle",
    "Stress",
    "Verdict",
    "Within",
    "WorstCase",
    "stress",
]
