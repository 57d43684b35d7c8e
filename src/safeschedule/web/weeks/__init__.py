"""A week on which several people work: its states, its versions, and each change as one transaction."""

from safeschedule.web.weeks.actor import Actor
from safeschedule.web.weeks.reading import KeptWeek, all_weeks, find, history, published, version_of

__all__ = ["Actor", "KeptWeek", "all_weeks", "find", "history", "published", "version_of"]
