"""Columns as data frames and back: one path for pandas, polars and Arrow, by narwhals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Literal, get_args

from safeschedule.errors import ArgumentError, Fault
from safeschedule.exchange.frames.flattening import Columns
from safeschedule.exchange.frames.layout import FrameTable
from safeschedule.needing import library
from safeschedule.problem.showing import show

Backend = Literal["pandas", "polars", "pyarrow"]
BACKENDS: tuple[Backend, ...] = get_args(Backend)
"""The libraries whose frames are made."""


def frames_of(
    columns: Mapping[str, Columns], layout: Mapping[str, FrameTable], backend: str, call: str
) -> dict[str, Any]:
    """Return the frames of columns.

    Parameters
    ----------
    columns
        Their columns by name.
    layout
        Which columns each frame has, and of what kind.
    backend
        One of `BACKENDS`.
    call
        Who asks, for the error.

    Raises
    ------
    ArgumentError
        There is no such backend.
    InputError
        It is not installed.
    """
    known = require_backend(backend, call)
    library("narwhals", "frames", "frames")
    library(known, "frames", "frames")
    return {name: _frame(own, layout[name], known) for name, own in columns.items()}


def require_backend(backend: str, call: str) -> Backend:
    """Return a backend, if it is one.

    Raises
    ------
    ArgumentError
        It is none.
    """
    for known in BACKENDS:
        if backend == known:
            return known
    fault = Fault("unknown_value", "backend", show(backend), f"one of: {', '.join(BACKENDS)}")
    raise ArgumentError(f"arguments of {call}", [fault])


def _frame(columns: Columns, table: FrameTable, backend: Backend) -> Any:
    import narwhals as nw

    kinds = {"String": nw.String(), "Int64": nw.Int64(), "Float64": nw.Float64(), "Boolean": nw.Boolean()}
    kinds["Datetime"] = nw.Datetime("us")
    schema = nw.Schema({column.name: kinds[column.kind.dtype] for column in table.columns})
    if backend != "pandas":
        return nw.from_dict(columns, schema, backend=backend).to_native()
    # Its own whole numbers and truth values cannot be absent; those that can are asked for by name.
    made = nw.from_dict(columns, backend=backend).to_native()
    return made.astype(schema.to_pandas("numpy_nullable"))


def eager(frames: Mapping[str, Any], call: str) -> dict[str, Any]:
    """Return frames as narwhals has them, each of them there at once.

    Raises
    ------
    ArgumentError
        Something is no frame, or has a column twice; with every fault.
    """
    nw = library("narwhals", "frames", "frames")
    found: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, native in frames.items():
        try:
            frame = nw.from_native(native)
        except TypeError:
            expected = "a data frame of pandas, polars or Arrow"
            faults.append(Fault("wrong_type", str(name), f"a {type(native).__name__}", expected))
        except nw.exceptions.DuplicateError as error:
            faults.append(Fault("double_column", str(name), show(str(error)), "each column once"))
        else:
            found[str(name)] = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    if faults:
        raise ArgumentError(f"arguments of {call}", faults)
    return found


def columns_in(frames: Mapping[str, Any], call: str) -> dict[str, Columns]:
    """Return the columns of frames; what is absent there, in whatever way, is ``None``.

    Raises
    ------
    ArgumentError
        As for `eager`.
    """
    return {
        name: {column: list(_values(frame[column])) for column in frame.columns}
        for name, frame in eager(frames, call).items()
    }


def _values(series: Any) -> Iterator[Any]:
    for value, absent in zip(series.to_list(), series.is_null().to_list(), strict=True):
        if absent or (isinstance(value, float) and value != value):
            yield None
        elif isinstance(value, datetime) and type(value) is not datetime:
            yield value.to_pydatetime(warn=False)  # type: ignore[attr-defined]  # a Timestamp of pandas
        else:
            yield value
