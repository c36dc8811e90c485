"""The start-up of predictions: each process loads the model and starts its threads."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated
from typing import get_args

from fastapi import Depends
from fastapi import FastAPI
from fastapi.requests import HTTPConnection

from . import model
from . import threads
from .model import Model
from .schemas import Flower
from .schemas import Species
from .threads import Threads


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, object]]:
    from .file import load  # noqa: PLC0415 (importing it takes seconds)

    file = model.Settings().model_file
    loaded = load(file, list(Flower.model_fields), list(get_args(Species)))
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
