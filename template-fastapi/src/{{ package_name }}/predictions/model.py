"""The model's file: what may be in it, what is known about it, and when it is refused."""

import warnings
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import numpy as np
import skops.io
from numpy.typing import ArrayLike
from numpy.typing import NDArray
from pydantic import BaseModel
from pydantic import Field
from pydantic_settings import BaseSettings
from pydantic_settings import SettingsConfigDict
from sklearn.exceptions import InconsistentVersionWarning

# Types that a file may bring besides those of scikit-learn, NumPy and SciPy, by their full names.
# Unlike a pickle, a file that holds anything else runs no code: it is refused.
TRUSTED: list[str] = []


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_ignore_empty=True, frozen=True)

    model_file: Path = Path("model.skops")


class Estimator(Protocol):
    """As much of a scikit-learn classifier as is needed."""

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


def save(path: Path, estimator: Estimator, card: Card) -> None:
    skops.io.dump({"estimator": estimator, "card": card.model_dump(mode="json")}, path)


def load(path: Path, features: list[str], classes: list[str]) -> Model:
    """Refuse, in one sentence, to start with a file that is not what the service describes."""
    if not path.exists():
        training = f"python -m {__package__}.training"
        raise SystemExit(f"There is no model at {path}: `{training}` makes one.")
    try:
        model = _read(path.read_bytes())
    except Exception as error:  # whatever is wrong with it
        raise SystemExit(f"The model in {path} is refused: {error}") from error
    if (model.about.features, model.about.classes) != (features, classes):
        raise SystemExit(f"The model in {path} has other features or classes than the service.")
    return model


def _read(content: bytes) -> Model:
    with warnings.catch_warnings():
        # Another version of scikit-learn might predict something else: train again instead.
        warnings.simplefilter("error", InconsistentVersionWarning)
        kept = skops.io.loads(content, trusted=TRUSTED)
    version = sha256(content).hexdigest()[:12]
    return Model(kept["estimator"], ModelRead(**kept["card"], version=version))
