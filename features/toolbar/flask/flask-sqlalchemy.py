    "flask_debugtoolbar.panels.sqlalchemy.SQLAlchemyDebugPanel",
