"""Request and response models of sign-in."""

from datetime import datetime
from typing import Annotated
from typing import Literal
from typing import Self
from uuid import UUID

from pydantic import AfterValidator
from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import Field
from pydantic import SecretStr
from pydantic import model_validator

# ASCII only, which excludes look-alike characters; stored in lower case.
Email = Annotated[
    str,
    Field(max_length=254, pattern=r"^[!-?A-~]{1,64}@[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)+$"),
    AfterValidator(str.lower),
]

# NIST SP 800-63B-4 for single-factor passwords: 15 characters or more, no composition rules.
NewPassword = Annotated[SecretStr, Field(min_length=15, max_length=1024)]
Password = Annotated[SecretStr, Field(max_length=1024)]


class Registration(BaseModel):
    model_config = ConfigDict(extra="forbid")

    email: Email
    password: NewPassword

    @model_validator(mode="after")
    def _is_no_copy(self) -> Self:
        if self.password.get_secret_value().lower() == self.email:
            raise ValueError("the password must not be the e-mail address")
        return self


class SignInForm(BaseModel):
    """The password grant of OAuth 2, which the documentation page can fill in."""

    grant_type: Literal["password"] = "password"
    username: Email = Field(description="The e-mail address.")
    password: Password


class PasswordChange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    old_password: Password
    new_password: NewPassword


class RefreshToken(BaseModel):
    model_config = ConfigDict(extra="forbid")

    refresh_token: Annotated[SecretStr, Field(max_length=100)]


class Tokens(BaseModel):
    access_token: str = Field(description="Send it as `Authorization: Bearer <access_token>`.")
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 (no secret)
    expires_in: int = Field(description="For how many seconds the access token is good.")
    refresh_token: str = Field(description="Good for one exchange for new tokens.")


class UserRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    email: str
    created_at: datetime
