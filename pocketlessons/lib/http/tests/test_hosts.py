"""Which names can only be this computer, and what an unknown name is answered."""

import pytest
from django.test import Client

from pocketlessons.lib.http.hosts import is_this_computer


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("192.168.1.7", False),
        ("localhost.example.org", False),
        ("", False),
    ],
)
def test_it_knows_this_computer(host: str, *, is_here: bool) -> None:
    assert is_this_computer(host) is is_here


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/door/login/", "/healthz", "/nothing/"])
def test_a_name_that_is_not_ours_is_refused_with_a_page(path: str) -> None:
    response = Client(raise_request_exception=False).get(path, headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert b"elsewhere" not in response.content
