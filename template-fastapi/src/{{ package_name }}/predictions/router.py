"""The endpoints of predictions."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from typing import Annotated
from typing import get_args

from fastapi import APIRouter
from fastapi import Depends
from fastapi import FastAPI
from fastapi.requests import HTTPConnection

from ..problems import problems
from . import model
from . import threads
from .model import Model
from .model import ModelRead
from .schemas import Flower
from .schemas import Flowers
from .schemas import Prediction
from .schemas import Predictions
from .schemas import Species
from .threads import Threads


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, object]]:
    file = model.Settings().model_file
    loaded = model.load(file, list(Flower.model_fields), list(get_args(Species)))
    settings = threads.Settings()
    with Threads(settings.prediction_threads, settings.prediction_queue) as running:
        yield {"model": loaded, "prediction_threads": running}


async def get_model(connection: HTTPConnection) -> Model:
    loaded: Model = connection.state.model
    return loaded


async def get_threads(connection: HTTPConnection) -> Threads:
    running: Threads = connection.state.prediction_threads
    return running


ModelDep = Annotated[Model, Depends(get_model)]
ThreadsDep = Annotated[Threads, Depends(get_threads)]

router = APIRouter(
    prefix="/predictions",
    tags=["predictions"],
    lifespan=lifespan,
)


@router.post("", responses=problems(400, 413, 422, 503))
async def predict(flower: Flower, model: ModelDep, threads: ThreadsDep) -> Prediction:
    """Tell the species of an iris from its measures."""
    (prediction,) = await threads.run(partial(compute, model, [flower]))
    return prediction


@router.post("/batch", responses=problems(400, 413, 422, 503))
async def predict_batch(flowers: Flowers, model: ModelDep, threads: ThreadsDep) -> Predictions:
    """Tell the species of many at once, which is cheaper than one by one."""
    return Predictions(items=await threads.run(partial(compute, model, flowers.items)))


@router.get("/model")
async def get_model_card(model: ModelDep) -> ModelRead:
    """Which model answers, what it was trained with, and how good it is."""
    return model.about


def compute(model: Model, flowers: list[Flower]) -> list[Prediction]:
    rows = [list(flower.model_dump().values()) for flower in flowers]
    found = []
    for chances in model.estimator.predict_proba(rows).tolist():
        best = max(range(len(chances)), key=chances.__getitem__)
        species = model.about.classes[best]
        found.append(
            Prediction(species=species, probability=chances[best], model=model.about.version)
        )
    return found
