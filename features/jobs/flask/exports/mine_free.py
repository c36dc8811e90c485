"""The exports of whoever asks: all there are."""

from flask import Blueprint
from sqlalchemy import Select
from sqlalchemy import select

from .models import Export

bp = Blueprint("exports", __name__, url_prefix="/exports")


def mine() -> Select[Export]:
    return select(Export)


def begin() -> Export:
    return Export()
