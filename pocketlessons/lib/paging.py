"""Pages of a list by key: where the last page ended, never how many rows came before."""

import datetime
import uuid
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import models
from django.utils.dateparse import parse_datetime

Row = TypeVar("Row", bound=models.Model)


class Page(NamedTuple, Generic[Row]):
    """Some rows, newest first, and the key to ask for what comes after them; empty at the end."""

    rows: list[Row]
    next_key: str


def newest_first(
    rows: "models.QuerySet[Row]", *, moment: str, before: str = "", size: int
) -> "Page[Row]":
    """Up to `size` rows ordered by the field `moment`, after the one that `before` names; a strange key is the start."""
    ordered = rows.order_by(f"-{moment}", "-pk")
    if key := _read(before):
        at, pk = key
        ordered = ordered.filter(models.Q(**{f"{moment}__lt": at}) | models.Q(**{moment: at, "pk__lt": pk}))
    found = list(ordered[: size + 1])
    more = len(found) > size
    return Page(found[:size], _key(found[size - 1], moment) if more else "")


def _key(row: models.Model, moment: str) -> str:
    at: Any = getattr(row, moment)
    return f"{at.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%S.%fZ}_{row.pk}"


def _read(key: str) -> tuple[datetime.datetime, uuid.UUID] | None:
    moment, _, pk = key.partition("_")
    try:
        at = parse_datetime(moment)
        return (at, uuid.UUID(pk)) if at and at.tzinfo else None
    except ValueError:
        return None
