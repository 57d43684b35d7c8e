"""Parts of a week solved in processes of their own, where threads would wait for the interpreter's lock."""

from safeschedule.solving.processes.worker_pool import Helpers, WorkerPool

__all__ = ["Helpers", "WorkerPool"]
