"""What colours say can be seen by everybody, on a screen and on a copy."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest

from safeschedule.plots import palette
from safeschedule.plots.palette import LOOKS, SERIES
from safeschedule.reports.html import asset
from tests.plots.colours import VISIONS, _ciede2000, contrast, distance

SIGHTS = [vision for vision in VISIONS if vision != "grey"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_distances_are_those_of_the_published_table(
    one: tuple[float, ...], other: tuple[float, ...], expected: float
) -> None:
    """Whatever the tests below say of colours would be said by a wrong formula."""
    assert _ciede2000(np.array(one), np.array(other)) == pytest.approx(expected, abs=1e-4)


def test_colours_are_those_of_the_page() -> None:
    """A picture in a report would speak another language than the page beside it."""
    style = asset("rota.css").partition("@media (prefers-color-scheme: dark)")[0]
    page = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", style))
    assert (page["ink"], page["soft"], page["line"]) == (palette.INK, palette.SOFT, palette.LINE)
    assert (page["off"], page["bad"], page["faint"]) == (palette.OFF, palette.BAD, palette.FAINT)
    for look in ("session", "high"):
        assert (LOOKS[look].fill, LOOKS[look].edge) == (page[look], page[f"{look}-edge"])
    for look in ("write", "meet", "open"):
        assert LOOKS[look].fill == page[look]
    assert SERIES[0].colour == page["session-edge"]


@pytest.mark.parametrize("look", LOOKS)
def test_words_and_borders_stand_out_from_what_is_behind_them(look: str) -> None:
    """Somebody who sees less contrast would not find a session, or could not read its name."""
    behind = [LOOKS[look].fill, palette.PAPER, palette.OFF]
    assert min(contrast(LOOKS[look].edge, ground) for ground in behind) >= 3
    assert min(contrast(palette.INK, ground) for ground in behind) >= 4.5
    assert contrast(palette.SOFT, LOOKS["leave"].fill) >= 4.5


@pytest.mark.parametrize("colour", [palette.INK, palette.SOFT, palette.BAD])
def test_text_can_be_read(colour: str) -> None:
    """A figure would be there and nobody could read it."""
    assert contrast(colour, palette.PAPER) >= 4.5


def test_no_two_things_differ_by_colour_alone() -> None:
    """On a copy in grey two kinds of time would be one."""
    told = [
        (look.hatch, look.dashes, look.bars, look.edge == LOOKS["meeting"].edge) for look in LOOKS.values()
    ]
    assert len(set(told)) == len(told)
    lines = [(look.mark, look.dashes) for look in SERIES]
    assert len({mark for mark, _ in lines}) == len(lines)


@pytest.mark.parametrize("vision", SIGHTS)
def test_lines_are_told_apart_by_everybody(vision: str) -> None:
    """Somebody would take one policy for another."""
    near = {
        (one.colour, other.colour): distance(one.colour, other.colour, vision)
        for one, other in itertools.combinations(SERIES, 2)
    }
    assert min(near.values()) >= 10, min(near, key=lambda pair: near[pair])
    assert min(contrast(look.colour, palette.PAPER) for look in SERIES) >= 3


@pytest.mark.parametrize("vision", SIGHTS)
def test_sessions_of_high_intensity_stand_out_for_everybody(vision: str) -> None:
    """What the plot is about would be hidden from one man in twelve."""
    session, high = LOOKS["session"], LOOKS["high"]
    assert distance(session.fill, high.fill, vision) >= 10
    assert distance(session.edge, high.edge, vision) >= 20
