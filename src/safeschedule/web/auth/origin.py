"""Where a request comes from: one that changes something has to come from a page of this application."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from safeschedule.web.told import RefusalError

SAFE = ("GET", "HEAD", "OPTIONS")


def require_own_page(request: Request) -> None:
    """Do nothing when a request with a cookie was sent by a page of this application.

    Browsers say so themselves: by ``Sec-Fetch-Site``, and older ones by ``Origin``. A page elsewhere cannot
    change either.

    Raises
    ------
    RefusalError
        It was sent from elsewhere, or does not say from where.
    """
    if request.method in SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site != "same-origin":
            raise _elsewhere()
        return
    # Browsers leave it out where the connection is not secure.
    origin = request.headers.get("origin")
    if origin is None or urlsplit(origin).netloc != request.headers.get("host", ""):
        raise _elsewhere()


def _elsewhere() -> RefusalError:
    return RefusalError(403, "elsewhere", "This was not sent by a page of this application.")
