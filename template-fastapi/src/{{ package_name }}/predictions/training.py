"""Train the model and write its file. Reproducible with the same data and library version."""

from datetime import UTC
from datetime import datetime

import sklearn
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from .file import save
from .model import Card
from .model import Estimator
from .model import Settings

SEED = 0


def train() -> tuple[Estimator, Card]:
    iris = load_iris()  # comes with scikit-learn
    estimator = make_pipeline(StandardScaler(), LogisticRegression(random_state=SEED))
    species = iris.target_names[iris.target]
    accuracy = cross_val_score(estimator, iris.data, species, cv=5).mean()
    estimator.fit(iris.data, species)
    card = Card(
        name="iris",
        trained_at=datetime.now(UTC),
        trained_with=f"scikit-learn {sklearn.__version__}",
        features=[name.removesuffix(" (cm)").replace(" ", "_") for name in iris.feature_names],
        classes=estimator.classes_.tolist(),
        metrics={"accuracy": round(float(accuracy), 4)},
    )
    return estimator, card


def main() -> None:
    save(Settings().model_file, *train())


if __name__ == "__main__":
    main()
