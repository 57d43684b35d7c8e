"""What the application keeps: tables beside the ledger's, in one database."""

from safeschedule.web.storage.database import Store, ledger_head

__all__ = ["Store", "ledger_head"]
