"""The exports of whoever asks: there are no others to them."""

from flask import Blueprint
from sqlalchemy import Select
from sqlalchemy import select

from ..auth import current_user
from ..auth import login_required
from .models import Export

bp = Blueprint("exports", __name__, url_prefix="/exports")


@bp.before_request
@login_required
def need_user() -> None:
    """Know whose exports are meant."""


def mine() -> Select[Export]:
    return select(Export).where(Export.owner_id == current_user.id)


def begin() -> Export:
    return Export(owner_id=current_user.id)
