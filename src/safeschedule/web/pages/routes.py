"""Every router of the pages."""

from safeschedule.web.pages import (
    accounts,
    bring_in,
    doors,
    history,
    matters,
    mine,
    out,
    panels,
    phone,
    proposals,
    published,
    rules,
    safe,
    today,
    week,
    why,
)

ROUTERS = (
    doors.router,
    week.router,
    proposals.router,
    bring_in.router,
    today.router,
    phone.router,
    why.router,
    safe.router,
    panels.router,
    rules.router,
    out.router,
    history.router,
    matters.router,
    mine.router,
    published.router,
    accounts.router,
)
