"""Files that people bring: read by the library's formats, in a folder that is gone afterwards."""

from safeschedule.web.incoming.reading import Brought, brought, with_calendar

__all__ = ["Brought", "brought", "with_calendar"]
