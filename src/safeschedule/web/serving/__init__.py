"""The command's processes: one that watches, one that answers, and some that work."""

from safeschedule.web.serving.supervisor import serve, work

__all__ = ["serve", "work"]
