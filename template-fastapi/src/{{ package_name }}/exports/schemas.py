"""The response model of exports, separate from their table."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import Field

from .models import Status


class ExportRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    status: Status = Field(description="`done` and `failed` are final.")
    content: str | None = Field(description="One note a line, as JSON; null until it is `done`.")
    created_at: datetime
    updated_at: datetime
