"""Pages for people: made on the server, and usable with keys, on a phone and in print."""

from safeschedule.web.pages.rendering import assets, refusal
from safeschedule.web.pages.routes import ROUTERS

__all__ = ["ROUTERS", "assets", "refusal"]
