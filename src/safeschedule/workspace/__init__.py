"""A problem and a schedule of it, looked at once for whatever is asked of the two."""

from safeschedule.workspace.openings import Near, leaders, near
from safeschedule.workspace.workspace import Workspace

__all__ = ["Near", "Workspace", "leaders", "near"]
