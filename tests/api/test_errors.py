"""Every exception comes back whole from another process."""

import copy
import importlib
import pickle
import pkgutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

import safeschedule
from safeschedule import ArgumentError, Fault, InputError, SafeScheduleError, solve
from safeschedule.samples import sample

FAULT = Fault("bad_value", "clinicians[2]", "x", "a code")


def _modules() -> None:
    for module in pkgutil.walk_packages(safeschedule.__path__, "safeschedule."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _classes(kind: type[BaseException] = BaseException) -> Iterator[type[BaseException]]:
    for below in kind.__subclasses__():
        if below.__module__.split(".")[0] == "safeschedule":
            yield below
        yield from _classes(below)


def _arguments(kind: type[BaseException]) -> tuple[object, ...]:
    """Give what the constructor takes, by its names."""
    code = kind.__init__.__code__ if hasattr(kind.__init__, "__code__") else None
    if code is None:
        return ("said",)
    made = {
        "account": ("a", "b"),
        "breaches": ("a", "b"),
        "faults": [FAULT, FAULT],
        "known": ("no_overlap",),
        "installed": ("cpsat",),
        "requests": ("R1",),
        "reasons": ("a", "b"),
        "kinds": Counter({"exactly": 2}),
        "more": {"version": 2},
    }
    return tuple(made.get(name, f"said {name}") for name in code.co_varnames[1 : code.co_argcount])


def _raised(kind: type[BaseException]) -> None:
    raise kind(*_arguments(kind))


def _looks(error: BaseException) -> tuple[object, ...]:
    return type(error), str(error), {k: v for k, v in vars(error).items() if k != "__notes__"}


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool


def test_every_exception_comes_back_from_a_process_pool(pool: ProcessPoolExecutor) -> None:
    """One faulty problem would kill the pool of a service, or hang it."""
    _modules()
    kinds = list(dict.fromkeys(_classes()))
    assert {InputError, ArgumentError, SafeScheduleError} < set(kinds)
    assert len(kinds) >= 12
    for kind in kinds:
        error = kind(*_arguments(kind))
        for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
            assert _looks(again) == _looks(error)
        if issubclass(kind, Exception):
            with pytest.raises(kind) as caught:
                pool.submit(_raised, kind).result(timeout=60)
            assert _looks(caught.value)[:2] == _looks(error)[:2]


def test_a_faulty_problem_is_told_from_another_process(pool: ProcessPoolExecutor) -> None:
    """The pool would be broken for everybody, and the faults lost."""
    faulty = sample().model_copy(update={"rooms": (), "time_zone": "Mars/Phobos", "clinicians": ()})
    with pytest.raises(InputError) as caught:
        pool.submit(solve, faulty).result(timeout=60)
    assert caught.value.faults
    assert pool.submit(len, "still alive").result(timeout=60) == 11
