"""The week as a grid: made here, for pages and for programs that draw one themselves."""

from safeschedule.web.board.grid import VIEWS, WeekBoard, board_of

__all__ = ["VIEWS", "WeekBoard", "board_of"]
