"""Every router of the interface."""

from safeschedule.web.api import jobs, ledger, live, proposals, session, states, weeks

ROUTERS = (
    session.router,
    weeks.router,
    live.router,
    states.router,
    jobs.router,
    proposals.router,
    ledger.router,
)
