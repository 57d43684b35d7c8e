"""Allocation huddles: what has come up since the last one, and what waits for somebody (AB)."""

from safeschedule.caseload.huddle.items import TITLES, Huddle, HuddleItem, HuddleTopic, LastHuddle
from safeschedule.caseload.huddle.preparing import huddle_agenda

__all__ = ["TITLES", "Huddle", "HuddleItem", "HuddleTopic", "LastHuddle", "huddle_agenda"]
