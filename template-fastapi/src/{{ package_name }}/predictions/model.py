"""The model, its metadata and the setting of its file."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike
from numpy.typing import NDArray
from pydantic import BaseModel
from pydantic import Field

from ..core.settings import Environment


class Settings(Environment):
    model_file: Path = Path("model.skops")


class Estimator(Protocol):
    """The part of a scikit-learn classifier that is used."""

    classes_: NDArray[np.str_]

    def predict_proba(self, rows: ArrayLike, /) -> NDArray[np.float64]: ...


class Card(BaseModel):
    """What training says about a model, kept in the same file."""

    name: str
    trained_at: datetime
    trained_with: str = Field(description="The library, and its version.")
    features: list[str] = Field(description="In the order in which the model takes them.")
    classes: list[str]
    metrics: dict[str, float] = Field(description="Measured on data that it was not trained with.")


class ModelRead(Card):
    version: str = Field(description="A hash of the file: another content is another version.")


@dataclass(frozen=True)
class Model:
    estimator: Estimator
    about: ModelRead
