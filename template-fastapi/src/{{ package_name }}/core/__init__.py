"""What the features build on: settings, logs, the database, error responses."""
