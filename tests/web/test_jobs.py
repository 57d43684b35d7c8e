"""Jobs: taken once, held by a lease, taken up again, and never harmful to a week."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update

from safeschedule import Desk, Problem, Schedule
from safeschedule.web.jobs import ask_for, find_job, kinds, queue, stop_job
from safeschedule.web.jobs.worker import Worker
from safeschedule.web.storage import Store
from safeschedule.web.storage.tables import jobs
from safeschedule.web.told import RefusalError
from safeschedule.web.weeks import Actor, find
from safeschedule.web.weeks.changing import begin, change
from safeschedule.web.weeks.proposals import find_proposal
from safeschedule.web.weeks.taking import take

Planned = tuple[Problem, Schedule]
ONE = Actor("S1", "scheduler")


def asked(store: Store, planned: Planned, kind: str = "plan", count: int = 1, **more: object) -> list[str]:
    """Bring in a week, ask for jobs about it, and return their codes."""
    body = {"seconds": 1.0, "workers": 1, **more}
    with store.deciding() as connection:
        week = begin(connection, ONE, *planned, "For a test")
        return [ask_for(connection, kind, week.code, 1, body, "S1").code for _ in range(count)]


def test_each_job_is_taken_exactly_once(store: Store, planned: Planned) -> None:
    """Two workers would do the same job."""
    codes = asked(store, planned, count=5)
    with ThreadPoolExecutor(3) as pool:
        taken = list(pool.map(lambda n: queue.claim(store, f"w{n}"), range(9)))
    assert sorted(job.code for job in taken if job is not None) == sorted(codes)


def test_a_job_whose_worker_is_gone_is_taken_again_and_then_given_up(store: Store, planned: Planned) -> None:
    """A killed worker's job would be lost, or be tried for ever."""
    (code,) = asked(store, planned)

    def expire() -> None:
        with store.writing() as connection:
            connection.execute(update(jobs).values(lease_until="2000"))

    for holder in ("first", "second"):
        job = queue.claim(store, holder)
        assert job is not None
        expire()
    assert queue.claim(store, "third") is None
    with store.reading() as connection:
        assert find_job(connection, code).state == queue.FAILED


def test_who_has_lost_the_lease_writes_nothing(store: Store, planned: Planned) -> None:
    """A worker that slept would write over what another one found."""
    (code,) = asked(store, planned)
    queue.claim(store, "first")
    with store.writing() as connection:
        connection.execute(update(jobs).values(lease_until="2000"))
    queue.claim(store, "second")
    assert queue.renew(store, code, "first", None) is None
    with store.writing() as connection:
        assert not queue.end(connection, code, "first", queue.DONE, {})
    assert queue.renew(store, code, "second", {"phase": "plan"}) is False


def test_a_job_that_waits_is_stopped_at_once_and_many_are_refused(store: Store, planned: Planned) -> None:
    """A job would run although nobody wants it, or a click too many would fill the queue."""
    codes = asked(store, planned, count=queue.MOST_WAITING)
    with store.writing() as connection:
        week = find_job(connection, codes[0]).week
        with pytest.raises(RefusalError):
            ask_for(connection, "plan", week, 1, {}, "S1")
        stop_job(connection, codes[0])
        assert find_job(connection, codes[0]).state == queue.STOPPED


def test_planning_anew_offers_nothing_that_is_not_better(planned: Planned) -> None:
    """A click on "plan anew" could make a week worse."""
    problem = planned[0]
    ask = {"seconds": 1.0, "workers": 1}
    tell, stop = (lambda _: None), threading.Event()
    empty = Schedule(problem=problem.name, week_start=problem.week_start, time_zone=problem.time_zone)
    found = kinds.plan(problem, empty, ask, tell, stop)
    assert len(found.offers) == 1
    better = Schedule.model_validate_json(found.offers[0].schedule)
    again = kinds.plan(problem, better, ask, tell, stop)
    assert all(
        kinds.worth(problem, kinds.verify(problem, Schedule.model_validate_json(offer.schedule)))
        > kinds.worth(problem, kinds.verify(problem, better))
        for offer in again.offers
    )


def test_filling_the_rest_leaves_all_that_is_booked_where_it_is(planned: Planned) -> None:
    """Filling would move somebody who was told already."""
    problem, schedule = planned
    first = schedule.appointments[0]
    less = Desk(problem, schedule).without(first)
    from safeschedule.web.weeks.left_out import with_left_out

    less = with_left_out(problem, less)
    found = kinds.fill(problem, less, {}, lambda _: None, threading.Event())
    (offer,) = found.offers
    full = Schedule.model_validate_json(offer.schedule)
    assert set(less.appointments) < set(full.appointments)


@pytest.mark.slow
def test_a_worker_plans_in_a_process_of_its_own_and_the_week_changes_only_when_it_is_taken(
    tmp_path: object, planned: Planned
) -> None:
    """A solve would replace a week by itself, or its result would be lost."""
    store = Store(f"{tmp_path}/data/safeschedule.db")
    store.make()
    problem = planned[0]
    with store.deciding() as connection:
        week = begin(connection, ONE, problem, None, "Empty")
        code = ask_for(connection, "plan", week.code, 1, {"seconds": 3.0, "workers": 1}, "S1").code
    assert Worker(store, threading.Event()).one()
    with store.reading() as connection:
        job = find_job(connection, code)
        assert job.state == queue.DONE, job.found
        assert job.found is not None
        assert find(connection, week.code).version == 1
        proposal = find_proposal(connection, job.found["proposals"][0])
    with store.deciding() as connection:
        taken = take(connection, ONE, proposal, 1)
        assert taken.version == 2
        assert taken.schedule(connection).appointments
        with pytest.raises(RefusalError):
            take(connection, ONE, proposal, 2)
    store.close()


def test_a_proposal_for_another_week_than_it_is_now_is_not_taken(store: Store, planned: Planned) -> None:
    """Somebody's change would be lost under a proposal that did not know it."""
    from safeschedule.web.weeks.proposals import keep

    (code,) = asked(store, planned)
    with store.deciding() as connection:
        job = find_job(connection, code)
        made = keep(connection, code, job.week, 1, *planned, {"kind": "plan"})
        less = Desk(*planned).without(planned[1].appointments[0])
        change(connection, ONE, find(connection, job.week), "cancelled", "A test", schedule=less)
        with pytest.raises(RefusalError) as refused:
            take(connection, ONE, find_proposal(connection, made), 2)
    assert refused.value.code == "stale"
