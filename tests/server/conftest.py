"""A running web server for each module of these tests."""

from collections.abc import Iterator

import pytest

from tests.server.web import Curator, WebServer


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/server" in str(item.path):
            item.add_marker(pytest.mark.server)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    server = WebServer(tmp_path_factory.mktemp("web"))
    server.migrate()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def curator(server: WebServer) -> Curator:
    return Curator(server)
