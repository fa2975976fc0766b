"""What the tests of `people` share: no memory of earlier tries, and readers of pages and mails."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils.html import strip_tags


@pytest.fixture(autouse=True)
def _first_try() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def text_of() -> Callable[[object], str]:
    """What somebody reads on a page, on one line."""

    def read(response: object) -> str:
        html = getattr(response, "content").decode()  # noqa: B009 — any response
        return " ".join(strip_tags(html).replace("&#x27;", "'").split())

    return read


@pytest.fixture
def last_code() -> Callable[[], str]:
    """The six digits of the newest mail."""

    def find() -> str:
        found = re.search(r"^\d{6}$", str(mail.outbox[-1].body), re.MULTILINE)
        assert found, mail.outbox[-1].body
        return found[0]

    return find


@pytest.fixture
def last_link() -> Callable[[], str]:
    """The path of the link in the newest mail."""

    def find() -> str:
        found = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[-1].body))
        assert found, mail.outbox[-1].body
        return found[1]

    return find
