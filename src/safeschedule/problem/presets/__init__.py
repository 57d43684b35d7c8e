"""Rulebooks to start from, one file each; `docs/reference/presets.md` sets them side by side."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from safeschedule.problem.presets.community import COMMUNITY
from safeschedule.problem.presets.crisis import CRISIS
from safeschedule.problem.presets.iop import IOP
from safeschedule.problem.presets.preset import Choice, Preset
from safeschedule.problem.presets.solo import SOLO
from safeschedule.problem.presets.training import TRAINING
from safeschedule.problem.presets.trauma import TRAUMA
from safeschedule.problem.rulebook import Rulebook

__all__ = ["EXPLAINED", "PRESETS", "Choice", "Preset"]

EXPLAINED: Mapping[str, Preset] = MappingProxyType(
    {preset.name: preset for preset in (COMMUNITY, TRAUMA, TRAINING, CRISIS, IOP, SOLO)}
)
"""Presets by name, with the reason of each choice."""

PRESETS: Mapping[str, Rulebook] = MappingProxyType(
    {name: preset.rulebook for name, preset in EXPLAINED.items()}
)
"""Their rulebooks by name."""
