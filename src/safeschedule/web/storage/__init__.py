"""What the application keeps: tables beside the ledger's, in one database."""

from safeschedule.web.storage.database import Store

__all__ = ["Store"]
