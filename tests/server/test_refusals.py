"""A client hears why its bytes were refused, although it was still sending them. Only a real socket can show that."""

import pytest

from tests.server.web import MIB, Curator


@pytest.mark.parametrize(
    ("offset", "headers", "status"), [(5, {}, 409), (0, {"Content-Type": "video/mp4"}, 415)]
)
def test_the_answer_reaches_a_client_that_is_still_sending(
    curator: Curator, offset: int, headers: dict[str, str], status: int
) -> None:
    path = curator.begin(24 * MIB)
    kind = {"Content-Type": "application/offset+octet-stream"} | headers
    for _ in range(5):
        answer = curator.ask("PATCH", path, bytes(8 * MIB), **kind, Upload_Offset=str(offset))
        assert answer.status == status
    assert curator.offset(path) == 0
