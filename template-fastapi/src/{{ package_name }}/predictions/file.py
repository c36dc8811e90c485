"""Saving and loading the model's file, and the checks that it must pass.

Imported only where the model is needed: importing scikit-learn takes seconds, and commands such as
migrations do without it.
"""

import warnings
from hashlib import sha256
from pathlib import Path

import skops.io
from sklearn.exceptions import InconsistentVersionWarning

from .model import Card
from .model import Estimator
from .model import Model
from .model import ModelRead

# Full names of the types that a file may contain besides those of scikit-learn, NumPy and SciPy.
# A file with other types is refused, and its code does not run, as that of a pickle would.
TRUSTED: list[str] = []


def save(path: Path, estimator: Estimator, card: Card) -> None:
    skops.io.dump({"estimator": estimator, "card": card.model_dump(mode="json")}, path)


def load(path: Path, features: list[str], classes: list[str]) -> Model:
    """Return the model, or exit if the file is missing, invalid or does not match the schemas."""
    if not path.exists():
        training = f"python -m {__package__}.training"
        raise SystemExit(f"There is no model at {path}. Train one: `{training}`.")
    try:
        model = _read(path.read_bytes())
    except Exception as error:  # the file may be broken in any way
        raise SystemExit(f"The model in {path} is not valid: {error}") from error
    if (model.about.features, model.about.classes) != (features, classes):
        raise SystemExit(f"The features or classes of the model in {path} differ from the schemas.")
    return model


def _read(content: bytes) -> Model:
    with warnings.catch_warnings():
        # A model of another scikit-learn version may predict something else: raise an error.
        warnings.simplefilter("error", InconsistentVersionWarning)
        kept = skops.io.loads(content, trusted=TRUSTED)
    version = sha256(content).hexdigest()[:12]
    return Model(kept["estimator"], ModelRead(**kept["card"], version=version))
