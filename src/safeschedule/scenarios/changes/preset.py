"""A rulebook of another kind of service."""

from __future__ import annotations

from typing import ClassVar

from safeschedule.problem import PRESETS
from safeschedule.problem.entity import Code
from safeschedule.problem.showing import did_you_mean
from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.making import Making


class OtherPreset(ScenarioChange):
    """The rules of a preset apply instead of the problem's own; rules of one's own stay.

    Parameters
    ----------
    preset
        The name of the preset.
    """

    name: ClassVar[str] = "preset"
    main: ClassVar[str] = "preset"
    example: ClassVar[str] = 'preset = "trauma"'

    preset: Code

    def apply(self, making: Making) -> None:
        """Put the preset's rulebook in place."""
        if self.preset not in PRESETS:
            names = ", ".join(PRESETS)
            expected = f"one of: {names}{did_you_mean(self.preset, list(PRESETS))}"
            making.fault("unknown_value", "preset", self.preset, expected)
            return
        own = making.problem.rulebook.custom_rules()
        making.update(rulebook=PRESETS[self.preset].with_rules(own.values()))


CHANGE = OtherPreset
