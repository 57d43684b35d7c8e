"""What Alembic runs round the steps: they belong to the transaction of whoever calls."""

from alembic import context

from safeschedule.web.storage.tables import VERSIONS, metadata

# Only while Alembic runs it; whoever imports all modules gets here, too.
if hasattr(context, "config"):
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        version_table=VERSIONS,
    )
    context.run_migrations()
