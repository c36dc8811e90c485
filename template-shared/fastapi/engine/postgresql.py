"""The connection to PostgreSQL, by psycopg 3."""

from pydantic import Field
from pydantic_settings import BaseSettings
from pydantic_settings import SettingsConfigDict
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.ext.asyncio import create_async_engine


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_ignore_empty=True, frozen=True)

    # It holds a password: `repr=False` keeps it out of logs and tracebacks.
    database_url: str = Field(default="", repr=False)
    database_pool_size: int = Field(default=10, gt=0)


def create_engine() -> AsyncEngine:
    settings = Settings()
    if not settings.database_url:
        raise SystemExit("Set DATABASE_URL, as in postgresql://<user>:<password>@<host>/<name>.")
    # Overflow connections are closed on return: under load that costs more than the queries.
    return create_async_engine(
        settings.database_url,
        pool_size=settings.database_pool_size,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,  # an error message would put what people entered into the log
        connect_args={"connect_timeout": 5},
    )
