"""All routes under one roof."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from safeschedule import InputError, __version__
from safeschedule.web import api, pages
from safeschedule.web.api.describing import describe, operation_id
from safeschedule.web.auth.headers import SecurityHeaders
from safeschedule.web.settings import LARGEST_UPLOAD, Settings
from safeschedule.web.storage import Store
from safeschedule.web.storage.reaching import away
from safeschedule.web.told import RefusalError, of_input

_LOCAL = ("127.0.0.1", "localhost", "[::1]", "::1")


def create_app(settings: Settings, store: Store | None = None) -> FastAPI:
    """Return the application; its tables have to be there (`Store.make`).

    Parameters
    ----------
    settings
        How it is started.
    store
        Where everything is kept; by itself what the settings name.
    """
    app = FastAPI(
        title="SafeSchedule",
        version=__version__,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # its page would fetch scripts from elsewhere
        redoc_url=None,
        generate_unique_id_function=operation_id,
        lifespan=_lifespan,
        telemetry={"auto_configure": False, "tracing": False, "metrics": False, "logs": False},
    )
    app.state.settings, app.state.store = settings, store or Store(settings.where)
    app.state.closing = threading.Event()
    for router in (*api.ROUTERS, *pages.ROUTERS):
        app.include_router(router)
    app.openapi = partial(describe, app)  # type: ignore[method-assign]
    app.mount("/assets", pages.assets())
    app.add_middleware(SecurityHeaders, largest=LARGEST_UPLOAD + 2**16, secure=settings.secure)
    hosts = [*_LOCAL, settings.host, *settings.names]
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)
    app.add_exception_handler(RefusalError, _refused)
    app.add_exception_handler(InputError, _faults)
    app.add_exception_handler(SQLAlchemyError, _database)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _inside)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.store.close()


def _told(request: Request, refusal: RefusalError) -> Response:
    """Tell a program by RFC 9457, and a person by a page."""
    if request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
        return JSONResponse(refusal.problem(), refusal.status, media_type="application/problem+json")
    if refusal.status == 401 and request.method == "GET":
        return RedirectResponse("/sign-in", 303)
    return pages.refusal(request, refusal)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusalError)
    return _told(request, error)


def _faults(request: Request, error: Exception) -> Response:
    assert isinstance(error, InputError)
    return _told(request, _AWAY if away(error) else of_input(error))


def _database(request: Request, error: Exception) -> Response:
    if not away(error):
        raise error
    return _told(request, _AWAY)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    # What was sent is not repeated.
    faults = [{"place": ".".join(map(str, e["loc"])), "code": e["type"]} for e in error.errors()]
    return _told(request, RefusalError(422, "faults", "What was sent has faults.", {"faults": faults}))


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _told(request, RefusalError(error.status_code, "http", str(error.detail)))


_AWAY = RefusalError(
    503, "away", "The database does not answer now. Look whether it was done before you do it again."
)


def _inside(request: Request, error: Exception) -> Response:
    detail = f"Something went wrong inside: {type(error).__name__}. Nothing was changed."
    return _told(request, RefusalError(500, "inside", detail))
