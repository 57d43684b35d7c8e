"""The interface for programs, under ``/api/v1``: the same answers as the pages, with OpenAPI and RFC 9457."""

from safeschedule.web.api.routes import ROUTERS

__all__ = ["ROUTERS"]
