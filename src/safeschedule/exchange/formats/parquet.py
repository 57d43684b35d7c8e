"""A folder of data frames in Parquet: a problem, and the week that was planned for it."""

from __future__ import annotations

from safeschedule.exchange.frames.folder_format import folder_format

FORMAT = folder_format("parquet", "parquet", "Parquet")
