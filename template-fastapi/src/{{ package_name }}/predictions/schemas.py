"""The models of requests and responses: the features of the model, and its predictions."""

from typing import Annotated
from typing import Literal

from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import Field
from pydantic.config import JsonDict

# Strict, so that "1" and true are not lengths. The limits are generous for an iris.
Centimetres = Annotated[float, Field(gt=0, le=100, allow_inf_nan=False, strict=True)]

Species = Literal["setosa", "versicolor", "virginica"]

SETOSA: JsonDict = {
    "sepal_length": 5.1,
    "sepal_width": 3.5,
    "petal_length": 1.4,
    "petal_width": 0.2,
}
VIRGINICA: JsonDict = {
    "sepal_length": 6.3,
    "sepal_width": 3.3,
    "petal_length": 6.0,
    "petal_width": 2.5,
}


class Flower(BaseModel):
    """The features of one iris, in the order in which the model takes them."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [SETOSA]})

    sepal_length: Centimetres = Field(description="Length of a sepal, in centimetres.")
    sepal_width: Centimetres = Field(description="Width of a sepal, in centimetres.")
    petal_length: Centimetres = Field(description="Length of a petal, in centimetres.")
    petal_width: Centimetres = Field(description="Width of a petal, in centimetres.")


class Flowers(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"items": [SETOSA, VIRGINICA]}]}
    )

    items: list[Flower] = Field(min_length=1, max_length=1000)


class Prediction(BaseModel):
    species: Species
    probability: float = Field(ge=0, le=1, description="How sure the model is of the species.")
    model: str = Field(description="The version of the model that says so.")


class Predictions(BaseModel):
    items: list[Prediction] = Field(description="One for each flower, in the same order.")
