"""Encoder of ``qualification``: skills, telehealth and site of each session row."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import MODES, Rows
from safeschedule.problem import AllowedMode, Mode, Setting

_IN_PERSON = MODES.index(Mode.IN_PERSON)


def suits(index: Index, setting: Setting) -> Bools:
    """Return by request and clinician whether the clinician has every skill that is needed."""
    del setting
    return _all_suits(index)[: len(index.requests)]


def _all_suits(index: Index) -> Bools:
    return index.once("skills", lambda: _skilled(index))


def _skilled(index: Index) -> Bools:
    skills = [set(clinician.skills) for clinician in index.clinicians]
    needs = [
        {*index.types[asked.session_type].skills, *getattr(asked, "skills", ())} for asked in index.asked
    ]
    table = [[need <= have for have in skills] for need in needs]
    return np.array(table, dtype=bool).reshape(len(needs), len(skills))


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Return 1 or more for each row of a clinician's session whose clinician, mode or site does not fit."""
    del setting
    numbers = np.flatnonzero(rows.is_work)
    part = rows.take(numbers)
    request = part.request
    unfit = ~_all_suits(index)[request, part.clinician]
    unfit |= ~_mode_allowed(index)[request, part.mode]
    remote = np.array([clinician.telehealth for clinician in index.clinicians], dtype=bool)
    in_person = part.mode == _IN_PERSON
    unfit |= ~in_person & ~remote[part.clinician]
    unfit |= in_person & ~_site_fits(index, part, request)
    found = np.zeros(len(rows), dtype=np.int64)
    found[numbers] = unfit
    return found


def _mode_allowed(index: Index) -> Bools:
    return index.once("modes", lambda: _modes(index))


def _modes(index: Index) -> Bools:
    table = [
        [asked.mode.value in (AllowedMode.EITHER.value, mode.value) for mode in MODES]
        for asked in index.asked
    ]
    return np.array(table, dtype=bool).reshape(len(index.asked), len(MODES))


def _site_fits(index: Index, rows: Rows, request: Ints) -> Bools:
    asked = np.array([-1 if r.site is None else index.site_number[r.site] for r in index.asked])
    fits: Bools = (asked[request] < 0) | (asked[request] == rows.site)
    there = index.period_site[rows.clinician, rows.start // index.grid]
    working = index.period_end[rows.clinician, rows.start // index.grid] > rows.start
    fits &= (there < 0) | (there == rows.site)
    # Where hours name no place, whoever has sites is in none but those.
    allowed = index.once("own sites", lambda: _own_sites(index))
    fits &= ~working | (there >= 0) | allowed[rows.clinician, rows.site + 1]
    return fits


def _own_sites(index: Index) -> Bools:
    """Return by clinician and site (the first is nowhere) whether the clinician may be there."""
    table = np.ones((len(index.clinicians), len(index.site_number) + 1), dtype=bool)
    for number, clinician in enumerate(index.clinicians):
        if clinician.sites:
            table[number, 1:] = False
            table[number, [index.site_number[site] + 1 for site in clinician.sites]] = True
    return table
