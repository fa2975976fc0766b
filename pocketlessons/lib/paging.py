"""Pages of a list by key: where the last page ended, never how many rows came before."""

import datetime
import uuid
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from django.db.models import Q
from django.utils.dateparse import parse_datetime

Row = TypeVar("Row")


class Page(NamedTuple, Generic[Row]):
    """Some rows, newest first, and the key to ask for what comes after them; empty at the end."""

    rows: list[Row]
    next_key: str


class Ordered(Protocol):
    """The two columns that every list is ordered by: a moment, and the row's own id."""

    @property
    def moment(self) -> datetime.datetime: ...
    @property
    def pk(self) -> Any: ...


OrderedRow = TypeVar("OrderedRow", bound=Ordered)


def after(key: str, *, moment: str) -> Q:
    """What comes after the row that `key` names, by the column `moment`; everything for a key that is none."""
    if found := _read(key):
        at, pk = found
        return Q(**{f"{moment}__lt": at}) | Q(**{moment: at, "pk__lt": pk})
    return Q()


def page_of(rows: list[OrderedRow], size: int) -> "Page[OrderedRow]":
    """The page of `size` rows from a list that holds one more where there is more."""
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], _key(last) if last else "")


def _key(row: Ordered) -> str:
    return f"{row.moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%S.%fZ}_{row.pk}"


def _read(key: str) -> tuple[datetime.datetime, uuid.UUID] | None:
    moment, _, pk = key.partition("_")
    try:
        at = parse_datetime(moment)
        return (at.astimezone(datetime.UTC), uuid.UUID(pk)) if at and at.tzinfo else None
    except (ValueError, OverflowError):
        return None
