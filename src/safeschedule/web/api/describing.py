"""The description of the interface, as clients are made from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from safeschedule.web.api.router import ToldProblem

_PROBLEM = {"$ref": f"#/components/schemas/{ToldProblem.__name__}"}


def operation_id(route: APIRoute) -> str:
    """Return the name of a function in a client that is made from the description."""
    return "_".join((*map(str, route.tags[:1]), route.name))


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the description of an application, which is made once."""
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, routes=app.routes)
        parts = made.setdefault("components", {})
        for name in ("HTTPValidationError", "ValidationError"):
            parts.get("schemas", {}).pop(name, None)  # faults are told as problems, too
        for operation in _operations(made):
            for parameter in operation.get("parameters", ()):
                # Without it a change is refused by 428, which says more than that something is missing.
                parameter["required"] |= parameter["name"] == "if-match"
            for status, answer in operation["responses"].items():
                if status.startswith(("4", "5")):
                    answer["content"] = {"application/problem+json": {"schema": _PROBLEM}}
        parts["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        made["security"] = [{"key": []}]
        app.openapi_schema = made
    return app.openapi_schema


def _operations(described: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in described["paths"].values():
        yield from path.values()
