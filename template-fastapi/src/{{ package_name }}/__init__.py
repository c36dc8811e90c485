"""A package for each feature; `main.py` puts them together, and this is what all may need."""

from pydantic import ValidationError
from pydantic_settings import BaseSettings
from pydantic_settings import SettingsConfigDict


class Environment(BaseSettings):
    """Settings of a feature, from the environment; a wrong one ends the start in one sentence."""

    model_config = SettingsConfigDict(env_ignore_empty=True, frozen=True)

    def __init__(self) -> None:
        try:
            super().__init__()
        except ValidationError as error:
            wrong = error.errors(include_input=False)[0]  # it may be a secret
            name = str(wrong["loc"][0])
            rule = type(self).model_fields[name].description or wrong["msg"]
            raise SystemExit(f"{name.upper()}: {rule}.") from None
