"""The styleguide, the pulse and the pages for when something is wrong."""

import html

import pytest
from django.conf import LazySettings
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import DjangoAssertNumQueries


@pytest.mark.django_db
def test_the_styleguide_shows_itself_to_whoever_works_here(client: Client) -> None:
    response = client.get("/styleguide/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "<lesson-player" in page
    assert "<upload-field" in page
    assert page.count("<h1") == 1


@pytest.mark.django_db
def test_the_styleguide_is_not_there_for_the_public(client: Client, settings: LazySettings) -> None:
    settings.EMBEDDED = False
    settings.DEBUG = False
    assert client.get("/styleguide/").status_code == 404


@pytest.mark.django_db
def test_the_styleguide_asks_nothing_of_the_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        client.get("/styleguide/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/styleguide/", "/healthz"])
def test_they_are_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_the_pulse_needs_no_sign_in(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_what_is_gone_and_what_never_was_look_the_same(client: Client) -> None:
    response = client.get("/nothing/here/")
    assert response.status_code == 404
    assert "This isn't shared with you any more" in html.unescape(response.content.decode())


def test_the_page_for_a_broken_server_needs_nothing() -> None:
    page = render_to_string("500.html")
    assert "what was saved is still safe" in page
    assert "/static/ui/error.css" in page


@pytest.mark.django_db
def test_a_stale_form_gets_its_sentence() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/styleguide/")
    assert response.status_code == 403
    assert "That page had gone stale" in response.content.decode()
