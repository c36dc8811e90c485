"""Runs the migrations with the app's own engine, as Flask-Migrate asks for."""

from alembic import context
from flask import current_app

migrate = current_app.extensions["migrate"]

if context.is_offline_mode():
    url = migrate.db.engine.url.render_as_string(hide_password=False)
    context.configure(url=url, literal_binds=True, **migrate.configure_args)
    with context.begin_transaction():
        context.run_migrations()
else:
    with migrate.db.engine.connect() as connection:
        context.configure(connection=connection, **migrate.configure_args)
        with context.begin_transaction():
            context.run_migrations()
