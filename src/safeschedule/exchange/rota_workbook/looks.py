"""How cells of a rota look; on paper without colour, too."""

from __future__ import annotations

from typing import Any

_BASE: dict[str, Any] = {"num_format": "@", "text_wrap": True, "valign": "top", "font_size": 8, "border": 1}

_LOOKS: dict[str, dict[str, Any]] = {
    "session": {**_BASE, "bg_color": "#FFFFFF"},
    "high": {**_BASE, "bg_color": "#F8CBAD", "bold": True, "border": 2},
    # Protected time is hatched: the pattern stays when the colour does not.
    "block": {**_BASE, "pattern": 14, "fg_color": "#A9D08E", "bg_color": "#FFFFFF", "italic": True},
    "meeting": {**_BASE, "pattern": 13, "fg_color": "#B4C6E7", "bg_color": "#FFFFFF"},
    "leave": {**_BASE, "pattern": 17, "fg_color": "#808080", "bg_color": "#EDEDED", "italic": True},
    "clash": {**_BASE, "bg_color": "#FFFFFF", "border": 5, "border_color": "#C00000", "bold": True},
    "off": {"bg_color": "#D9D9D9"},
    "free": {"left": 4, "right": 4, "left_color": "#BFBFBF", "right_color": "#BFBFBF"},
    "hour": {"font_size": 8, "valign": "top", "align": "right", "num_format": "@", "top": 4},
    "title": {"bold": True, "font_size": 13, "num_format": "@"},
    "day": {"bold": True, "font_size": 11, "num_format": "@", "bg_color": "#DDEBF7", "bottom": 1},
    "heading": {"bold": True, "num_format": "@", "bg_color": "#DDEBF7", "bottom": 1, "text_wrap": True,
                "valign": "top"},
    "text": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "number": {"valign": "top", "align": "left"},
    "date": {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"},
    "clock": {"num_format": "hh:mm", "valign": "top", "align": "left"},
    "share": {"num_format": "0 %", "valign": "top", "align": "left"},
}  # fmt: skip


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """Return a format by its name."""
        if name not in self._made:
            self._made[name] = self._book.add_format(_LOOKS[name])
        return self._made[name]
