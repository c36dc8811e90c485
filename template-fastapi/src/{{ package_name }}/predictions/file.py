"""The model's file: what may be in it, and when it is refused.

Only what needs a model imports this: scikit-learn takes seconds, which a migration need not wait.
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

# Types that a file may bring besides those of scikit-learn, NumPy and SciPy, by their full names.
# Unlike a pickle, a file that holds anything else runs no code: it is refused.
TRUSTED: list[str] = []


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
