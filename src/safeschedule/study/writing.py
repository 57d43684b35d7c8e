"""Frames of a study as files."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.frames.csv_text import text_of
from safeschedule.needing import library
from safeschedule.problem.showing import show
from safeschedule.study.frames import run_columns, writer

if TYPE_CHECKING:
    from safeschedule.study.results import StudyResults

CSV, PARQUET = ".csv", ".parquet"


def frame_file(results: StudyResults, name: str, ending: str) -> bytes:
    """Return a frame as the content of a file.

    Parameters
    ----------
    results
        The results.
    name
        Which frame: runs, rules, tiers, skills or timings.
    ending
        ``.csv``, for which nothing has to be installed, or ``.parquet``.

    Raises
    ------
    InputError
        It is another ending, or a library is not installed.
    """
    if ending == CSV:
        return text_of(run_columns(results.runs)[name]).encode()
    if ending != PARQUET:
        raise InputError("study", [Fault("unknown_value", "output", show(ending), f"{CSV} or {PARQUET}")])
    stream = io.BytesIO()
    nw = library("narwhals", "frames in Parquet", "study")
    nw.from_native(results.frames(writer())[name]).write_parquet(stream)
    return stream.getvalue()
