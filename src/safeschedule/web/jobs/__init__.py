"""What takes long: a queue in the database, workers that hold jobs by leases, one process a solve."""

from safeschedule.web.jobs.queue import QueuedJob, ask_for, find_job, job_events, jobs_of, stop_job

__all__ = ["QueuedJob", "ask_for", "find_job", "job_events", "jobs_of", "stop_job"]
