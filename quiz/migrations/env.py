"""Runs the migrations on the connection that ``quiz.migration.migrate`` hands over."""

from alembic import context

from quiz.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table="quiz_migrations",
)
with context.begin_transaction():
    context.run_migrations()
