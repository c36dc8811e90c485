"""The base class of settings, which each module declares for itself."""

from pydantic import ValidationError
from pydantic_settings import BaseSettings
from pydantic_settings import SettingsConfigDict


class Environment(BaseSettings):
    """Settings read from environment variables, by the names of the fields in upper case.

    An invalid value exits with one sentence that names the variable; the value is not shown.
    """

    model_config = SettingsConfigDict(env_ignore_empty=True, frozen=True)

    def __init__(self) -> None:
        try:
            super().__init__()
        except ValidationError as error:
            wrong = error.errors(include_input=False)[0]  # it may be a secret
            name = str(wrong["loc"][0])
            rule = type(self).model_fields[name].description or wrong["msg"]
            raise SystemExit(f"{name.upper()}: {rule}.") from None
