"""What people mean by a cell: each way of writing is read in one way, told, or refused."""

from safeschedule.exchange.workbook.meaning.meant import Habits, Meant, UnreadError

__all__ = ["Habits", "Meant", "UnreadError"]
